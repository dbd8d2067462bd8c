#include "harnesses/engine/choice_type.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include <doctest/doctest.h>

using harness::integer_type;
using harness::IntegerType;
using harness::number_type;

namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
using Limits = std::numeric_limits<double>;

std::vector<std::int64_t> by_rank(const IntegerType& type) {
  std::vector<std::int64_t> out;
  for (std::uint64_t rank = 0; rank <= most_rank(type); ++rank) {
    out.push_back(integer_at(type, rank));
  }
  return out;
}

bool is_same(double left, double right) {
  return (std::isnan(left) && std::isnan(right)) ||
         (left == right && std::signbit(left) == std::signbit(right));
}

}  // namespace

TEST_SUITE("harnesses/engine/choice_type") {
  TEST_CASE("integers are simpler the nearer they are to their target, above before below") {
    CHECK(by_rank(integer_type(-2, 5)) == std::vector<std::int64_t>{0, 1, -1, 2, -2, 3, 4, 5});
    CHECK(by_rank(integer_type(-5, 2)) == std::vector<std::int64_t>{0, 1, -1, 2, -2, -3, -4, -5});
    CHECK(by_rank(integer_type(3, 6)) == std::vector<std::int64_t>{3, 4, 5, 6});
    CHECK(by_rank(integer_type(-6, -3)) == std::vector<std::int64_t>{-3, -4, -5, -6});
    CHECK(by_rank({.low = 0, .high = 3, .target = 2}) == std::vector<std::int64_t>{2, 3, 1, 0});
    CHECK(by_rank(integer_type(7, 7)) == std::vector<std::int64_t>{7});
  }

  TEST_CASE("every integer has its rank and every rank its integer, up to the limits of 64 bits") {
    for (const IntegerType& type :
         {integer_type(kLowest, kHighest), integer_type(kLowest, 0), integer_type(kLowest, -7),
          integer_type(-3, kHighest), IntegerType{kLowest, kHighest, kHighest}}) {
      for (const std::int64_t value : {kLowest, kLowest + 1, std::int64_t{-1000}, std::int64_t{-3},
                                       std::int64_t{0}, std::int64_t{1}, kHighest - 1, kHighest}) {
        if (value < type.low || value > type.high) continue;
        CAPTURE(value);
        const std::uint64_t rank = rank_of(type, value);
        CHECK(rank <= most_rank(type));
        CHECK(integer_at(type, rank) == value);
      }
      CHECK(rank_of(type, type.target) == 0);
    }
  }

  TEST_CASE("numbers come in the order small, whole, decimal, special, any, infinite, NaN") {
    const std::vector<double> ordered = {0,
                                         1,
                                         255,
                                         -1,
                                         -255,
                                         256,
                                         -256,
                                         257,
                                         9007199254740992.0,
                                         -9007199254740992.0,
                                         0.1,
                                         -0.1,
                                         2.5,
                                         1234567.5,
                                         0.25,
                                         0.001,
                                         -0.0,
                                         Limits::max(),
                                         Limits::denorm_min(),
                                         1e-150,
                                         -1e-150,
                                         1.0 / 3,
                                         1e100,
                                         Limits::infinity(),
                                         -Limits::infinity(),
                                         Limits::quiet_NaN()};
    for (std::size_t i = 0; i < ordered.size(); ++i) {
      CAPTURE(ordered[i]);
      const auto rank = harness::rank_of_number(ordered[i]);
      REQUIRE(rank);
      CHECK(is_same(harness::number_at(*rank), ordered[i]));
      if (i > 0) CHECK(*harness::rank_of_number(ordered[i - 1]) < *rank);
    }
  }

  TEST_CASE("whatever number stands at a rank has a rank that gives it back") {
    std::uint64_t rank = 1;
    for (int i = 0; i < 200'000; ++i) {
      rank = rank * 6364136223846793005U + 1442695040888963407U;
      const double value = harness::number_at(rank >> (i % 64));
      const auto again = harness::rank_of_number(value);
      CAPTURE(value);
      REQUIRE(again);
      REQUIRE(is_same(harness::number_at(*again), value));
    }
  }

  TEST_CASE("the simplest of a range is 0, else whole, else short, else a bound") {
    struct Row {
      double low;
      double high;
      double simplest;
    };
    for (const Row& row : {Row{-3, 5, 0}, Row{2.5, 9, 3}, Row{-9, -2.5, -3}, Row{0.12, 0.7, 0.2},
                           Row{-0.7, -0.12, -0.2}, Row{0.123, 0.124, 0.123}, Row{0.5, 0.5, 0.5},
                           Row{-Limits::infinity(), Limits::infinity(), 0}}) {
      CAPTURE(row.low);
      const auto type = number_type(row.low, row.high, false, false);
      REQUIRE(type);
      CHECK(is_same(harness::number_at(type->simplest), row.simplest));
    }
  }

  TEST_CASE("a range that holds nothing with a rank is no type") {
    CHECK_FALSE(number_type(2, 1, false, false));
    CHECK_FALSE(number_type(1e300, 1e301, false, false));
    CHECK_FALSE(number_type(Limits::quiet_NaN(), 1, false, false));
  }

  TEST_CASE("what is not in the type settles on its simplest") {
    const harness::ChoiceType integer = integer_type(2, 5);
    CHECK(harness::settle_rank(integer, 3) == 3);
    CHECK(harness::settle_rank(integer, 4) == 0);
    const harness::ChoiceType number = *number_type(1, 2, false, false);
    const auto rank = [](double value) { return *harness::rank_of_number(value); };
    CHECK(harness::settle_rank(number, rank(1.5)) == rank(1.5));
    CHECK(harness::settle_rank(number, rank(3)) == rank(1));
    CHECK(harness::settle_rank(number, rank(Limits::quiet_NaN())) == rank(1));
    CHECK(harness::settle_rank(number, rank(Limits::infinity())) == rank(1));
  }
}
