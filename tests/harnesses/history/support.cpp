#include "tests/harnesses/history/support.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <doctest/doctest.h>

namespace harness::history::test {
namespace {

// Whether `item` can come right after those taken, as far as real time goes: nothing that is still
// required returned before it was called, and nothing taken was called after it returned.
bool is_next(const Item& item, std::span<const Item> items, const std::vector<bool>& taken) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!taken[i] && items[i].is_required && *items[i].deadline < item.call) return false;
    if (taken[i] && item.deadline && *item.deadline < items[i].call) return false;
  }
  return true;
}

bool any_order(std::span<const Item> items, std::vector<bool>& taken, const State& state,
               const AnyModel& model) {
  bool all_returned = true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!taken[i] && items[i].is_required) all_returned = false;
  }
  if (all_returned) return true;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (taken[i] || !is_next(items[i], items, taken)) continue;
    taken[i] = true;
    for (const State& next : model.step(state, items[i].action)) {
      if (any_order(items, taken, next, model)) return true;
    }
    taken[i] = false;
  }
  return false;
}

bool can_follow(const std::vector<State>& states, const Item& item, const AnyModel& model,
                std::vector<State>& next) {
  for (const State& state : states) {
    for (State& after : model.step(state, item.action)) next.push_back(std::move(after));
  }
  return !next.empty();
}

}  // namespace

Value v(const char* text) { return Value{std::string{text}}; }
Value truth(bool value) { return Value{value}; }
Value nothing() { return Value{Null{}}; }

AnyModel model(std::string_view name, std::vector<std::pair<std::string, Value>> parameters) {
  auto found = find_model(name, Object{std::move(parameters)});
  REQUIRE_MESSAGE(found, (found ? "" : found.error().message()));
  return std::move(*found);
}

std::chrono::nanoseconds Script::tick() { return now_ += std::chrono::microseconds{1}; }

Script& Script::call(unsigned id, unsigned process, std::string operation,
                     std::vector<Value> arguments, std::optional<Value> key) {
  const auto status = recorder_.call(
      OperationId{id},
      {ProcessId{process}, std::move(operation), std::move(arguments), std::move(key)}, tick());
  REQUIRE_MESSAGE(status, (status ? "" : status.error().message()));
  return *this;
}

Script& Script::ret(unsigned id, std::optional<Value> result) {
  const auto status = recorder_.returned(OperationId{id}, std::move(result), tick());
  REQUIRE_MESSAGE(status, (status ? "" : status.error().message()));
  return *this;
}

Script& Script::fail(unsigned id) {
  const auto status = recorder_.failed(OperationId{id}, tick());
  REQUIRE_MESSAGE(status, (status ? "" : status.error().message()));
  return *this;
}

Script& Script::done(unsigned process, std::string operation, std::vector<Value> arguments,
                     std::optional<Value> result, std::optional<Value> key) {
  const unsigned id = next_id_++;
  return call(id, process, std::move(operation), std::move(arguments), std::move(key))
      .ret(id, std::move(result));
}

History Script::history() { return std::move(recorder_).finish(); }

Checked checked(const History& history, const AnyModel& model, Partition partition) {
  auto result = check(history, model, kAmple, partition);
  REQUIRE_MESSAGE(result, (result ? "" : result.error().message()));
  REQUIRE_FALSE(std::holds_alternative<Unknown>(result->answer));
  return std::move(*result);
}

bool is_linearizable(const History& history, const AnyModel& model) {
  return std::holds_alternative<Linearizable>(checked(history, model).answer);
}

bool has_order(std::span<const Item> items, const State& initial, const AnyModel& model) {
  std::vector<bool> taken(items.size(), false);
  return any_order(items, taken, initial, model);
}

bool has_order(const History& history, const AnyModel& model) {
  const auto prepared = prepare(history, model, Partition::by_model);
  REQUIRE(prepared);
  return std::ranges::all_of(prepared->parts, [&](const Part& part) {
    return has_order(part.items, part.initial, model);
  });
}

bool can_be_replayed(const History& history, const AnyModel& model,
                     const std::vector<std::size_t>& order) {
  const auto& operations = history.operations();
  if (std::set<std::size_t>(order.begin(), order.end()).size() != order.size()) return false;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i + 1; j < order.size(); ++j) {
      const Operation& later = operations[order[j]];
      const bool returned = later.ending == Operation::Ending::returned;
      if (returned && later.end_position < operations[order[i]].call_position) return false;
    }
  }
  const auto prepared = prepare(history, model, Partition::by_model);
  REQUIRE(prepared);
  for (const Part& part : prepared->parts) {
    std::vector<State> states = {part.initial};
    for (const std::size_t operation : order) {
      const auto item = std::ranges::find(part.items, operation, &Item::operation);
      if (item == part.items.end()) continue;
      std::vector<State> next;
      if (!can_follow(states, *item, model, next)) return false;
      states = std::move(next);
    }
  }
  return true;
}

}  // namespace harness::history::test
