// Node: a value of a YAML file that knows where it stands; Diagnostics: what is wrong with that
// file, collected.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "judge/problem/diagnostic.hpp"

namespace judge {

struct Mark {
  int line = 1;
  int column = 1;
};

struct Node {
  enum class Kind { null, scalar, list, map };

  Kind kind = Kind::null;
  Mark where;           // of the first character; of a quoted scalar, its quote
  Mark content;         // of a scalar's own first character: behind the quote, below `|`
  std::string text;     // of a scalar
  bool quoted = false;  // 'x', "x" and block scalars: always strings
  std::string key;      // in a map
  Mark key_where;
  std::size_t index = 0;  // in a list
  const Node* parent = nullptr;
  std::vector<std::unique_ptr<Node>> children;

  // `tests.one-fails.given.tasks`, `cases[2].stdin`; empty for the whole document.
  [[nodiscard]] std::string path() const;
  // "'text'", "a list", "a mapping" or "nothing": for `what was found`.
  [[nodiscard]] std::string described() const;
  // Where the entry begins: its key, else the value.
  [[nodiscard]] Mark entry() const { return key.empty() ? where : key_where; }
};

// Collects what is wrong with one file.
class Diagnostics {
 public:
  explicit Diagnostics(std::string file) : file_{std::move(file)} {}

  // `text`: what was found; what to write instead.
  void add(Mark where, const std::string& path, const std::string& text);
  void add(const Node& node, const std::string& text) { add(node.where, node.path(), text); }
  void add_at_key(const Node& node, const std::string& text) {
    add(node.entry(), node.path(), text);
  }
  void add_whole_file(const std::string& text);

  [[nodiscard]] bool empty() const { return found_.empty(); }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] base::Position position(Mark mark) const { return {file_, mark.line, mark.column}; }
  // Sorted by position; at most a hundred, then one that says how many more.
  [[nodiscard]] std::vector<Diagnostic> take();

 private:
  std::string file_;
  std::vector<Diagnostic> found_;
};

}  // namespace judge
