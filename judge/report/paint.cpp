#include "judge/report/paint.hpp"

#include <unistd.h>

#include <cstdlib>

namespace judge {

Paint Paint::for_descriptor(int fd) {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool unwanted = (no_color != nullptr && *no_color != '\0') ||
                        (term != nullptr && std::string_view{term} == "dumb");
  return Paint{::isatty(fd) == 1 && !unwanted};
}

std::string Paint::in(std::string_view text, const char* code) const {
  if (!coloured_) return std::string{text};
  return std::string{"\x1b["} + code + "m" + std::string{text} + "\x1b[0m";
}

}  // namespace judge
