// Failure: why the program was not run, or its result not handed over, and the exit code that says
// so. Codes as env(1), timeout(1) and nohup(1) use them.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace sandbox_run {

constexpr int kOwnFailure = 125;
constexpr int kCannotExecute = 126;
constexpr int kNotFound = 127;

struct Failure {
  int code;
  std::string message;  // without "sandbox-run: "
};

template <typename T>
using Outcome = tl::expected<T, Failure>;

[[nodiscard]] inline tl::unexpected<Failure> refuse(int code, std::string message) {
  return tl::unexpected<Failure>{Failure{code, std::move(message)}};
}

}  // namespace sandbox_run
