// Queues: bounded or not, first in first out or relaxed. `put` waits for room and `take` for an
// item: they take effect when they get it, so they are legal only then; the `try_` calls answer
// instead of waiting.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "harnesses/history/model.hpp"

namespace harness::history {

struct QueueOrder {
  // An item may be taken only after all older ones of the process that put it.
  bool per_producer = false;
  // How many older items may still be there when one is taken: 0, first in first out. With
  // per_producer, older items of others do not count at all. This is the out-of-order relaxation of
  // Henzinger et al., "Quantitative relaxation of concurrent data structures" (2013), without its
  // bound on how often the oldest is passed over.
  std::size_t overtakes = 0;
};

struct UnboundedQueueModel {
  QueueOrder order;

  enum Call : std::size_t { put, take, try_take, try_put };
  static constexpr std::string_view kName = "queue";
  static constexpr Keys kKeys = Keys::one_object;
  // A failed put or take has left nothing behind and taken nothing away: so a cancelled one is
  // required to behave.
  static constexpr std::array kOperations = {
      OperationSpec{.name = "put", .arguments = {Kind::value}, .when_failed = Failure::no_effect},
      OperationSpec{.name = "take", .result = Kind::value, .when_failed = Failure::no_effect},
      OperationSpec{.name = "try_take",
                    .result = Kind::value,  // nothing: it was empty
                    .when_failed = Failure::no_effect}};

  [[nodiscard]] bool regards_processes() const { return order.per_producer; }
  [[nodiscard]] State initial(Values& /*values*/) const { return {}; }
  [[nodiscard]] std::optional<Word> only_value(const Action& action) const;
  [[nodiscard]] std::vector<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

struct BoundedQueueModel {
  std::size_t capacity = 1;
  QueueOrder order;

  static constexpr std::string_view kName = "bounded queue";
  static constexpr Keys kKeys = Keys::one_object;
  static constexpr std::array kOperations = {
      UnboundedQueueModel::kOperations[0], UnboundedQueueModel::kOperations[1],
      UnboundedQueueModel::kOperations[2],
      OperationSpec{.name = "try_put",
                    .arguments = {Kind::value},
                    .result = Kind::boolean,  // false: it was full
                    .effect = Effect::changes_if_true,
                    .when_failed = Failure::no_effect}};

  [[nodiscard]] bool regards_processes() const { return order.per_producer; }
  [[nodiscard]] State initial(Values& /*values*/) const { return {}; }
  [[nodiscard]] std::optional<Word> only_value(const Action& action) const;
  [[nodiscard]] std::vector<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
