#include "judge/problem/spelling.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace judge {
namespace {

constexpr std::size_t kLongestWord = 64;  // beyond it nobody mistyped a key

char lower(char letter) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
}

// Optimal string alignment distance, by the usual table of three rows.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string listed(std::span<const std::string> words, std::string_view last_joint) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? last_joint : std::string_view{", "};
    text += words[i];
  }
  return text.empty() ? "nothing" : text;
}

}  // namespace

const std::string* nearest(std::string_view word, std::span<const std::string> candidates) {
  if (word.empty() || word.size() > kLongestWord) return nullptr;
  const std::string* best = nullptr;
  std::size_t best_edits = word.size() <= 3 ? 2 : 3;  // one more than is accepted
  for (const std::string& candidate : candidates) {
    if (candidate.size() > kLongestWord) continue;
    const std::size_t edits = edits_between(word, candidate);
    if (edits < best_edits && edits < candidate.size()) {
      best = &candidate;
      best_edits = edits;
    }
  }
  return best;
}

std::string suggest(std::string_view word, std::span<const std::string> candidates) {
  const std::string* best = nearest(word, candidates);
  return best != nullptr ? "did you mean '" + *best + "'?" : "write " + one_of(candidates);
}

std::string one_of(std::span<const std::string> words) { return listed(words, " or "); }

std::string all_of(std::span<const std::string> words) { return listed(words, " and "); }

}  // namespace judge
