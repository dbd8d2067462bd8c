#include "sandbox/base/amount.hpp"

#include <chrono>
#include <cstdint>

#include <doctest/doctest.h>

using base::AmountStyle;

TEST_SUITE("sandbox/base/amount") {
  TEST_CASE("times and sizes read with and without a space, whole or decimal") {
    struct Time {
      const char* text;
      std::int64_t ms;
    };
    for (const Time& row : {Time{"500ms", 500}, Time{"1s", 1000}, Time{"1.5 s", 1500},
                            Time{"2min", 120'000}, Time{"0.001s", 1}, Time{"0 ms", 0}}) {
      CAPTURE(row.text);
      CHECK(base::parse_duration(row.text, AmountStyle::compact) ==
            std::chrono::milliseconds{row.ms});
    }
    struct Size {
      const char* text;
      std::uint64_t bytes;
    };
    for (const Size& row : {Size{"4096B", 4096}, Size{"1 KiB", 1024}, Size{"0.5MiB", 524'288},
                            Size{"1GiB", 1ULL << 30U}, Size{"9999999999 B", 9'999'999'999}}) {
      CAPTURE(row.text);
      CHECK(base::parse_bytes(row.text, AmountStyle::compact) == base::Bytes{row.bytes});
    }
  }

  TEST_CASE("an amount that cannot be read says what to write") {
    struct Row {
      const char* text;
      const char* error;
    };
    for (const Row& row : {
             Row{"2", "'2' has no unit; write 2s"},
             Row{"2h", "'2h' has an unknown unit; write ms, s or min, e.g. 4s"},
             Row{"2S", "'2S' has an unknown unit; write ms, s or min, e.g. 4s"},
             Row{"1s2", "'1s2' has an unknown unit; write ms, s or min, e.g. 4s"},
             Row{"1.5ms", "'1.5ms' is not a whole number of ms; write it in a smaller unit"},
             Row{"", "'' is not a number with a unit; write 4s"},
             Row{"-1s", "'-1s' is not a number with a unit; write 4s"},
             Row{" 1s", "' 1s' is not a number with a unit; write 4s"},
             Row{"99999999999s", "'99999999999s' is not a number with a unit; write 4s"},
         }) {
      CAPTURE(row.text);
      const auto parsed = base::parse_duration(row.text, AmountStyle::compact);
      REQUIRE_FALSE(parsed);
      CHECK(parsed.error().message() == row.error);
    }
    CHECK(base::parse_bytes("64", AmountStyle::compact).error().message() ==
          "'64' has no unit; write 64MiB");
    CHECK(base::parse_bytes("1MB", AmountStyle::spaced).error().message() ==
          "'1MB' has an unknown unit; write B, KiB, MiB or GiB, e.g. 256 MiB");
  }

  TEST_CASE("a duration is written in the largest unit that divides it") {
    using namespace std::chrono_literals;
    CHECK(base::to_string(0ms) == "0 s");
    CHECK(base::to_string(300ms) == "300 ms");
    CHECK(base::to_string(1500ms) == "1500 ms");
    CHECK(base::to_string(90s) == "90 s");
    CHECK(base::to_string(120s) == "2 min");
  }
}
