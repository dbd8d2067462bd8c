#include "harnesses/schedule/tokens.hpp"

#include <array>
#include <cstdio>

namespace harness {

std::string TokenSource::next() {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "t-%08x%08x", random_.next(), random_.next());
  return text.data();
}

}  // namespace harness
