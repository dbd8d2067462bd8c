// Passes about members of lists that a number counts, or that numbers point at.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "harnesses/engine/passes.hpp"
#include "harnesses/engine/spans.hpp"

namespace harness {
namespace {

// How many choices fewer are drawn when the choice at `at` goes down by one; 0: it counts nothing.
std::size_t counted_by(Descent& descent, std::size_t at) {
  const auto* type = std::get_if<IntegerType>(&descent.type(at));
  if (type == nullptr || type->target != type->low || descent.rank(at) == 0) return 0;
  const ChoiceSequence lower = with(descent.best().choices, at, descent.rank(at) - 1);
  const std::size_t before = descent.size();
  (void)descent.consider(lower);
  const Recording* drawn = descent.drawn_by(lower);
  return drawn == nullptr || drawn->choices.size() >= before ? 0 : before - drawn->choices.size();
}

}  // namespace

void lower_and_delete(Descent& descent) {
  for (std::size_t at = 0; at < descent.size(); ++at) {
    const std::size_t unit = counted_by(descent, at);
    if (unit == 0) continue;
    for (std::size_t from = at + 1; from + unit <= descent.size(); from += unit) {
      (void)go_on([&](std::uint64_t count) {
        if (from >= descent.size() || descent.rank(at) < count) return false;
        if (count > (descent.size() - from) / unit) return false;
        ChoiceSequence candidate = without(descent.best().choices, from, from + count * unit);
        candidate[at] -= count;
        return descent.consider(candidate);
      });
    }
  }
}

void lower_and_delete_span(Descent& descent) {
  for (std::size_t at = 0; at < descent.size(); ++at) {
    if (counted_by(descent, at) == 0) continue;
    for (std::size_t i = descent.best().spans.size(); i-- > 0;) {
      i = std::min(i, descent.best().spans.size() - 1);
      const Span span = descent.best().spans[i];
      if (at >= descent.size() || descent.rank(at) == 0) break;
      if (is_empty(span) || span.begin <= at) continue;
      ChoiceSequence candidate = without(descent.best().choices, span.begin, span.end);
      --candidate[at];
      (void)descent.consider(candidate);
      if (descent.best().spans.empty()) return;
    }
  }
}

namespace {

// Numbers in [begin, end) that point beyond `position` go down by one.
void renumber(ChoiceSequence& candidate, const Recording& best, std::size_t begin, std::size_t end,
              std::size_t position) {
  for (std::size_t at = begin; at < end; ++at) {
    const auto value = whole_at(best.types[at], best.choices[at]);
    if (!value || *value <= static_cast<std::int64_t>(position)) continue;
    const auto* type = std::get_if<IntegerType>(&best.types[at]);
    if (type != nullptr && most_rank(*type) <= 1) continue;
    if (const auto rank = rank_of_whole(best.types[at], *value - 1)) candidate[at] = *rank;
  }
}

// The candidate of delete_and_renumber: the `position`th of `members` goes away. With `counted`,
// the choice before the first member counts them.
ChoiceSequence renumbered(const Recording& best, const std::vector<std::size_t>& members,
                          std::size_t position, bool counted) {
  const std::size_t begin = best.spans[members.front()].begin;
  ChoiceSequence candidate = best.choices;
  renumber(candidate, best, begin, best.spans[members.back()].end, position);
  if (counted) --candidate[begin - 1];
  const Span& gone = best.spans[members[position]];
  return without(candidate, gone.begin, gone.end);
}

// Deletes what it can of the members beside span `first`, the last one first.
void delete_members(Descent& descent, std::size_t first) {
  for (std::size_t position = siblings_of(descent.best(), first).size(); position-- > 0;) {
    const Recording& best = descent.best();
    if (first >= best.spans.size()) return;
    const std::vector<std::size_t> members = siblings_of(best, first);
    if (position >= members.size()) continue;
    const std::size_t begin = best.spans[members.front()].begin;
    if (descent.consider(renumbered(best, members, position, false))) continue;
    if (begin > 0 && best.choices[begin - 1] > 0) {
      (void)descent.consider(renumbered(best, members, position, true));
    }
  }
}

}  // namespace

void delete_and_renumber(Descent& descent) {
  for (std::size_t i = 0; i < descent.best().spans.size(); ++i) {
    const std::vector<std::size_t> members = siblings_of(descent.best(), i);
    if (members.size() >= 2 && members.front() == i) delete_members(descent, i);
  }
}

namespace {

// `candidate` without a later span, or with less of it: its first choice goes down by one, and with
// it perhaps one of the others away, as two things that were decided at once become one.
std::vector<ChoiceSequence> without_later(const ChoiceSequence& candidate, const Span& later) {
  std::vector<ChoiceSequence> out{without(candidate, later.begin, later.end)};
  if (candidate[later.begin] == 0) return out;
  const ChoiceSequence lower = with(candidate, later.begin, candidate[later.begin] - 1);
  for (std::size_t at = later.begin + 1; at < later.end; ++at) {
    out.push_back(without(lower, at, at + 1));
  }
  out.push_back(lower);
  return out;
}

// What may become of `best` when the `position`th of the counted `members` goes away with `later`,
// which is one of `all_later`: numbers there stay as they are, or lose one where they point beyond.
std::vector<ChoiceSequence> without_both(const Recording& best,
                                         const std::vector<std::size_t>& members,
                                         std::size_t position,
                                         const std::vector<std::size_t>& all_later,
                                         const Span& later) {
  const std::size_t count_at = best.spans[members.front()].begin - 1;
  const Span& gone = best.spans[members[position]];
  const ChoiceSequence plain = with(best.choices, count_at, best.choices[count_at] - 1);
  ChoiceSequence lower = plain;
  renumber(lower, best, best.spans[all_later.front()].begin, best.spans[all_later.back()].end,
           position);
  std::vector<ChoiceSequence> out;
  for (const ChoiceSequence& start : {plain, lower}) {
    for (const ChoiceSequence& shorter : without_later(start, later)) {
      out.push_back(without(shorter, gone.begin, gone.end));
    }
  }
  return out;
}

// Whether a counted member of `first` went away with one of `second`.
bool delete_pair(Descent& descent, const std::vector<std::size_t>& first,
                 const std::vector<std::size_t>& second) {
  constexpr std::size_t kMostPairs = 100;
  const Recording best = descent.best();
  const std::size_t begin = best.spans[first.front()].begin;
  if (begin == 0 || best.choices[begin - 1] == 0) return false;
  if (best.spans[second.front()].begin < best.spans[first.back()].end) return false;
  if (first.size() * second.size() > kMostPairs) return false;
  for (auto later = second.rbegin(); later != second.rend(); ++later) {
    const Span& with_it = best.spans[*later];
    if (is_empty(with_it)) continue;
    for (std::size_t position = first.size(); position-- > 0;) {
      for (const ChoiceSequence& candidate : without_both(best, first, position, second, with_it)) {
        if (descent.consider(candidate)) return true;
      }
    }
  }
  return false;
}

// The lists of neighbours at the top: their first spans.
std::vector<std::size_t> firsts_of_lists(const Recording& best) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < best.spans.size(); ++i) {
    if (siblings_of(best, i).front() == i) out.push_back(i);
  }
  return out;
}

}  // namespace

void delete_from_two_lists(Descent& descent) {
  const std::vector<std::size_t> firsts = firsts_of_lists(descent.best());
  for (std::size_t i = 0; i < firsts.size(); ++i) {
    for (std::size_t j = i + 1; j < firsts.size(); ++j) {
      const Recording& best = descent.best();
      // A success changes which spans there are: the passes begin anew.
      if (delete_pair(descent, siblings_of(best, firsts[i]), siblings_of(best, firsts[j]))) return;
    }
  }
}

}  // namespace harness
