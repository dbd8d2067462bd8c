// "did you mean 'x'?": the candidate that a mistyped word most likely meant, and lists of words as
// people write them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace judge {

// The candidate that `word` is at most two edits away from (one for short words); nullptr: none.
// An edit inserts, drops or replaces a character or swaps two neighbours; case does not count.
[[nodiscard]] const std::string* nearest(std::string_view word,
                                         std::span<const std::string> candidates);

// "did you mean 'x'?" with the nearest, else "write a, b or c".
[[nodiscard]] std::string suggest(std::string_view word, std::span<const std::string> candidates);

// "a, b or c"; "nothing" when there is none.
[[nodiscard]] std::string one_of(std::span<const std::string> words);

// "a, b and c".
[[nodiscard]] std::string all_of(std::span<const std::string> words);

}  // namespace judge
