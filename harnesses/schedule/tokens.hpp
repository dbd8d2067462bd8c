// Tokens: strings that the program being driven cannot predict. A result made of them proves that
// the wait happened. Drawn from the operating system for every run, never from the seed: they never
// decide anything, and reports show labels in their place.
#pragma once

#include <string>

#include "sandbox/base/random_words.hpp"

namespace harness {

class TokenSource {
 public:
  [[nodiscard]] std::string next();

 private:
  base::RandomWords random_;
};

}  // namespace harness
