#include "sandbox/watch_set.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>

#include <doctest/doctest.h>

using sandbox::WatchSet;

namespace {

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    read = base::UniqueFd{ends[0]};
    write = base::UniqueFd{ends[1]};
  }
  [[nodiscard]] pollfd wanted() const { return {read.get(), POLLIN, 0}; }
  base::UniqueFd read;
  base::UniqueFd write;
};

bool is_ready(int fd) {
  pollfd one{fd, POLLIN, 0};
  return ::poll(&one, 1, 0) == 1;
}

}  // namespace

TEST_SUITE("sandbox/watch_set") {
  TEST_CASE("it is ready as long as one of them is") {
    Pipe one;
    Pipe other;
    WatchSet set;
    const std::array<pollfd, 3> wanted{one.wanted(), {-1, POLLIN, 0}, other.wanted()};
    CHECK(!is_ready(set.fd_for(wanted)));
    REQUIRE(::write(other.write.get(), "x", 1) == 1);
    CHECK(is_ready(set.fd_for(wanted)));
    CHECK(is_ready(set.fd_for(wanted)));
    char read = 0;
    REQUIRE(::read(other.read.get(), &read, 1) == 1);
    CHECK(!is_ready(set.fd_for(wanted)));
    one.write.reset();  // its other end, so that reading would tell the end
    CHECK(is_ready(set.fd_for(wanted)));
  }

  TEST_CASE("what is wanted no more is not watched, and what comes is") {
    const Pipe one;
    const Pipe other;
    WatchSet set;
    REQUIRE(::write(one.write.get(), "x", 1) == 1);
    CHECK(is_ready(set.fd_for(std::array{one.wanted()})));
    CHECK(!is_ready(set.fd_for(std::array{other.wanted()})));
    CHECK(is_ready(set.fd_for(std::array{other.wanted(), one.wanted()})));
    CHECK(!is_ready(set.fd_for({})));
  }

  TEST_CASE("where something cannot be watched there is no descriptor") {
    const Pipe one;
    const base::UniqueFd file{::open("/proc/self/exe", O_RDONLY | O_CLOEXEC)};
    WatchSet set;
    CHECK(set.fd_for(std::array{pollfd{file.get(), POLLIN, 0}, one.wanted()}) == -1);
    CHECK(!is_ready(set.fd_for(std::array{one.wanted()})));
  }
}
