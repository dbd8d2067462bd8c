// Pattern: a small part of regular expressions, to draw texts that match. Only what has one meaning
// in JavaScript and Python alike: literals, ., classes, escapes, groups, |, and counted repetition.
// ^ and $ are read over, as the whole text matches.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <variant>
#include <vector>

#include "harnesses/engine/alphabet.hpp"
#include "harnesses/engine/elements.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

struct Pattern;

struct PatternSequence {
  std::vector<Pattern> parts;
};
struct PatternAlternatives {
  std::vector<Pattern> of;  // the simplest first, never empty
};
struct PatternRepeat {
  std::shared_ptr<const Pattern> part;
  ListSize times;  // without an upper bound: 32 more than the lower
};

struct Pattern {
  std::variant<CharacterRanges, PatternSequence, PatternAlternatives, PatternRepeat> data;
};

// At most 1000 bytes, 50 groups deep, and 10'000 characters in what must match at least. Negated
// classes and . stand for printable ASCII. The Error names position (from 1) and construct:
// "pattern: at 4: look-around '(?=' cannot be drawn from".
[[nodiscard]] base::Result<Pattern> parse_pattern(std::string_view text);

}  // namespace harness
