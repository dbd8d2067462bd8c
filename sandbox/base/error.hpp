// Error: what went wrong, where, and what to do about it, as one line for a person.
// Why: every failure that the world may cause (syscall, file, YAML, message) travels as a value,
// never as an exception. Shape of the text: `where: thing: what was found; what to do`. Untrusted
// text inside must already be escaped (see escape.hpp).
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace base {

class Error {
 public:
  enum class Kind {
    invalid_input,   // the request, a file or a message is wrong; the person who wrote it can mend
                     // it
    system,          // the host said no: a syscall or a missing program
    cannot_isolate,  // this host offers no isolation that we accept
    internal,        // our own mistake, reported instead of hidden
  };

  Error(Kind kind, std::string message) : kind_{kind}, message_{std::move(message)} {}

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] const std::string& message() const { return message_; }

  // Adds where it happened in front: `where: message`. For the way up.
  [[nodiscard]] Error within(std::string_view where) &&;

 private:
  Kind kind_;
  std::string message_;
};

[[nodiscard]] Error invalid_input_error(std::string message);
[[nodiscard]] Error internal_error(std::string message);

// `what: description (ENAME)`, for the errno value `code`.
[[nodiscard]] Error system_error(std::string_view what, int code);

// "Invalid argument (EINVAL)"; thread-safe, unlike strerror(3).
[[nodiscard]] std::string describe_errno(int code);

}  // namespace base
