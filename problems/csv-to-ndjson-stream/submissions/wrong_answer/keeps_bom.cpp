// fails: bom, line-endings
// Leaves the byte order mark in the first name.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using std::string_view;

struct Field {
  string_view raw;  // without the outer quotes, with inner ones still doubled
  bool quoted;
};

struct Record {
  std::vector<Field> fields;
  std::optional<string_view> error;
};

class Cursor {
 public:
  explicit Cursor(string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::size_t line() const { return line_; }

  bool skip_empty_line() { return drop_newline(); }

  Record record() {
    Record record;
    do {
      if (!rest_.empty() && rest_.front() == '"') {
        const std::size_t close = closing_quote();
        if (close == string_view::npos) return broken("unterminated_quote", rest_.size());
        record.fields.push_back({rest_.substr(1, close - 1), true});
        drop(close + 1);
      } else {
        const std::size_t size = plain_size();
        record.fields.push_back({rest_.substr(0, size), false});
        drop(size);
      }
    } while (drop_comma());
    if (!rest_.empty() && !drop_newline()) {
      const std::size_t newline = rest_.find('\n');
      return broken("bad_quote", newline == string_view::npos ? rest_.size() : newline + 1);
    }
    return record;
  }

 private:
  Record broken(string_view error, std::size_t size) {
    drop(size);
    return Record{{}, error};
  }

  void drop(std::size_t size) {
    line_ += static_cast<std::size_t>(
        std::count(rest_.begin(), rest_.begin() + static_cast<long>(size), '\n'));
    rest_.remove_prefix(size);
  }

  bool drop_comma() {
    if (rest_.empty() || rest_.front() != ',') return false;
    drop(1);
    return true;
  }

  bool drop_newline() {
    if (rest_.substr(0, 1) == "\n") {
      drop(1);
      return true;
    }
    if (rest_.substr(0, 2) == "\r\n") {
      drop(2);
      return true;
    }
    return false;
  }

  [[nodiscard]] std::size_t closing_quote() const {
    std::size_t at = rest_.find('"', 1);
    while (at != string_view::npos && rest_.substr(at, 2) == "\"\"") at = rest_.find('"', at + 2);
    return at;
  }

  [[nodiscard]] std::size_t plain_size() const {
    std::size_t at = rest_.find_first_of(",\"\r\n");
    while (at != string_view::npos && rest_[at] == '\r' && rest_.substr(at, 2) != "\r\n") {
      at = rest_.find_first_of(",\"\r\n", at + 1);
    }
    return std::min(at, rest_.size());
  }

  string_view rest_;
  std::size_t line_ = 1;
};

void print(std::ostream& out, const Field& field) {
  static constexpr char kHex[] = "0123456789abcdef";
  out << '"';
  for (std::size_t i = 0; i < field.raw.size(); ++i) {
    const char c = field.raw[i];
    switch (c) {
      case '"':
        out << "\\\"";
        ++i;  // its double
        break;
      case '\\':
        out << "\\\\";
        break;
      case '\n':
        out << "\\n";
        break;
      case '\r':
        out << "\\r";
        break;
      case '\t':
        out << "\\t";
        break;
      default:
        if (c >= 0 && c < 0x20) {
          out << "\\u00" << kHex[c >> 4] << kHex[c & 15];
        } else {
          out << c;
        }
    }
  }
  out << '"';
}

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const bool strict = argc == 2 && string_view(argv[1]) == "--strict";
  std::stringstream buffer;
  buffer << std::cin.rdbuf();
  const std::string text = buffer.str();
  const string_view input = text;

  std::vector<Field> columns;
  std::size_t row = 0;
  for (Cursor cursor(input); !cursor.done();) {
    if (cursor.skip_empty_line()) continue;
    const std::size_t line = cursor.line();
    Record record = cursor.record();
    if (!record.error && row > 0 && record.fields.size() != columns.size())
      record.error = "ragged_row";
    if (record.error) {
      std::cout << R"({"error":")" << *record.error << R"(","row":)" << row << R"(,"line":)" << line
                << "}\n";
      if (strict) return 2;
      if (row == 0) return 0;
    } else if (row == 0) {
      columns = record.fields;
    } else {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        std::cout << (i == 0 ? '{' : ',');
        print(std::cout, columns[i]);
        std::cout << ':';
        print(std::cout, record.fields[i]);
      }
      std::cout << "}\n";
    }
    ++row;
  }
  return 0;
}
