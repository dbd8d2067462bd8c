// From a history and a model to what the search works on: operations read into words, those that
// cannot matter left out, one part for each object that is checked for itself.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "harnesses/history/history.hpp"
#include "harnesses/history/model.hpp"
#include "harnesses/history/values.hpp"
#include "sandbox/base/result.hpp"

namespace harness::history {

struct Item {
  Action action;
  std::size_t operation;                // index into History::operations()
  std::size_t call;                     // position of its call among the events
  std::optional<std::size_t> deadline;  // position of its return: it took effect before, or never
  bool is_required;                     // it has a deadline, and it took effect
  bool is_pure;                         // with this result it leaves every state as it was
};

struct Part {
  std::optional<Value> key;
  State initial;
  std::vector<Item> items;  // in the order of their calls
};

struct Prepared {
  Values values;
  std::vector<Part> parts;  // the smallest first: a budget that ends has then told most
};

enum class Partition {
  by_model,  // as the model's Keys say
  none,      // everything in one part, for models whose state can hold all keys
};

// Errors: Kind::invalid_input, `operation 7: ...`, for what the judge itself has called wrongly: an
// operation that the model does not have, or arguments of another number or kind. A result of
// another kind is no error: the operation just cannot have answered it.
[[nodiscard]] base::Result<Prepared> prepare(const History& history, const AnyModel& model,
                                             Partition partition);

}  // namespace harness::history
