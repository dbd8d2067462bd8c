#include "harnesses/engine/descent.hpp"

#include <utility>

#include "sandbox/base/check.hpp"

namespace harness {
namespace {

std::ptrdiff_t offset(std::size_t at) { return static_cast<std::ptrdiff_t>(at); }

}  // namespace

Descent::Descent(Recording failing, const RunCandidate& run, int most_evaluations)
    : best_{std::move(failing)}, run_{run}, left_{most_evaluations} {
  tried_.add(best_);
}

bool Descent::consider(const ChoiceSequence& candidate) {
  if (left_ <= 0 || !is_simpler(candidate, best_.choices)) return false;
  if (tried_.find(candidate) != nullptr) return false;  // did not fail, or is what we came from
  --left_;
  ++evaluations_;
  Attempt attempt = run_(candidate);
  const bool better = attempt.fails && is_simpler(attempt.drawn.choices, best_.choices);
  if (better) best_ = attempt.drawn;
  // Who drew nothing was not asked, as what we came from drew something: it says nothing of others.
  if (!attempt.drawn.choices.empty()) tried_.add(std::move(attempt.drawn));
  return better;
}

ChoiceSequence without(const ChoiceSequence& sequence, std::size_t begin, std::size_t end) {
  JUDGE_CHECK(begin <= end && end <= sequence.size(), "what goes away is there");
  ChoiceSequence shorter = sequence;
  shorter.erase(shorter.begin() + offset(begin), shorter.begin() + offset(end));
  return shorter;
}

ChoiceSequence with(const ChoiceSequence& sequence, std::size_t at, std::uint64_t rank) {
  ChoiceSequence changed = sequence;
  changed[at] = rank;
  return changed;
}

ChoiceSequence replaced(const ChoiceSequence& sequence, std::size_t begin, std::size_t end,
                        const ChoiceSequence& content) {
  ChoiceSequence changed = without(sequence, begin, end);
  changed.insert(changed.begin() + offset(begin), content.begin(), content.end());
  return changed;
}

ChoiceSequence part(const ChoiceSequence& sequence, std::size_t begin, std::size_t end) {
  return {sequence.begin() + offset(begin), sequence.begin() + offset(end)};
}

}  // namespace harness
