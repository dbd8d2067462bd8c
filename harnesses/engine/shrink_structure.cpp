#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "harnesses/engine/passes.hpp"
#include "harnesses/engine/spans.hpp"

namespace harness {
namespace {

// Where the run of `count` neighbours before `end` begins; nothing when there are not so many.
std::optional<std::size_t> begin_of_run(const Recording& recording, std::size_t index,
                                        std::uint64_t count) {
  const std::vector<std::size_t> all = siblings_of(recording, index);
  const auto self =
      static_cast<std::size_t>(std::find(all.begin(), all.end(), index) - all.begin());
  if (count > self + 1) return {};
  std::size_t begin = recording.spans[index].begin;
  for (std::size_t i = 1; i < count; ++i) {
    const Span& before = recording.spans[all[self - i]];
    if (before.end != begin) return {};
    begin = before.begin;
  }
  return begin;
}

}  // namespace

void cut_tail(Descent& descent) {
  std::size_t fails_at = 0;
  for (std::size_t keep = 0; keep < descent.size(); keep = keep * 2 + 1) {
    if (descent.consider(part(descent.best().choices, 0, keep))) break;
    fails_at = keep + 1;
  }
  // The least that must stay lies from `fails_at` on; what stays behind it is simplest already.
  const auto is_simplest = [&](std::size_t at) {
    return descent.rank(at) == simplest_rank(descent.type(at));
  };
  std::size_t end = descent.size();
  while (end > 0 && is_simplest(end - 1)) --end;
  while (fails_at < end) {
    const std::size_t middle = fails_at + (end - fails_at) / 2;
    if (middle < descent.size() && descent.consider(part(descent.best().choices, 0, middle))) {
      end = std::min(middle, descent.size());
    } else {
      fails_at = middle + 1;
    }
  }
}

void delete_spans(Descent& descent) {
  for (std::size_t i = descent.best().spans.size(); i-- > 0;) {
    i = std::min(i, descent.best().spans.size() - 1);
    const Span span = descent.best().spans[i];
    if (is_empty(span)) continue;
    (void)go_on([&](std::uint64_t count) {
      const Recording& best = descent.best();
      if (i >= best.spans.size() || best.spans[i].label != span.label) return false;
      const auto begin = begin_of_run(best, i, count);
      return begin && descent.consider(without(best.choices, *begin, best.spans[i].end));
    });
    if (descent.best().spans.empty()) return;
  }
}

void hoist_descendants(Descent& descent) {
  for (std::size_t i = 0; i < descent.best().spans.size(); ++i) {
    for (std::size_t inner = i + 1; inner < descent.best().spans.size(); ++inner) {
      const Recording& best = descent.best();
      const Span& outside = best.spans[i];
      const Span& inside = best.spans[inner];
      if (inside.begin >= outside.end) break;
      if (inside.label != outside.label) continue;
      const ChoiceSequence content = part(best.choices, inside.begin, inside.end);
      if (descent.consider(replaced(best.choices, outside.begin, outside.end, content))) inner = i;
    }
  }
}

// Simplest choices may draw fewer than stood there: how many is seen when the first attempt does
// not fail, and the second attempt puts what follows where it belongs.
void simplify_spans(Descent& descent) {
  for (std::size_t i = 0; i < descent.best().spans.size(); ++i) {
    const Recording& best = descent.best();
    const Span span = best.spans[i];
    ChoiceSequence zeros;
    for (std::size_t at = span.begin; at < span.end; ++at) {
      zeros.push_back(simplest_rank(best.types[at]));
    }
    if (zeros.size() < 2 || zeros == part(best.choices, span.begin, span.end)) continue;
    const ChoiceSequence candidate = replaced(best.choices, span.begin, span.end, zeros);
    if (descent.consider(candidate)) continue;
    const Recording* drawn = descent.drawn_by(candidate);
    if (drawn == nullptr || i >= drawn->spans.size()) continue;
    const Span& now = drawn->spans[i];
    if (now.begin != span.begin || now.end >= span.end) continue;
    zeros.resize(now.end - now.begin);
    (void)descent.consider(replaced(best.choices, span.begin, span.end, zeros));
  }
}

void delete_chunks(Descent& descent) {
  for (const std::size_t length : {2U, 1U, 3U, 4U}) {
    for (std::size_t end = descent.size(); end >= length; --end) {
      while (end >= length && end <= descent.size() &&
             descent.consider(without(descent.best().choices, end - length, end))) {
      }
      if (end > descent.size()) end = descent.size() + 1;
    }
  }
}

namespace {

// The one number in a span that is not a mere yes or no; nothing when there are none or several.
std::optional<std::size_t> number_in(const Recording& best, const Span& span) {
  std::optional<std::size_t> found;
  for (std::size_t at = span.begin; at < span.end; ++at) {
    const auto* type = std::get_if<IntegerType>(&best.types[at]);
    if (type != nullptr && most_rank(*type) <= 1) continue;
    if (found || !whole_at(best.types[at], best.choices[at])) return {};
    found = at;
  }
  return found;
}

// What the number at `kept` may become when the one at `gone` goes away.
std::vector<std::uint64_t> joined_ranks(const Recording& best, std::size_t gone, std::size_t kept) {
  std::vector<std::uint64_t> out;
  const ChoiceType& type = best.types[kept];
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(*whole_at(best.types[gone], best.choices[gone]),
                              *whole_at(type, best.choices[kept]), &sum)) {
    if (const auto rank = rank_of_whole(type, sum)) out.push_back(*rank);
  }
  if (const auto* integer = std::get_if<IntegerType>(&type)) {
    out.push_back(rank_of(*integer, integer->low));
    out.push_back(rank_of(*integer, integer->high));
  }
  return out;
}

}  // namespace

void join_neighbours(Descent& descent) {
  for (std::size_t i = 0; i < descent.best().spans.size(); ++i) {
    const std::vector<std::size_t> members = siblings_of(descent.best(), i);
    const auto self = std::find(members.begin(), members.end(), i);
    if (members.end() - self < 2) continue;
    const Recording best = descent.best();
    const auto gone = number_in(best, best.spans[i]);
    const auto kept = number_in(best, best.spans[*(self + 1)]);
    if (!gone || !kept) continue;
    for (const std::uint64_t rank : joined_ranks(best, *gone, *kept)) {
      const ChoiceSequence candidate =
          without(with(best.choices, *kept, rank), best.spans[i].begin, best.spans[i].end);
      if (descent.consider(candidate)) break;
    }
  }
}

}  // namespace harness
