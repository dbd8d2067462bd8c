// Small histories written by hand, and the slow way to judge them.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harnesses/history/check.hpp"
#include "harnesses/history/find_model.hpp"

namespace harness::history::test {

using harness::Value;

[[nodiscard]] Value v(std::integral auto number) {
  return Value{static_cast<std::int64_t>(number)};
}
[[nodiscard]] Value v(const char* text);
[[nodiscard]] Value truth(bool value);
[[nodiscard]] Value nothing();

// Enough for any history in these tests.
inline constexpr Budget kAmple{1'000'000, base::Bytes{64U << 20U}};

// A model that must exist.
[[nodiscard]] AnyModel model(std::string_view name,
                             std::vector<std::pair<std::string, Value>> parameters = {});

// Events one microsecond apart. Ids are the callers'.
class Script {
 public:
  Script& call(unsigned id, unsigned process, std::string operation,
               std::vector<Value> arguments = {}, std::optional<Value> key = std::nullopt);
  Script& ret(unsigned id, std::optional<Value> result = std::nullopt);
  Script& fail(unsigned id);
  // A call that returns before anything else happens; takes the next free id from 1000.
  Script& done(unsigned process, std::string operation, std::vector<Value> arguments = {},
               std::optional<Value> result = std::nullopt, std::optional<Value> key = std::nullopt);
  [[nodiscard]] History history();

 private:
  std::chrono::nanoseconds tick();

  Recorder recorder_;
  std::chrono::nanoseconds now_{};
  unsigned next_id_ = 1000;
};

[[nodiscard]] Checked checked(const History& history, const AnyModel& model,
                              Partition partition = Partition::by_model);
[[nodiscard]] bool is_linearizable(const History& history, const AnyModel& model);

// Tries every permutation of every choice of items that may or must take effect; nothing is
// remembered and nothing is skipped.
[[nodiscard]] bool has_order(std::span<const Item> items, const State& initial,
                             const AnyModel& model);
[[nodiscard]] bool has_order(const History& history, const AnyModel& model);

// Whether `order` (indices into the operations) respects real time, names no operation twice, and
// the model can answer like that in it.
[[nodiscard]] bool can_be_replayed(const History& history, const AnyModel& model,
                                   const std::vector<std::size_t>& order);

}  // namespace harness::history::test
