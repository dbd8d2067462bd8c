#include "harnesses/history/explain.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "sandbox/base/check.hpp"

namespace harness::history {
namespace {

using Ending = SearchResult::Ending;

using Kept = std::vector<std::size_t>;  // items that are not left out, ascending

// One attempt may not use up what all the others need.
constexpr std::uint64_t kAttempts = 32;
constexpr std::size_t kFirstWindow = 4;

// Finds a small part of a failure first, since small searches are cheap, then leaves out of it what
// can be left out.
class Weakening {
 public:
  // `blocked`: an item. What was called after its return, or returned later, did so too late to
  // matter. Without the blocked one there is an order, so it is in every reason.
  Weakening(const Part& part, const AnyModel& model, const Budget& budget, std::size_t blocked)
      : part_{part},
        model_{model},
        budget_{budget},
        blocked_{blocked},
        end_{*part.items[blocked].deadline} {
    while (count_ < part_.items.size() && part_.items[count_].call < end_) ++count_;
  }

  void run() {
    limit_ = budget_.steps / kAttempts;
    if (!start_from_values() && !start_from_window()) return start_from_all();
    reduce();
  }

  [[nodiscard]] const Kept& kept() const { return kept_; }
  // Items called before the blocked one returned.
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] bool is_minimal() const { return is_minimal_; }
  [[nodiscard]] const Effort& effort() const { return effort_; }

 private:
  bool start_from(Kept kept) {
    const bool fails = search_with(kept) == Ending::no_order;
    if (fails) kept_ = std::move(kept);
    return fails;
  }

  // Where values are apart, one or two of them make most failures: something comes back that is not
  // there, or comes before something else (Henzinger, Sezgin and Vafeiadis, "Aspect-oriented
  // linearizability proofs", 2013). The values used last are tried first.
  bool start_from_values() {
    const std::optional<Word> own = model_.only_value(part_.items[blocked_].action);
    if (!own) return false;
    if (start_from(items_of({*own}))) return true;
    std::set<Word> tried = {*own};
    for (std::size_t i = count_; i-- > 0;) {
      const std::optional<Word> other = model_.only_value(part_.items[i].action);
      if (!other || !tried.insert(*other).second) continue;
      if (start_from(items_of({*own, *other}))) return true;
    }
    return false;
  }

  [[nodiscard]] Kept items_of(const std::set<Word>& values) const {
    Kept kept;
    for (std::size_t i = 0; i < count_; ++i) {
      const std::optional<Word> value = model_.only_value(part_.items[i].action);
      if (value && values.contains(*value)) kept.push_back(i);
    }
    return kept;
  }

  // What was called last before the failure.
  bool start_from_window() {
    for (std::size_t window = kFirstWindow; window < count_; window *= 2) {
      Kept kept;
      for (std::size_t i = 0; i < count_; ++i) {
        if (i + window >= count_ || i == blocked_) kept.push_back(i);
      }
      if (start_from(std::move(kept))) return true;
    }
    return false;
  }

  void start_from_all() {
    for (std::size_t i = 0; i < count_; ++i) kept_.push_back(i);
    limit_ = budget_.steps;
    const std::uint64_t before = effort_.steps;
    const Ending whole = search_with(kept_);
    JUDGE_CHECK(whole != Ending::order_found, "what the check has refuted has no order");
    limit_ = std::max(budget_.steps / kAttempts, effort_.steps - before);
    if (whole == Ending::no_order) reduce();
  }

  // Leaves out groups of operations, large ones first, then single ones, the earliest first. A
  // weaker history has more orders, so what could not be left out beside more operations cannot be
  // left out beside fewer: one round of single operations makes the rest minimal.
  void reduce() {
    is_minimal_ = true;
    for (std::size_t group = std::max<std::size_t>(1, kept_.size() / 2);; group /= 2) {
      std::size_t from = 0;
      while (from < kept_.size()) {
        if (!leave_out(from, std::min(group, kept_.size() - from), group == 1)) from += group;
      }
      if (group == 1) return;
    }
  }

  bool leave_out(std::size_t from, std::size_t count, bool is_last_round) {
    Kept fewer = kept_;
    const auto begin = fewer.begin() + static_cast<std::ptrdiff_t>(from);
    fewer.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    if (!std::ranges::binary_search(fewer, blocked_)) return false;
    const Ending ending = search_with(fewer);
    if (ending == Ending::no_order) kept_ = std::move(fewer);
    if (ending != Ending::no_order && ending != Ending::order_found && is_last_round) {
      is_minimal_ = false;
    }
    return ending == Ending::no_order;
  }

  // With `kept` alone having taken effect for certain.
  Ending search_with(const Kept& kept) {
    const Budget share{std::min(budget_.steps - effort_.steps, limit_), budget_.memory};
    const SearchResult found = search(weakened(kept), part_.initial, model_, share);
    effort_.steps += found.effort.steps;
    effort_.configurations += found.effort.configurations;
    effort_.memory = std::max(effort_.memory, found.effort.memory);
    return found.ending;
  }

  std::vector<Item> weakened(const Kept& kept) const {
    std::vector<Item> items;
    const std::optional<std::set<Word>> values = values_of(kept);
    for (std::size_t i = 0; i < count_; ++i) {
      const Item& item = part_.items[i];
      const bool is_kept = std::ranges::binary_search(kept, i);
      const std::optional<Word> value = model_.only_value(item.action);
      const bool cannot_matter = item.is_pure || (values && value && !values->contains(*value));
      if (!is_kept && cannot_matter) continue;
      items.push_back(item);
      items.back().is_required = is_kept && item.is_required && *item.deadline <= end_;
    }
    return items;
  }

  // The values that the kept operations work on, if no other value can matter to them: with all
  // operations on other values deleted, an order of the rest is still one.
  std::optional<std::set<Word>> values_of(const Kept& kept) const {
    std::set<Word> values;
    for (const std::size_t i : kept) {
      const std::optional<Word> value = model_.only_value(part_.items[i].action);
      if (!value) return std::nullopt;
      values.insert(*value);
    }
    return values;
  }

  const Part& part_;
  const AnyModel& model_;
  Budget budget_;
  std::size_t blocked_;
  std::size_t end_;
  std::size_t count_ = 0;
  Kept kept_;
  std::uint64_t limit_ = 0;  // steps of one attempt
  bool is_minimal_ = false;
  Effort effort_;
};

}  // namespace

base::Result<Explanation> explain(const History& history, const AnyModel& model,
                                  const NotLinearizable& failure, const Budget& budget,
                                  Partition partition) {
  JUDGE_TRY(const Prepared prepared, prepare(history, model, partition));
  const Part& part = prepared.parts.at(failure.part);
  const auto blocked = std::ranges::find(part.items, failure.blocked, &Item::operation);
  Weakening weakening{part, model, budget, static_cast<std::size_t>(blocked - part.items.begin())};
  weakening.run();
  Explanation explanation{.blocking = {},
                          .is_minimal = weakening.is_minimal(),
                          .left_out = weakening.count() - weakening.kept().size(),
                          .effort = weakening.effort()};
  for (const std::size_t i : weakening.kept()) {
    explanation.blocking.push_back(part.items[i].operation);
  }
  return explanation;
}

}  // namespace harness::history
