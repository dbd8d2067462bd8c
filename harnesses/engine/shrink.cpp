#include "harnesses/engine/shrink.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "harnesses/engine/descent.hpp"
#include "harnesses/engine/passes.hpp"

namespace harness {
namespace {

using Pass = void (*)(Descent&);

// What achieves much for little comes first; the second list runs only when the first is at its
// end.
constexpr std::array<Pass, 7> kOften = {cut_tail,         delete_spans,   hoist_descendants,
                                        lower_and_delete, simplify_spans, lower_each,
                                        lower_duplicates};
constexpr std::array<Pass, 9> kSeldom = {
    sort_spans,      move_pairs,          swap_choices,
    delete_chunks,   delete_and_renumber, delete_from_two_lists,
    join_neighbours, exchange_spans,      lower_and_delete_span};

bool improves(Pass pass, Descent& descent) {
  const ChoiceSequence before = descent.best().choices;
  pass(descent);
  return descent.best().choices != before;
}

}  // namespace

bool is_simpler(const ChoiceSequence& left, const ChoiceSequence& right) {
  if (left.size() != right.size()) return left.size() < right.size();
  return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
}

Shrunk shrink(Recording failing, const RunCandidate& run, int most_evaluations) {
  Descent descent{std::move(failing), run, most_evaluations};
  bool improved = true;
  while (improved && !descent.is_exhausted()) {
    // Repeated only while it gets shorter: two numbers that must stay close go down in turn, a
    // little each, and only move_pairs takes them all the way.
    std::size_t before = 0;
    do {
      before = descent.size();
      for (const Pass pass : kOften) pass(descent);
    } while (descent.size() < before && !descent.is_exhausted());
    improved = std::any_of(kSeldom.begin(), kSeldom.end(),
                           [&](Pass pass) { return improves(pass, descent); });
  }
  return {descent.best(), descent.evaluations(), !improved && !descent.is_exhausted()};
}

}  // namespace harness
