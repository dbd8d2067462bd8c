#include "sandbox/messages.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sandbox/base/io.hpp"
#include "sandbox/wire/order.hpp"

using namespace sandbox;

namespace {

std::size_t count_open() {
  std::size_t count = 0;
  for (int fd = 0; fd < 256; ++fd) count += ::fcntl(fd, F_GETFD) >= 0 ? 1U : 0U;
  return count;
}

}  // namespace

TEST_SUITE("sandbox/messages") {
  TEST_CASE("a message of any size, with any number of descriptors, is taken within its bounds") {
    auto pair = base::make_socket_pair();
    REQUIRE(pair.has_value());
    const std::size_t open = count_open();
    for (std::size_t size = 1; size <= 2 * sizeof(wire::Notice); ++size) {
      for (std::size_t count = 0; count <= 4; ++count) {
        CAPTURE(size);
        CAPTURE(count);
        const std::vector<int> attached(count, 0);
        REQUIRE(send(pair->first.get(), std::string(size, 'x'), attached).has_value());
        std::array<char, sizeof(wire::Notice) + 1> bytes{};
        auto received = receive(pair->second.get(), bytes.data(), sizeof(wire::Notice));
        REQUIRE(received.has_value());
        CHECK(received->size == std::min(size, sizeof(wire::Notice)));
        CHECK(bytes.back() == '\0');
        CHECK(received->attached.is_open() == (count > 0));
        received->attached.reset();
        CHECK(count_open() == open);  // what was too much is not kept open by nobody
      }
    }
  }

  TEST_CASE("a side that has hung up is told from one that says nothing") {
    auto pair = base::make_socket_pair();
    REQUIRE(pair.has_value());
    using namespace std::chrono_literals;
    CHECK(wait_readable(pair->second.get(), 1ms).error().message() ==
          "poll: Connection timed out (ETIMEDOUT)");
    pair->first.reset();
    char byte = 0;
    CHECK(wait_readable(pair->second.get(), 10s).has_value());
    CHECK(receive(pair->second.get(), &byte, 1)->size == 0);
    CHECK_FALSE(send(pair->second.get(), "x").has_value());
  }
}
