#include "harnesses/history/check.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace harness::history {
namespace {

using Ending = SearchResult::Ending;

// Orders of several objects as one. Each operation is put at the earliest instant that its object's
// order allows, which lies within its interval; so the instants of all objects agree with real time
// (the locality of linearizability, Herlihy and Wing 1990, theorem 1).
class Merge {
 public:
  void add(const Part& part, const std::vector<std::size_t>& order) {
    std::size_t instant = 0;
    for (const std::size_t item : order) {
      instant = std::max(instant, part.items[item].call);
      points_.emplace_back(instant, points_.size(), part.items[item].operation);
    }
  }

  [[nodiscard]] std::vector<std::size_t> order() && {
    std::ranges::sort(points_);
    std::vector<std::size_t> operations;
    operations.reserve(points_.size());
    for (const auto& point : points_) operations.push_back(std::get<2>(point));
    return operations;
  }

 private:
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> points_;  // instant, turn, which
};

NotLinearizable failure(const Prepared& prepared, std::size_t index, const SearchResult& found,
                        const AnyModel& model) {
  const Part& part = prepared.parts[index];
  NotLinearizable failure{.part = index,
                          .key = part.key,
                          .order = {},
                          .blocked = part.items[*found.blocked].operation,
                          .state = model.describe(found.state, prepared.values)};
  for (const std::size_t item : found.order) failure.order.push_back(part.items[item].operation);
  return failure;
}

void add(Effort& sum, const Effort& more) {
  sum.steps += more.steps;
  sum.configurations += more.configurations;
  sum.memory = std::max(sum.memory, more.memory);
}

}  // namespace

base::Result<Checked> check(const History& history, const AnyModel& model, const Budget& budget,
                            Partition partition) {
  JUDGE_TRY(const Prepared prepared, prepare(history, model, partition));
  Checked checked{Linearizable{}, {}};
  Merge merge;
  std::optional<Unknown> unknown;
  for (std::size_t i = 0; i < prepared.parts.size(); ++i) {
    const Part& part = prepared.parts[i];
    const Budget left{budget.steps - checked.effort.steps, budget.memory};
    const SearchResult found = search(part.items, part.initial, model, left);
    add(checked.effort, found.effort);
    switch (found.ending) {
      case Ending::order_found:
        merge.add(part, found.order);
        break;
      case Ending::no_order:
        checked.answer = failure(prepared, i, found, model);
        return checked;
      case Ending::out_of_steps:
        unknown = Unknown{Unknown::Reason::steps};
        break;
      case Ending::out_of_memory:
        unknown = Unknown{Unknown::Reason::memory};
        break;
    }
  }
  if (unknown) {
    checked.answer = *unknown;
  } else {
    checked.answer = Linearizable{std::move(merge).order()};
  }
  return checked;
}

}  // namespace harness::history
