// The search against a search that cannot be wrong, on thousands of small random histories of every
// model; and everything that it answers against what the words mean.
#include <algorithm>
#include <variant>

#include <doctest/doctest.h>

#include "harnesses/history/explain.hpp"
#include "tests/harnesses/history/subjects.hpp"

using namespace harness::history;
using namespace harness::history::test;

namespace {

constexpr std::uint64_t kHistories = 2000;  // of every subject

// The history up to `end` with all but `kept` left out, as explain.hpp defines it.
bool has_weaker_order(const Part& part, const std::vector<std::size_t>& kept, std::size_t end,
                      const AnyModel& model) {
  std::vector<Item> items;
  for (const Item& original : part.items) {
    if (original.call > end) continue;
    Item& item = items.emplace_back(original);
    const bool is_kept = std::ranges::find(kept, item.operation) != kept.end();
    item.is_required = is_kept && item.is_required && *item.deadline <= end;
  }
  return has_order(items, part.initial, model);
}

void check_explanation(const History& history, const AnyModel& model,
                       const NotLinearizable& failure) {
  const auto explanation = explain(history, model, failure, kAmple);
  REQUIRE(explanation);
  CHECK(explanation->is_minimal);
  const auto prepared = prepare(history, model, Partition::by_model);
  REQUIRE(prepared);
  const Part& part = prepared->parts.at(failure.part);
  const std::vector<std::size_t>& blocking = explanation->blocking;
  const std::size_t end = history.operations()[failure.blocked].end_position;
  CHECK_FALSE(has_weaker_order(part, blocking, end, model));
  for (std::size_t i = 0; i < blocking.size(); ++i) {
    std::vector<std::size_t> fewer = blocking;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(has_weaker_order(part, fewer, end, model));
  }
}

// Everything of the object that returned before the blocked operation did is in the order.
void check_longest_part(const History& history, const AnyModel& model,
                        const NotLinearizable& failure) {
  CHECK(can_be_replayed(history, model, failure.order));
  const auto prepared = prepare(history, model, Partition::by_model);
  REQUIRE(prepared);
  const std::size_t end = history.operations()[failure.blocked].end_position;
  CHECK(std::ranges::find(failure.order, failure.blocked) == failure.order.end());
  for (const Item& item : prepared->parts.at(failure.part).items) {
    if (!item.deadline || *item.deadline >= end) continue;
    CHECK(std::ranges::find(failure.order, item.operation) != failure.order.end());
  }
}

void check_order(const History& history, const AnyModel& model, const Linearizable& found) {
  CHECK(can_be_replayed(history, model, found.order));
  for (std::size_t i = 0; i < history.operations().size(); ++i) {
    if (history.operations()[i].ending != Operation::Ending::returned) continue;
    CHECK(std::ranges::find(found.order, i) != found.order.end());
  }
}

}  // namespace

TEST_SUITE("harnesses/history: cross check") {
  TEST_CASE("what a right object did is linearizable, for every model") {
    for (const Subject& subject : subjects()) {
      CAPTURE(subject.name);
      const AnyModel model = subject.model();
      for (std::uint64_t seed = 0; seed < kHistories; ++seed) {
        CAPTURE(seed);
        Random random{seed};
        const History history = to_history(run_right_object(subject, random));
        const Checked found = checked(history, model);
        REQUIRE(std::holds_alternative<Linearizable>(found.answer));
        check_order(history, model, std::get<Linearizable>(found.answer));
      }
    }
  }

  TEST_CASE("the search answers like all permutations, and its reasons hold") {
    for (const Subject& subject : subjects()) {
      CAPTURE(subject.name);
      const AnyModel model = subject.model();
      std::size_t wrong = 0;
      for (std::uint64_t seed = 0; seed < kHistories; ++seed) {
        CAPTURE(seed);
        Random random{1'000'000 + seed};
        const History history = to_history(mutated(run_right_object(subject, random), random));
        const Checked found = checked(history, model);
        const auto* const order = std::get_if<Linearizable>(&found.answer);
        REQUIRE((order != nullptr) == has_order(history, model));
        if (order != nullptr) {
          check_order(history, model, *order);
        } else {
          ++wrong;
          check_longest_part(history, model, std::get<NotLinearizable>(found.answer));
          check_explanation(history, model, std::get<NotLinearizable>(found.answer));
        }
      }
      // Both answers are tried in earnest.
      CHECK(wrong > kHistories / 10);
      CHECK(wrong < kHistories * 9 / 10);
    }
  }

  TEST_CASE("keys checked apart answer like keys checked together") {
    for (const Subject& subject : subjects()) {
      const AnyModel model = subject.model();
      if (model.keys() != Keys::first_argument) continue;
      CAPTURE(subject.name);
      for (std::uint64_t seed = 0; seed < kHistories; ++seed) {
        CAPTURE(seed);
        Random random{2'000'000 + seed};
        const History history = to_history(mutated(run_right_object(subject, random), random));
        const Checked together = checked(history, model, Partition::none);
        CHECK(std::holds_alternative<Linearizable>(together.answer) ==
              is_linearizable(history, model));
      }
    }
  }

  TEST_CASE("an operation that is said to leave every state as it was does so") {
    std::size_t pure = 0;
    for (const Subject& subject : subjects()) {
      CAPTURE(subject.name);
      const AnyModel model = subject.model();
      for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Random random{3'000'000 + seed};
        const History history = to_history(mutated(run_right_object(subject, random), random));
        const auto prepared = prepare(history, model, Partition::by_model);
        REQUIRE(prepared);
        for (const Part& part : prepared->parts) {
          std::vector<State> states = {part.initial};
          for (const Item& item : part.items) {
            for (const State& state : std::vector<State>{states}) {
              for (State& next : model.step(state, item.action)) states.push_back(std::move(next));
            }
          }
          for (const Item& item : part.items) {
            if (!item.is_pure) continue;
            ++pure;
            for (const State& state : states) {
              for (const State& next : model.step(state, item.action)) CHECK(next == state);
            }
          }
        }
      }
    }
    CHECK(pure > 1000);
  }
}
