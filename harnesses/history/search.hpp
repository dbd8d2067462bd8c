// The search for an order: Wing and Gong, "Testing and verifying concurrent objects" (1993), with
// the cache of configurations of Lowe, "Testing for linearizability" (2017). A configuration is the
// set of operations that have taken effect and the state they led to; one that was seen before
// leads nowhere new. Sets and states are compared whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "harnesses/history/model.hpp"
#include "harnesses/history/prepare.hpp"
#include "sandbox/base/bytes.hpp"

namespace harness::history {

// What a search may use. `steps`: how often a model is asked what follows, or two sets are
// compared. `memory`: of the cache of configurations and states, where all that can grow beyond the
// size of the history lies.
struct Budget {
  std::uint64_t steps;
  base::Bytes memory;
};

struct Effort {
  std::uint64_t steps = 0;
  std::uint64_t configurations = 0;
  base::Bytes memory;  // the most at one time
};

struct SearchResult {
  enum class Ending { order_found, no_order, out_of_steps, out_of_memory };

  Ending ending;
  // Items in the order in which they took effect: all that had to; without an order, all that could
  // before `blocked` could not.
  std::vector<std::size_t> order;
  // Without an order: the item whose return no order gets past, although orders reach it.
  std::optional<std::size_t> blocked;
  State state;  // after `order`
  Effort effort;
};

// `items` in the order of their calls.
[[nodiscard]] SearchResult search(std::span<const Item> items, StateView initial,
                                  const AnyModel& model, const Budget& budget);

}  // namespace harness::history
