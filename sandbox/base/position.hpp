// Position: where something stands in a file, for messages that a person can follow. Counted
// from 1.
#pragma once

#include <string>

namespace base {

struct Position {
  std::string file;  // as the user named it
  int line = 0;
  int column = 0;

  [[nodiscard]] std::string to_string() const {
    return file + ":" + std::to_string(line) + ":" + std::to_string(column);
  }
};

}  // namespace base
