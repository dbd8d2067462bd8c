#include "sandbox/base/unique_fd.hpp"

#include <fcntl.h>

#include <doctest/doctest.h>

namespace {

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

base::UniqueFd open_null() { return base::UniqueFd{::open("/dev/null", O_RDONLY | O_CLOEXEC)}; }

}  // namespace

TEST_SUITE("sandbox/base/unique_fd") {
  TEST_CASE("leaving the scope closes the descriptor") {
    int number = -1;
    {
      const base::UniqueFd fd = open_null();
      number = fd.get();
      REQUIRE(is_open(number));
    }
    CHECK_FALSE(is_open(number));
  }

  TEST_CASE("a moved-from owner is empty and closes nothing") {
    base::UniqueFd first = open_null();
    const int number = first.get();
    {
      const base::UniqueFd second = std::move(first);
      CHECK_FALSE(first.is_open());  // NOLINT(bugprone-use-after-move): the state after a move is
                                     // what is tested
      CHECK(second.get() == number);
    }
    CHECK_FALSE(is_open(number));
  }

  TEST_CASE("moving onto itself keeps the descriptor") {
    base::UniqueFd fd = open_null();
    base::UniqueFd& same = fd;
    fd = std::move(same);
    CHECK(is_open(fd.get()));
  }

  TEST_CASE("assigning closes what was owned before") {
    base::UniqueFd fd = open_null();
    const int before = fd.get();
    base::UniqueFd other = open_null();
    fd = std::move(other);
    CHECK(fd.is_open());
    CHECK_FALSE(is_open(before));
  }
}
