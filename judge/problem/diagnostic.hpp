// Diagnostic: one thing wrong with a file that a problem's author wrote, and where.
// Why a list and not one Error: an author mends everything that is wrong in one go.
#pragma once

#include <string>
#include <vector>

#include "sandbox/base/error.hpp"
#include "sandbox/base/position.hpp"

namespace judge {

struct Diagnostic {
  base::Position where;  // line 0: the file as a whole
  std::string text;      // `key.path: what was found; what to write instead`
};

// `file:line:column: text`, or `file: text` for the file as a whole.
[[nodiscard]] std::string to_string(const Diagnostic& diagnostic);

// All of them as one Error::Kind::invalid_input, a line each, in the order given.
[[nodiscard]] base::Error to_error(const std::vector<Diagnostic>& diagnostics);

}  // namespace judge
