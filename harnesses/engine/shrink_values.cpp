#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "harnesses/engine/passes.hpp"

namespace harness {
namespace {

using Positions = std::vector<std::size_t>;

bool is_simplest(const Descent& descent, std::size_t at) {
  return descent.rank(at) == simplest_rank(descent.type(at));
}

// All of them get the same rank.
bool set_all(Descent& descent, const Positions& positions, std::uint64_t rank) {
  if (positions.back() >= descent.size() || rank >= descent.rank(positions.front())) return false;
  ChoiceSequence candidate = descent.best().choices;
  for (const std::size_t at : positions) candidate[at] = rank;
  return descent.consider(candidate);
}

std::int64_t target_of(const ChoiceType& type) {
  if (const auto* integer = std::get_if<IntegerType>(&type)) return integer->target;
  return whole_at(type, simplest_rank(type)).value_or(0);
}

std::uint64_t distance(std::int64_t left, std::int64_t right) {
  const auto difference = static_cast<std::uint64_t>(left) - static_cast<std::uint64_t>(right);
  return left > right ? difference : std::uint64_t{0} - difference;
}

// The least distance at which `try_distance` still succeeds; it has at `from`, and not at 0 or 1.
// Assumes (does not require) that what is nearer fails less: begins with halving, and gives up when
// not even one step works.
template <typename TryDistance>
void approach(std::uint64_t from, TryDistance try_distance) {
  std::uint64_t fails = from;
  std::uint64_t holds = 1;
  bool stepped = false;
  while (fails > holds + 1) {
    const std::uint64_t middle = holds + (fails - holds) / 2;
    if (try_distance(middle)) {
      fails = middle;
      continue;
    }
    holds = middle;
    if (stepped || fails == holds + 1) continue;
    if (!try_distance(fails - 1)) return;
    --fails;
    stepped = true;
  }
}

// On the side of the target where it is.
void lower_whole(Descent& descent, const Positions& positions, std::int64_t value) {
  const std::int64_t target = target_of(descent.type(positions.front()));
  const bool above = value > target;
  approach(distance(value, target), [&](std::uint64_t away) {
    const auto base = static_cast<std::uint64_t>(target);
    if (positions.back() >= descent.size()) return false;
    const auto next = static_cast<std::int64_t>(above ? base + away : base - away);
    const auto rank = rank_of_whole(descent.type(positions.front()), next);
    return rank && set_all(descent, positions, *rank);
  });
}

// A fraction: to a whole number, else to fewer digits, else to its part behind the point, else to
// fewer of its smallest steps.
void lower_fraction(Descent& descent, const Positions& positions, double value) {
  const NumberType type = std::get<NumberType>(descent.type(positions.front()));
  const auto try_value = [&](double next) {
    const auto rank = rank_of_number(next);
    return rank && is_in(type, next) && set_all(descent, positions, *rank);
  };
  if (try_value(std::trunc(value)) || try_value(std::floor(value)) || try_value(std::ceil(value))) {
    return;
  }
  bool shorter = false;
  for (const double power : {10.0, 100.0, 1e4, 1e6}) {
    shorter = shorter || try_value(std::trunc(value * power) / power) ||
              try_value(std::round(value * power) / power);
  }
  if (positions.back() >= descent.size()) return;
  const auto now = decimal_at(descent.rank(positions.front()));
  if (!now) return;
  const Decimal one{.scaled = 1, .digits = now->digits};
  const Decimal behind{now->scaled % static_cast<std::int64_t>(1 / to_number(one)), now->digits};
  if (try_value(to_number(one)) || try_value(std::abs(to_number(behind))) ||
      try_value(to_number(behind))) {
    return;
  }
  const bool negative = now->scaled < 0 && !try_value(std::abs(to_number(*now)));
  approach(distance(now->scaled, 0), [&](std::uint64_t away) {
    const auto scaled = static_cast<std::int64_t>(away);
    return try_value(to_number({.scaled = negative ? -scaled : scaled, .digits = now->digits}));
  });
}

// What is no whole number that can be counted down: to one, or to a simpler one of its kind.
void lower_number(Descent& descent, const Positions& positions, double value) {
  constexpr std::int64_t kLargestWhole = std::int64_t{1} << 53;
  if (std::isfinite(value) && value != std::trunc(value)) {
    lower_fraction(descent, positions, value);
  } else if (std::abs(value) > static_cast<double>(kLargestWhole)) {
    const auto rank =
        rank_of_whole(descent.type(positions.front()), value > 0 ? kLargestWhole : -kLargestWhole);
    if (rank) (void)set_all(descent, positions, *rank);
  }
}

// A whole number: to the other side of the target if that is simpler, then nearer to it.
void lower_toward_target(Descent& descent, const Positions& positions) {
  const auto now = [&]() -> std::optional<std::int64_t> {
    if (positions.back() >= descent.size()) return {};
    return whole_at(descent.type(positions.front()), descent.rank(positions.front()));
  };
  const auto value = now();
  if (!value) return;
  const ChoiceType type = descent.type(positions.front());
  const std::int64_t target = target_of(type);
  if (*value < target) {
    const std::uint64_t mirrored = static_cast<std::uint64_t>(target) + distance(*value, target);
    const auto rank = rank_of_whole(type, static_cast<std::int64_t>(mirrored));
    if (rank) (void)set_all(descent, positions, *rank);
  } else {
    (void)set_all(descent, positions, descent.rank(positions.front()) - 1);
  }
  if (const auto left = now()) lower_whole(descent, positions, *left);
}

// As far down as they go together: they have one type and one rank.
void lower(Descent& descent, const Positions& positions) {
  constexpr std::uint64_t kSmall = 3;
  const std::uint64_t simplest = simplest_rank(descent.type(positions.front()));
  for (std::uint64_t rank = simplest; rank <= simplest + kSmall; ++rank) {
    if (positions.back() >= descent.size() || set_all(descent, positions, rank)) return;
  }
  if (std::holds_alternative<NumberType>(descent.type(positions.front()))) {
    lower_number(descent, positions, number_at(descent.rank(positions.front())));
    if (positions.back() >= descent.size()) return;
  }
  lower_toward_target(descent, positions);
}

}  // namespace

void lower_each(Descent& descent) {
  for (std::size_t at = 0; at < descent.size(); ++at) {
    if (!is_simplest(descent, at)) lower(descent, {at});
  }
}

void lower_duplicates(Descent& descent) {
  std::map<std::uint64_t, Positions> by_rank;
  for (std::size_t at = 0; at < descent.size(); ++at) {
    if (!is_simplest(descent, at)) by_rank[descent.rank(at)].push_back(at);
  }
  for (const auto& [rank, positions] : by_rank) {
    Positions alike;
    for (const std::size_t at : positions) {
      if (at >= descent.size() || descent.rank(at) != rank) continue;
      if (alike.empty() || descent.type(at) == descent.type(alike.front())) alike.push_back(at);
    }
    if (alike.size() >= 2) lower(descent, alike);
  }
}

namespace {

// The first of the pair moves `step` towards its target, the second as far the same way or the
// opposite way.
bool move_pair(Descent& descent, std::size_t first, std::size_t second, std::uint64_t step,
               bool opposite) {
  if (second >= descent.size()) return false;
  const auto left = whole_at(descent.type(first), descent.rank(first));
  const auto right = whole_at(descent.type(second), descent.rank(second));
  if (!left || !right) return false;
  const std::int64_t target = target_of(descent.type(first));
  if (distance(*left, target) < step || step > (std::uint64_t{1} << 62)) return false;
  const bool down = *left > target;
  const auto signed_step = static_cast<std::int64_t>(step);
  std::int64_t next_left = 0;
  std::int64_t next_right = 0;
  if (__builtin_add_overflow(*left, down ? -signed_step : signed_step, &next_left) ||
      __builtin_add_overflow(*right, down != opposite ? -signed_step : signed_step, &next_right)) {
    return false;
  }
  const auto left_rank = rank_of_whole(descent.type(first), next_left);
  const auto right_rank = rank_of_whole(descent.type(second), next_right);
  if (!left_rank || !right_rank) return false;
  return descent.consider(
      with(with(descent.best().choices, first, *left_rank), second, *right_rank));
}

// All the way at once if that works, else as far as it goes.
void move_pair_far(Descent& descent, std::size_t first, std::size_t second, bool opposite) {
  const auto left = whole_at(descent.type(first), descent.rank(first));
  if (!left) return;
  const std::uint64_t all = distance(*left, target_of(descent.type(first)));
  if (all == 0 || move_pair(descent, first, second, all, opposite)) return;
  (void)go_on(
      [&](std::uint64_t step) { return move_pair(descent, first, second, step, opposite); });
}

// The second number comes to lie as far on the other side of the first.
void mirror(Descent& descent, std::size_t first, std::size_t second) {
  const auto left = whole_at(descent.type(first), descent.rank(first));
  const auto right = whole_at(descent.type(second), descent.rank(second));
  std::int64_t difference = 0;
  std::int64_t mirrored = 0;
  if (!left || !right || __builtin_sub_overflow(*left, *right, &difference) ||
      __builtin_add_overflow(*left, difference, &mirrored)) {
    return;
  }
  const auto rank = rank_of_whole(descent.type(second), mirrored);
  if (rank) (void)descent.consider(with(descent.best().choices, second, *rank));
}

}  // namespace

void move_pairs(Descent& descent) {
  constexpr std::size_t kNear = 8;
  const auto can_move = [&](std::size_t at) {
    const auto* type = std::get_if<IntegerType>(&descent.type(at));
    return type == nullptr || most_rank(*type) > 1;
  };
  for (std::size_t first = 0; first < descent.size(); ++first) {
    std::size_t seen = 0;
    for (std::size_t second = first + 1; second < descent.size() && seen < kNear; ++second) {
      if (is_simplest(descent, first) || !can_move(first)) break;
      if (!can_move(second)) continue;
      ++seen;
      move_pair_far(descent, first, second, false);
      if (second < descent.size()) move_pair_far(descent, first, second, true);
      if (second < descent.size()) mirror(descent, first, second);
    }
  }
}

}  // namespace harness
