// Result<T>: a value or an Error. The one place that names the expected type in use, so that moving
// to std::expected (C++23) changes this file alone.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

#include "sandbox/base/error.hpp"

namespace base {

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
  return tl::unexpected<Error>{std::move(error)};
}
[[nodiscard]] inline tl::unexpected<Error> invalid_input(std::string message) {
  return fail(invalid_input_error(std::move(message)));
}
[[nodiscard]] inline tl::unexpected<Error> internal(std::string message) {
  return fail(internal_error(std::move(message)));
}
[[nodiscard]] inline tl::unexpected<Error> system_failure(std::string_view what, int code) {
  return fail(system_error(what, code));
}

}  // namespace base

#define JUDGE_CONCAT_(a, b) a##b
#define JUDGE_CONCAT(a, b) JUDGE_CONCAT_(a, b)

// JUDGE_TRY(const int ms, parse_int(text)): declares the value, or returns the Error upward
// unchanged.
#define JUDGE_TRY(declaration, expression) \
  JUDGE_TRY_IMPL_(JUDGE_CONCAT(judge_try_, __LINE__), declaration, expression)
// NOLINTBEGIN(bugprone-macro-parentheses): a declaration cannot stand in parentheses.
#define JUDGE_TRY_IMPL_(name, declaration, expression)   \
  auto name = (expression);                              \
  if (!name) return base::fail(std::move(name).error()); \
  declaration = std::move(*name)
// NOLINTEND(bugprone-macro-parentheses)

// JUDGE_TRY_VOID(write_all(fd, data)): returns the Error upward; there is no value to keep.
#define JUDGE_TRY_VOID(expression)                               \
  do {                                                           \
    if (auto judge_try_status = (expression); !judge_try_status) \
      return base::fail(std::move(judge_try_status).error());    \
  } while (false)
