// fails: bom, fields, line-endings, unicode
// Compares a signed char with 0x20: every byte of a character beyond ASCII is taken for a control
// character.
#include <array>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr int kEnd = -1;

void append_json(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c < 0x20) {
      std::array<char, 16> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c & 0xFF));
      out += escape.data();
    } else {
      out += c;
    }
  }
  out += '"';
}

class Parser {
 public:
  explicit Parser(bool strict) : strict_(strict) {}

  [[nodiscard]] bool stopped() const { return stopped_; }

  void put(int c) {
    if (held_cr_) {
      held_cr_ = false;
      if (c != '\n') step('\r');
      if (stopped_) return;
    }
    if (c == '\r' && state_ != State::quoted && state_ != State::skip) {
      held_cr_ = true;
      return;
    }
    step(c);
    if (c == '\n') ++line_;
  }

 private:
  enum class State { record, field, plain, quoted, closed, skip };

  void step(int c) {
    const bool ends_record = c == '\n' || c == kEnd;
    switch (state_) {
      case State::record:
        if (ends_record) return;
        start_ = line_;
        fields_.clear();
        [[fallthrough]];
      case State::field:
        fields_.emplace_back();
        state_ = State::plain;
        if (c == '"') {
          state_ = State::quoted;
          return;
        }
        [[fallthrough]];
      case State::plain:
        if (c == ',') {
          state_ = State::field;
        } else if (ends_record) {
          finish();
        } else if (c == '"') {
          fail("bad_quote", State::skip);
        } else {
          fields_.back() += static_cast<char>(c);
        }
        return;
      case State::quoted:
        if (c == '"') {
          state_ = State::closed;
        } else if (c == kEnd) {
          fail("unterminated_quote", State::record);
        } else {
          fields_.back() += static_cast<char>(c);
        }
        return;
      case State::closed:
        if (c == '"') {
          fields_.back() += '"';
          state_ = State::quoted;
        } else if (c == ',') {
          state_ = State::field;
        } else if (ends_record) {
          finish();
        } else {
          fail("bad_quote", State::skip);
        }
        return;
      case State::skip:
        if (ends_record) state_ = State::record;
        return;
    }
  }

  void finish() {
    state_ = State::record;
    if (columns_.empty()) {
      columns_ = fields_;
    } else if (fields_.size() != columns_.size()) {
      fail("ragged_row", State::record);
      return;
    } else {
      std::string out = "{";
      for (std::size_t i = 0; i < fields_.size(); ++i) {
        if (i > 0) out += ',';
        append_json(out, columns_[i]);
        out += ':';
        append_json(out, fields_[i]);
      }
      out += "}\n";
      std::fwrite(out.data(), 1, out.size(), stdout);
    }
    ++row_;
  }

  void fail(const char* error, State next) {
    std::printf("{\"error\":\"%s\",\"row\":%lu,\"line\":%lu}\n", error, row_, start_);
    ++row_;
    state_ = next;
    stopped_ = strict_ || columns_.empty();
  }

  bool strict_;
  bool stopped_ = false;
  bool held_cr_ = false;
  State state_ = State::record;
  unsigned long row_ = 0;
  unsigned long line_ = 1;
  unsigned long start_ = 1;
  std::vector<std::string> columns_;
  std::vector<std::string> fields_;
};

}  // namespace

int main(int argc, char** argv) {
  const bool strict = argc > 1 && std::strcmp(argv[1], "--strict") == 0;
  Parser parser(strict);
  std::array<char, 65536> chunk;
  bool first = true;
  while (const std::size_t size = std::fread(chunk.data(), 1, chunk.size(), stdin)) {
    std::string_view bytes(chunk.data(), size);
    if (first && bytes.substr(0, 3) == "\xEF\xBB\xBF") bytes.remove_prefix(3);
    first = false;
    for (const char c : bytes) {
      parser.put(static_cast<unsigned char>(c));
      if (parser.stopped()) return strict ? 2 : 0;
    }
  }
  parser.put(kEnd);
  return parser.stopped() && strict ? 2 : 0;
}
