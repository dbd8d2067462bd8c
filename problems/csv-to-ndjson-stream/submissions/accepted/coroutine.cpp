// Odd but right: the parser is a coroutine that awaits character after character, so that it reads
// as if it pulled them.
#include <coroutine>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

constexpr int kEnd = -1;

// Awaited by the coroutine; main puts the next character into it and resumes.
struct Input {
  int character = 0;
  [[nodiscard]] bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<>) const {}
  [[nodiscard]] int await_resume() const { return character; }
};

struct Task {
  struct promise_type {
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
  std::coroutine_handle<promise_type> handle;
};

class Writer {
 public:
  explicit Writer(bool strict) : strict_(strict) {}

  [[nodiscard]] bool failed() const { return failed_; }

  void record(std::vector<std::string> fields, long line) {
    if (columns_.empty()) {
      columns_ = std::move(fields);
    } else if (fields.size() != columns_.size()) {
      error("ragged_row", line);
      return;
    } else {
      for (std::size_t i = 0; i < fields.size(); ++i) {
        std::putchar(i == 0 ? '{' : ',');
        text(columns_[i]);
        std::putchar(':');
        text(fields[i]);
      }
      std::fputs("}\n", stdout);
    }
    ++row_;
  }

  void error(const char* kind, long line) {
    std::printf("{\"line\": %ld, \"row\": %ld, \"error\": \"%s\"}\n", line, row_++, kind);
    failed_ = strict_ || columns_.empty();
  }

 private:
  static void text(std::string_view text) {
    std::putchar('"');
    for (const char c : text) {
      if (c == '"' || c == '\\' || (c >= 0 && c < ' ')) {
        std::printf("\\u%04X", static_cast<unsigned>(c));
      } else {
        std::putchar(c);
      }
    }
    std::putchar('"');
  }

  bool strict_;
  bool failed_ = false;
  long row_ = 0;
  std::vector<std::string> columns_;
};

Task parse(Input& next, Writer& writer) {
  int c = co_await next;
  for (long line = 1; c != kEnd && !writer.failed(); ++line) {
    const long start = line;
    std::vector<std::string> fields;
    const char* error = nullptr;
    bool quoted = false;
    for (bool more = true; more;) {
      std::string quoted_text;
      quoted = c == '"';
      while (quoted) {
        c = co_await next;
        if (c == kEnd) {
          error = "unterminated_quote";
          break;
        }
        if (c == '"') {
          c = co_await next;
          if (c != '"') break;
        }
        if (c == '\n') ++line;
        quoted_text += static_cast<char>(c);
      }
      std::string plain_text;
      while (c != ',' && c != '\n' && c != '"' && c != kEnd) {
        plain_text += static_cast<char>(c);
        c = co_await next;
      }
      if (c == '\n' && plain_text.ends_with('\r')) plain_text.pop_back();
      if (c == '"' || (quoted && !plain_text.empty())) error = "bad_quote";
      fields.push_back(quoted_text + plain_text);
      more = c == ',' && error == nullptr;
      if (more) c = co_await next;
    }
    const bool empty_line = fields.size() == 1 && fields[0].empty() && !quoted && error == nullptr;
    if (error != nullptr) {
      writer.error(error, start);
    } else if (!empty_line) {
      writer.record(std::move(fields), start);
    }
    while (c != '\n' && c != kEnd) c = co_await next;
    if (c == '\n') c = co_await next;
  }
}

int main(int argc, char** argv) {
  const bool strict = argc > 1 && std::string_view(argv[1]) == "--strict";
  Writer writer(strict);
  Input input;
  const Task task = parse(input, writer);
  std::string start;  // at most the three bytes that could be a byte order mark
  bool at_start = true;
  const auto feed = [&](int c) {
    input.character = c;
    if (!task.handle.done()) task.handle.resume();
  };
  for (int c = 0; c != kEnd && !task.handle.done();) {
    c = std::getchar();
    if (c == EOF) c = kEnd;
    if (at_start && c != kEnd && start.size() < 3) {
      start += static_cast<char>(c);
      if (start.size() < 3) continue;
    }
    if (at_start) {
      at_start = false;
      const bool mark = start == "\xEF\xBB\xBF";
      if (!mark) {
        for (const char held : start) feed(static_cast<unsigned char>(held));
      }
      if (c != kEnd) continue;
    }
    feed(c);
  }
  task.handle.destroy();
  return writer.failed() && strict ? 2 : 0;
}
