#include "sandbox/id_map.hpp"

#include <unistd.h>

#include <doctest/doctest.h>

using sandbox::IdKind;
using sandbox::IdMap;

TEST_SUITE("sandbox/id_map") {
  constexpr const char* kWholeHost = "         0          0 4294967295\n";

  TEST_CASE("root hands out two high ids per run, different for runs that live at once") {
    const auto first = IdMap::make(IdKind::range, 0, kWholeHost);
    REQUIRE(first.has_value());
    CHECK(first->uid_text == "0 1879048192 1\n1000 1879048193 1\n");
    CHECK(first->gid_text == first->uid_text);
    CHECK(first->payload_outside == 1879048193);
    CHECK(IdMap::make(IdKind::range, 1, kWholeHost)->uid_text ==
          "0 1879048194 1\n1000 1879048195 1\n");
  }

  TEST_CASE("in a container with fewer ids the upper half of them serves") {
    const auto map = IdMap::make(IdKind::range, 3, "0 100000 65536\n");
    REQUIRE(map.has_value());
    CHECK(map->uid_text == "0 32774 1\n1000 32775 1\n");
  }

  TEST_CASE("with one id there is nothing to hand out") {
    const auto map = IdMap::make(IdKind::range, 0, "0 1000 1\n");
    REQUIRE_FALSE(map.has_value());
    CHECK(map.error().message() ==
          "sandbox: map ids: 'too few ids to hand out': Operation not permitted (EPERM); user "
          "namespaces need a "
          "writable uid_map and gid_map");
  }

  TEST_CASE("the host's root is never an id inside") {
    const auto map = IdMap::make(IdKind::single, 0, kWholeHost);
    CHECK(map.has_value() == (::geteuid() != 0));
  }
}
