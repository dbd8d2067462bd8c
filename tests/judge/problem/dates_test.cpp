#include "judge/problem/dates.hpp"

#include <doctest/doctest.h>

TEST_SUITE("judge/problem/dates") {
  TEST_CASE("days and instants are milliseconds since 1970") {
    CHECK(judge::parse_instant("1970-01-01") == 0);
    CHECK(judge::parse_instant("1970-01-02T00:00:00Z") == 86'400'000);
    CHECK(judge::parse_instant("1969-12-31T23:59:59.999Z") == -1);
    CHECK(judge::parse_instant("2020-02-29T12:34:56.5Z") == 1'582'979'696'500);
    CHECK(judge::parse_instant("0001-01-01") == -62'135'596'800'000);
    CHECK(judge::parse_instant("9999-12-31T23:59:59.999Z") == 253'402'300'799'999);
  }

  TEST_CASE("everything else is no instant") {
    for (const char* text :
         {"", "2020", "2020-1-1", "2020-13-01", "2020-02-30", "0000-01-01", "2020-01-01T",
          "2020-01-01T12:00Z", "2020-01-01T12:00:00", "2020-01-01T24:00:00Z",
          "2020-01-01T12:00:60Z", "2020-01-01T12:00:00.Z", "2020-01-01T12:00:00.1234Z",
          "2020-01-01T12:00:00+01:00", "2020-01-01 ", " 2020-01-01", "20200-01-01", "-001-01-01"}) {
      CAPTURE(text);
      CHECK_FALSE(judge::parse_instant(text).has_value());
    }
  }
}
