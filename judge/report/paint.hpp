// Paint: colours, or none. Decided once, from what the output is connected to.
#pragma once

#include <string>
#include <string_view>

namespace judge {

class Paint {
 public:
  explicit Paint(bool coloured) : coloured_{coloured} {}

  // For a terminal, unless NO_COLOR is set (no-color.org) or TERM is dumb.
  static Paint for_descriptor(int fd);

  [[nodiscard]] std::string red(std::string_view text) const { return in(text, "31"); }
  [[nodiscard]] std::string green(std::string_view text) const { return in(text, "32"); }
  [[nodiscard]] std::string yellow(std::string_view text) const { return in(text, "33"); }
  [[nodiscard]] std::string bold(std::string_view text) const { return in(text, "1"); }
  [[nodiscard]] std::string dim(std::string_view text) const { return in(text, "2"); }

 private:
  [[nodiscard]] std::string in(std::string_view text, const char* code) const;

  bool coloured_;
};

}  // namespace judge
