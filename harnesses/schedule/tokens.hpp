// Tokens: strings that the program being driven cannot predict. A result made of them proves that
// the wait happened. Drawn from the operating system for every run, never from the seed: they never
// decide anything, and reports show labels in their place.
#pragma once

#include <random>
#include <string>

namespace harness {

class TokenSource {
 public:
  [[nodiscard]] std::string next();

 private:
  std::random_device
      random_;  // getrandom(2) or rdrand behind it; never deterministic in libstdc++ on Linux
};

}  // namespace harness
