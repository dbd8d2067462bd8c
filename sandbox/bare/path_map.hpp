// PathMap: how what a Program calls /box or /tmp is called where it runs. With namespaces these are
// the names inside, and nothing changes; in a bare slot (Tier::d) there is no inside, so that the
// names of a run's own folders are put in their place.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/program.hpp"

namespace sandbox {

class PathMap {
 public:
  // Names stay.
  PathMap() = default;
  // Folders with files of the program go below `folder`, as do /tmp and /dev/shm, which become one;
  // a bind is found at its source.
  static PathMap below(const std::string& folder, const Program& program);

  [[nodiscard]] bool is_identity() const { return places_.empty(); }
  // Of a whole path.
  [[nodiscard]] std::string path(std::string_view inside) const;
  // Of every path in an argument, a script, a list. A path begins where a word does, or directly
  // behind the letters of an option ("-I/box"); it ends where another name would have to go on.
  [[nodiscard]] std::string text(std::string_view inside) const;
  // What a program has said, with its own names again: the same on every host, whatever folder was
  // its own this time.
  [[nodiscard]] std::string told(std::string said) const;
  // NAME=value: the value alone.
  [[nodiscard]] std::string variable(std::string_view inside) const;

 private:
  using Place = std::pair<std::string, std::string>;  // inside, outside
  // The place of which a path in `text` at `at` speaks; null: none.
  [[nodiscard]] const Place* place_at(std::string_view text, std::size_t at) const;

  std::vector<Place> places_;  // longer names first
  std::string folder_;
};

}  // namespace sandbox
