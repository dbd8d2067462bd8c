#include "harnesses/engine/shrink.hpp"

#include <algorithm>
#include <set>

namespace harness {
namespace {

class Shrinker {
 public:
  Shrinker(ChoiceSequence failing, const StillFails& still_fails, int most_evaluations)
      : best_{std::move(failing)}, still_fails_{still_fails}, evaluations_left_{most_evaluations} {}

  // Each pass only ever replaces the best by something simpler, so the loop ends: shortlex is
  // well-founded.
  Shrunk run() {
    const int budget = evaluations_left_;
    bool improved = true;
    while (improved && evaluations_left_ > 0) {
      const ChoiceSequence before = best_;
      cut_tail();
      delete_runs();
      lower_and_delete();
      lower_each();
      swap_neighbours();
      improved = best_ != before;
    }
    return {best_, budget - evaluations_left_, !improved && evaluations_left_ > 0};
  }

 private:
  bool try_candidate(const ChoiceSequence& candidate) {
    if (evaluations_left_ <= 0 || !is_simpler(candidate, best_)) return false;
    if (!tried_.insert(candidate).second) return false;
    --evaluations_left_;
    auto drawn = still_fails_(candidate);
    if (!drawn || !is_simpler(*drawn, best_)) return false;
    best_ = std::move(*drawn);
    return true;
  }

  // Everything from some point on becomes "simplest": the replay answers 0 past the end.
  void cut_tail() {
    for (std::size_t keep = 0; keep < best_.size(); keep = keep * 2 + 1) {
      if (try_candidate({best_.begin(), best_.begin() + static_cast<std::ptrdiff_t>(keep)})) return;
    }
  }

  void delete_runs() {
    for (std::size_t length : {8U, 6U, 5U, 4U, 3U, 2U, 1U}) {
      for (std::size_t end = best_.size(); end >= length; --end) {
        while (end >= length && end <= best_.size() &&
               try_candidate(without(end - length, length))) {
        }
      }
    }
  }

  // A length prefix goes down by one and one element behind it goes away.
  void lower_and_delete() {
    for (std::size_t at = 0; at < best_.size(); ++at) {
      for (bool again = true; again && at < best_.size() && best_[at] > 0;) {
        again = lower_and_delete_at(at);
      }
    }
  }

  bool lower_and_delete_at(std::size_t at) {
    for (std::size_t length = 1; length <= 4; ++length) {
      for (std::size_t from = at + 1; from + length <= best_.size(); ++from) {
        ChoiceSequence candidate = without(from, length);
        --candidate[at];
        if (try_candidate(candidate)) return true;
      }
    }
    return false;
  }

  void lower_each() {
    for (std::size_t at = 0; at < best_.size(); ++at) {
      if (best_[at] == 0) continue;
      if (try_candidate(with(at, 0))) continue;
      // Binary search for the smallest value that still fails, assuming (not requiring) that
      // failing is monotone.
      std::uint64_t passes = 0;
      while (at < best_.size() && best_[at] > passes + 1) {
        const std::uint64_t middle = passes + (best_[at] - passes) / 2;
        if (!try_candidate(with(at, middle))) passes = middle;
      }
    }
  }

  void swap_neighbours() {
    for (std::size_t at = 0; at + 1 < best_.size(); ++at) {
      if (best_[at] <= best_[at + 1]) continue;
      ChoiceSequence candidate = best_;
      std::swap(candidate[at], candidate[at + 1]);
      (void)try_candidate(candidate);
    }
  }

  [[nodiscard]] ChoiceSequence without(std::size_t from, std::size_t length) const {
    ChoiceSequence shorter = best_;
    const auto begin = shorter.begin() + static_cast<std::ptrdiff_t>(from);
    shorter.erase(begin, begin + static_cast<std::ptrdiff_t>(length));
    return shorter;
  }

  [[nodiscard]] ChoiceSequence with(std::size_t at, std::uint64_t value) const {
    ChoiceSequence changed = best_;
    changed[at] = value;
    return changed;
  }

  ChoiceSequence best_;
  const StillFails& still_fails_;
  int evaluations_left_;
  std::set<ChoiceSequence> tried_;
};

}  // namespace

bool is_simpler(const ChoiceSequence& left, const ChoiceSequence& right) {
  if (left.size() != right.size()) return left.size() < right.size();
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
}

Shrunk shrink(ChoiceSequence failing, const StillFails& still_fails, int most_evaluations) {
  return Shrinker{std::move(failing), still_fails, most_evaluations}.run();
}

}  // namespace harness
