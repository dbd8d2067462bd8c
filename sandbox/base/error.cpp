#include "sandbox/base/error.hpp"

#include <string.h>

namespace base {

Error Error::within(std::string_view where) && {
  message_.insert(0, std::string{where} + ": ");
  return std::move(*this);
}

Error invalid_input_error(std::string message) {
  return Error{Error::Kind::invalid_input, std::move(message)};
}

Error internal_error(std::string message) {
  return Error{Error::Kind::internal, std::move(message)};
}

Error system_error(std::string_view what, int code) {
  return Error{Error::Kind::system, std::string{what} + ": " + describe_errno(code)};
}

std::string describe_errno(int code) {
  const char* description = ::strerrordesc_np(code);
  const char* name = ::strerrorname_np(code);
  if (description == nullptr || name == nullptr) return "errno " + std::to_string(code);
  return std::string{description} + " (" + name + ")";
}

}  // namespace base
