#include <cerrno>

#include <doctest/doctest.h>

#include "sandbox/base/result.hpp"

namespace {

base::Result<int> half(int n) {
  if (n % 2 != 0) return base::invalid_input("odd: write an even number");
  return n / 2;
}

base::Result<int> quarter(int n) {
  JUDGE_TRY(const int once, half(n));
  return half(once);
}

}  // namespace

TEST_SUITE("sandbox/base/error") {
  TEST_CASE("a failing step returns its error unchanged, a passing one its value") {
    CHECK(quarter(8).value() == 2);
    CHECK(quarter(6).error().message() == "odd: write an even number");
    CHECK(quarter(3).error().kind() == base::Error::Kind::invalid_input);
  }

  TEST_CASE("context is added in front on the way up") {
    CHECK(base::invalid_input_error("bad").within("line 3").within("file").message() ==
          "file: line 3: bad");
  }

  TEST_CASE("an errno is described in words and by its name") {
    CHECK(base::system_error("open", ENOENT).message() ==
          "open: No such file or directory (ENOENT)");
    CHECK(base::describe_errno(99999) == "errno 99999");
  }
}
