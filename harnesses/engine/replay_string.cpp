#include "harnesses/engine/replay_string.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace harness {
namespace {

constexpr std::string_view kTag = "r2:";
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kMostCases = 1000;
constexpr std::size_t kLongestName = 100;
constexpr std::size_t kMostChoices = 100'000;
constexpr unsigned kGroupBits = 5;
constexpr std::uint64_t kGroup = std::uint64_t{1} << kGroupBits;

// Six bits a character; 32 and above means that more follow, least significant group first.
void append_number(std::string& out, std::uint64_t value) {
  while (value >= kGroup) {
    out += kAlphabet[kGroup + value % kGroup];
    value /= kGroup;
  }
  out += kAlphabet[value];
}

// Takes a number from the front of `text`. Every number has one spelling: no zero group at its end,
// nothing above 64 bits.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; !text.empty(); shift += kGroupBits) {
    const std::size_t digit = kAlphabet.find(text.front());
    if (digit == std::string_view::npos) return {};
    text.remove_prefix(1);
    const std::uint64_t group = std::uint64_t{digit} % kGroup;
    if (shift > 60 || (shift == 60 && group > 15)) return {};
    value |= group << shift;
    if (digit >= kGroup) continue;
    if (group == 0 && shift > 0) return {};
    return value;
  }
  return {};
}

// Nothing when malformed or longer than `most`.
std::optional<ChoiceSequence> parse_sequence(std::string_view text, std::size_t most) {
  ChoiceSequence sequence;
  while (!text.empty()) {
    const auto value = take_number(text);
    if (!value || sequence.size() == most) return {};
    sequence.push_back(*value);
  }
  return sequence;
}

// Takes a name and its colon from the front of `text`; empty where there is none. Nothing when
// malformed.
std::optional<std::string> take_name(std::string_view& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::string{};
  const std::string_view name = text.substr(0, colon);
  const bool is_name =
      !name.empty() && name.size() <= kLongestName &&
      std::all_of(name.begin(), name.end(), [](char each) {
        return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '-';
      });
  if (!is_name) return {};
  text.remove_prefix(colon + 1);
  return std::string{name};
}

}  // namespace

std::string to_replay_string(std::span<const RecordedCase> cases) {
  std::string out{kTag};
  bool first = true;
  for (const RecordedCase& each : cases) {
    if (!first) out += '.';
    first = false;
    if (!each.test.empty()) out += each.test + ':';
    for (const std::uint64_t value : each.choices) append_number(out, value);
  }
  return out;
}

std::string to_replay_string(const ChoiceSequence& only_case) {
  const RecordedCase recorded{.test = {}, .choices = only_case};
  return to_replay_string(std::span{&recorded, 1});
}

std::optional<std::vector<RecordedCase>> parse_replay_string(std::string_view text) {
  if (!text.starts_with(kTag)) return {};
  text.remove_prefix(kTag.size());
  std::vector<RecordedCase> cases;
  std::size_t left = kMostChoices;
  for (;;) {
    const std::size_t dot = text.find('.');
    std::string_view part = text.substr(0, dot);
    auto name = take_name(part);
    if (!name) return {};
    auto sequence = parse_sequence(part, left);
    if (!sequence || cases.size() == kMostCases) return {};
    left -= sequence->size();
    cases.push_back({.test = std::move(*name), .choices = std::move(*sequence)});
    if (dot == std::string_view::npos) return cases;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace harness
