// Is a history linearizable: is there one order of its operations, in which each takes effect
// between its call and its return, and in which a sequential object would have answered the same?
// (Herlihy and Wing, "Linearizability", 1990.)
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harnesses/history/history.hpp"
#include "harnesses/history/model.hpp"
#include "harnesses/history/prepare.hpp"
#include "harnesses/history/search.hpp"
#include "sandbox/base/result.hpp"

namespace harness::history {

// Operations are indices into History::operations().

struct Linearizable {
  // One order that explains everything. Operations that are not in it had no effect: they failed,
  // or did not return.
  std::vector<std::size_t> order;
};

// The longest part that has an order: everything of this object that returned before `blocked` did.
// No order of that part leaves a state in which `blocked` could still answer as it did.
struct NotLinearizable {
  std::size_t part;                // of the prepared history, as `explain` needs it
  std::optional<Value> key;        // of the object, where several were checked
  std::vector<std::size_t> order;  // of that part; may end with operations that returned later
  std::size_t blocked;
  std::string state;  // after `order`, as the model describes it
};

// The search ended without an answer. Never a pass.
struct Unknown {
  enum class Reason { steps, memory };
  Reason reason;
};

using Answer = std::variant<Linearizable, NotLinearizable, Unknown>;

struct Checked {
  Answer answer;
  Effort effort;
};

// The steps of `budget` are for all objects together, the memory for one at a time. An object that
// fails decides, even beside others whose search ended without an answer. Errors: as `prepare`.
[[nodiscard]] base::Result<Checked> check(const History& history, const AnyModel& model,
                                          const Budget& budget,
                                          Partition partition = Partition::by_model);

}  // namespace harness::history
