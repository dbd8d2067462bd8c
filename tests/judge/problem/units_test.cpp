#include "judge/problem/units.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include <doctest/doctest.h>

TEST_SUITE("judge/problem/units") {
  TEST_CASE("times and sizes read with and without a space, whole or decimal") {
    struct Time {
      const char* text;
      std::int64_t ms;
    };
    for (const Time& row : {Time{"200 ms", 200}, Time{"4s", 4000}, Time{"1.5 s", 1500},
                            Time{"2 min", 120'000}, Time{"0.001 s", 1}, Time{"0 ms", 0}}) {
      CAPTURE(row.text);
      CHECK(judge::parse_duration(row.text) == std::chrono::milliseconds{row.ms});
    }
    struct Size {
      const char* text;
      std::uint64_t bytes;
    };
    for (const Size& row : {Size{"7 B", 7}, Size{"1KiB", 1024}, Size{"0.5 MiB", 524'288},
                            Size{"4 GiB", 4ULL << 30U}, Size{"9999999999 B", 9'999'999'999}}) {
      CAPTURE(row.text);
      CHECK(judge::parse_size(row.text) == base::Bytes{row.bytes});
    }
  }

  TEST_CASE("an amount that cannot be read says what to write") {
    struct Row {
      const char* text;
      const char* error;
    };
    for (const Row& row : {
             Row{"2", "'2' has no unit; write 2 s"},
             Row{"2.5", "'2.5' has no unit; write 2.5 s"},
             Row{"2 h", "'2 h' has an unknown unit; write ms, s or min, e.g. 4 s"},
             Row{"1.5 ms", "'1.5 ms' is not a whole number of ms; write it in a smaller unit"},
             Row{"", "'' is not a number with a unit; write 4 s"},
             Row{"-1 s", "'-1 s' is not a number with a unit; write 4 s"},
             Row{"1. s", "'1. s' is not a number with a unit; write 4 s"},
             Row{"1e3 ms", "'1e3 ms' has an unknown unit; write ms, s or min, e.g. 4 s"},
             Row{"99999999999 s", "'99999999999 s' is not a number with a unit; write 4 s"},
         }) {
      CAPTURE(row.text);
      CHECK(judge::parse_duration(row.text).error() == row.error);
    }
    CHECK(judge::parse_size("256").error() == "'256' has no unit; write 256 MiB");
    CHECK(judge::parse_size("1 MB").error() ==
          "'1 MB' has an unknown unit; write B, KiB, MiB or GiB, e.g. 256 MiB");
  }
}
