#include "harnesses/engine/pattern.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string>
#include <utility>

#include "sandbox/base/escape.hpp"

namespace harness {
namespace {

constexpr std::size_t kMostBytes = 1000;
constexpr int kDeepest = 50;
constexpr std::uint64_t kMostTimes = 1000;
constexpr std::uint64_t kMoreTimes = 32;  // what * and + stand for
constexpr std::uint64_t kMostNeeded = 10'000;

const CharacterRanges kDigits = {{'0', '9'}};
const CharacterRanges kWord = {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {'_', '_'}};
const CharacterRanges kSpace = {{' ', ' '}, {'\t', '\r'}};

bool contains(const CharacterRanges& ranges, char32_t character) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
    return character >= range.first && character <= range.second;
  });
}

// Printable ASCII without `ranges`, simplest first.
CharacterRanges without(const CharacterRanges& ranges) {
  CharacterRanges out;
  for (const auto& [first, last] : printable_ascii()) {
    for (char32_t character = first; character <= last; ++character) {
      if (!contains(ranges, character)) out.emplace_back(character, character);
    }
  }
  return out;
}

// How many characters a match has at least.
std::uint64_t least_length(const Pattern& pattern) {
  if (std::holds_alternative<CharacterRanges>(pattern.data)) return 1;
  std::uint64_t total = 0;
  if (const auto* sequence = std::get_if<PatternSequence>(&pattern.data)) {
    for (const Pattern& part : sequence->parts) total += least_length(part);
    return total;
  }
  if (const auto* repeat = std::get_if<PatternRepeat>(&pattern.data)) {
    return repeat->times.least * least_length(*repeat->part);
  }
  // The longest, since any of them may be drawn.
  for (const Pattern& each : std::get<PatternAlternatives>(pattern.data).of) {
    total = std::max(total, least_length(each));
  }
  return total;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_{text} {}

  base::Result<Pattern> run() {
    if (text_.size() > kMostBytes) return fail(kMostBytes, "longer than 1000 bytes");
    JUDGE_TRY(Pattern pattern, parse_alternatives(0));
    if (at_ < text_.size()) return fail(at_, "')' without its '('");
    return pattern;
  }

 private:
  [[nodiscard]] tl::unexpected<base::Error> fail(std::size_t at, const std::string& what) const {
    return base::invalid_input("pattern: at " + std::to_string(at + 1) + ": " + what);
  }
  [[nodiscard]] std::string quoted(std::size_t from, std::size_t length) const {
    return base::quoted(text_.substr(from, length));
  }
  [[nodiscard]] bool is_at(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }
  bool take(std::string_view what) {
    if (!is_at(what)) return false;
    at_ += what.size();
    return true;
  }

  base::Result<Pattern> parse_alternatives(int depth) {
    if (depth > kDeepest) return fail(at_, "more than 50 groups in one another");
    PatternAlternatives out;
    do {
      JUDGE_TRY(Pattern sequence, parse_sequence(depth));
      out.of.push_back(std::move(sequence));
    } while (take("|"));
    return out.of.size() == 1 ? std::move(out.of.front()) : Pattern{std::move(out)};
  }

  base::Result<Pattern> parse_sequence(int depth) {
    PatternSequence out;
    while (at_ < text_.size() && !is_at("|") && !is_at(")")) {
      if (take("^") || take("$")) continue;
      const std::size_t begin = at_;
      JUDGE_TRY(Pattern part, parse_part(depth));
      JUDGE_TRY(const auto times, parse_times());
      if (times) {
        part = Pattern{PatternRepeat{std::make_shared<const Pattern>(std::move(part)), *times}};
      }
      if (least_length(part) > kMostNeeded) {
        return fail(begin, "what is repeated here has more than 10000 characters");
      }
      out.parts.push_back(std::move(part));
    }
    if (least_length(Pattern{out}) > kMostNeeded) {
      return fail(0, "a match has more than 10000 characters");
    }
    return Pattern{std::move(out)};
  }

  base::Result<Pattern> parse_part(int depth) {
    const std::size_t begin = at_;
    if (is_at("(")) return parse_group(depth);
    if (is_at("[")) return parse_class();
    if (take(".")) return Pattern{printable_ascii()};
    if (is_at("*") || is_at("+") || is_at("?") || is_at("{")) {
      return fail(begin, "nothing before " + quoted(begin, 1) + " that could be repeated");
    }
    JUDGE_TRY(CharacterRanges ranges, parse_character());
    return Pattern{std::move(ranges)};
  }

  base::Result<Pattern> parse_group(int depth) {
    const std::size_t begin = at_++;
    if (is_at("?=") || is_at("?!") || is_at("?<=") || is_at("?<!")) {
      return fail(begin, "look-around " + quoted(begin, 3) + " cannot be drawn from");
    }
    if (is_at("?") && !take("?:")) {
      return fail(begin, "only '(' and '(?:' begin a group, not " + quoted(begin, 3));
    }
    JUDGE_TRY(Pattern inside, parse_alternatives(depth + 1));
    if (!take(")")) return fail(begin, "'(' without its ')'");
    return inside;
  }

  // A character, an escape for one, or an escape for a class.
  base::Result<CharacterRanges> parse_character() {
    const std::size_t begin = at_;
    if (!take("\\")) {
      JUDGE_TRY(const char32_t literal, take_code_point());
      return CharacterRanges{{literal, literal}};
    }
    if (at_ == text_.size()) return fail(begin, "'\\' at the end");
    const char escaped = text_[at_++];
    switch (escaped) {
      case 'd':
        return kDigits;
      case 'w':
        return kWord;
      case 's':
        return kSpace;
      case 'D':
        return without(kDigits);
      case 'W':
        return without(kWord);
      case 'S':
        return without(kSpace);
      case 'n':
        return CharacterRanges{{'\n', '\n'}};
      case 'r':
        return CharacterRanges{{'\r', '\r'}};
      case 't':
        return CharacterRanges{{'\t', '\t'}};
      case 'x':
        return parse_hexadecimal(begin, 2);
      case 'u':
        return parse_hexadecimal(begin, 4);
      default:
        break;
    }
    if (std::isalnum(static_cast<unsigned char>(escaped)) != 0) {
      return fail(begin, "escape " + quoted(begin, 2) + " cannot be drawn from");
    }
    --at_;
    JUDGE_TRY(const char32_t literal, take_code_point());
    return CharacterRanges{{literal, literal}};
  }

  base::Result<CharacterRanges> parse_hexadecimal(std::size_t begin, std::size_t digits) {
    char32_t value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      const auto digit = at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : 0;
      if (std::isxdigit(digit) == 0) {
        return fail(begin,
                    quoted(begin, 2) + " needs " + std::to_string(digits) + " hexadecimal digits");
      }
      const int low = std::isdigit(digit) != 0 ? digit - '0' : std::tolower(digit) - 'a' + 10;
      value = value * 16 + static_cast<char32_t>(low);
      ++at_;
    }
    return CharacterRanges{{value, value}};
  }

  // The text is UTF-8: it comes from a file that was read as such.
  base::Result<char32_t> take_code_point() {
    const std::size_t begin = at_;
    const auto first = static_cast<unsigned char>(text_[at_++]);
    if (first < 0x80) return char32_t{first};
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    char32_t value = first & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i, ++at_) {
      const auto next = at_ < text_.size() ? static_cast<unsigned char>(text_[at_]) : 0U;
      if (first < 0xC2 || (next & 0xC0U) != 0x80U) return fail(begin, "this is no UTF-8");
      value = value << 6 | (next & 0x3FU);
    }
    const bool overlong = value < (more == 3 ? 0x10000U : more == 2 ? 0x800U : 0x80U);
    if (overlong || first > 0xF4 || value > 0x10FFFF) return fail(begin, "this is no UTF-8");
    return value;
  }

  base::Result<Pattern> parse_class() {
    const std::size_t begin = at_++;
    const bool negated = take("^");
    CharacterRanges out;
    while (!take("]")) {
      if (at_ == text_.size()) return fail(begin, "'[' without its ']'");
      const std::size_t item = at_;
      JUDGE_TRY(const CharacterRanges low, parse_character());
      if (!is_at("-") || is_at("-]")) {
        out.insert(out.end(), low.begin(), low.end());
        continue;
      }
      ++at_;
      if (at_ == text_.size()) return fail(begin, "'[' without its ']'");
      JUDGE_TRY(const CharacterRanges high, parse_character());
      const bool single = low.size() == 1 && high.size() == 1 &&
                          low.front().first == low.front().second &&
                          high.front().first == high.front().second;
      if (!single || low.front().first > high.front().first) {
        return fail(item, quoted(item, at_ - item) + " is no range");
      }
      out.emplace_back(low.front().first, high.front().first);
    }
    if (negated) out = without(out);
    if (out.empty()) return fail(begin, "no character is in " + quoted(begin, at_ - begin));
    return Pattern{std::move(out)};
  }

  // Nothing: once.
  base::Result<std::optional<ListSize>> parse_times() {
    const std::size_t begin = at_;
    std::optional<ListSize> times;
    if (take("*")) {
      times = ListSize{0, kMoreTimes};
    } else if (take("+")) {
      times = ListSize{1, 1 + kMoreTimes};
    } else if (take("?")) {
      times = ListSize{0, 1};
    } else if (take("{")) {
      JUDGE_TRY(times, parse_counts(begin));
    }
    if (times && (is_at("?") || is_at("*") || is_at("+") || is_at("{"))) {
      return fail(at_, quoted(at_, 1) + " after a repetition cannot be drawn from");
    }
    return times;
  }

  base::Result<std::optional<ListSize>> parse_counts(std::size_t begin) {
    const auto least = take_count();
    ListSize times{least.value_or(0), least.value_or(0)};
    bool valid = least.has_value();
    if (take(",")) {
      const auto most = take_count();
      times.most = most.value_or(times.least + kMoreTimes);
      valid = valid && times.least <= times.most;
    }
    if (!take("}") || !valid || times.most > kMostTimes) {
      return fail(begin, "a repetition is {n}, {n,} or {n,m}, with n <= m <= 1000");
    }
    return std::optional{times};
  }

  std::optional<std::uint64_t> take_count() {
    std::optional<std::uint64_t> count;
    while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) {
      const auto digit = static_cast<std::uint64_t>(text_[at_++] - '0');
      count = std::min(count.value_or(0) * 10 + digit, kMostTimes + 1);
    }
    return count;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

base::Result<Pattern> parse_pattern(std::string_view text) { return Parser{text}.run(); }

}  // namespace harness
