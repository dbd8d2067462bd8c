// The public shrinking challenges (the repository jlink/shrinking-challenge on GitHub has their
// statements), as functions that draw a case and say whether it breaks the property.
#pragma once

#include <string>
#include <vector>

#include "harnesses/engine/choice.hpp"

namespace harness::bench {

struct Sample {
  bool fails;
  std::string text;
};

struct Challenge {
  const char* name;
  Sample (*draw)(Choices& choices);
  const char* normal_form;  // the simplest failing case, as its text
};

// Eleven challenges in thirteen rows, `difference` being three tests; then four of our own, with
// names that begin with "own:".
[[nodiscard]] const std::vector<Challenge>& challenges();

}  // namespace harness::bench
