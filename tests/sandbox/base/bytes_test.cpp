#include "sandbox/base/bytes.hpp"

#include <doctest/doctest.h>

using namespace base::literals;

TEST_SUITE("sandbox/base/bytes") {
  TEST_CASE("amounts print in the largest unit that divides them evenly") {
    CHECK(to_string(base::Bytes{0}) == "0 B");
    CHECK(to_string(1023_B) == "1023 B");
    CHECK(to_string(64_KiB) == "64 KiB");
    CHECK(to_string(256_MiB) == "256 MiB");
    CHECK(to_string(2_GiB) == "2 GiB");
    CHECK(to_string(1536_KiB) == "1536 KiB");
  }
}
