#include "harnesses/engine/replay_string.hpp"

#include <cstdint>

namespace harness {
namespace {

constexpr std::string_view kTag = "r2:";
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kMostSequences = 1000;
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

}  // namespace

std::string to_replay_string(std::span<const ChoiceSequence> sequences) {
  std::string out{kTag};
  bool first = true;
  for (const ChoiceSequence& sequence : sequences) {
    if (!first) out += '.';
    first = false;
    for (const std::uint64_t value : sequence) append_number(out, value);
  }
  return out;
}

std::optional<std::vector<ChoiceSequence>> parse_replay_string(std::string_view text) {
  if (!text.starts_with(kTag)) return {};
  text.remove_prefix(kTag.size());
  std::vector<ChoiceSequence> sequences;
  std::size_t left = kMostChoices;
  for (;;) {
    const std::size_t dot = text.find('.');
    auto sequence = parse_sequence(text.substr(0, dot), left);
    if (!sequence || sequences.size() == kMostSequences) return {};
    left -= sequence->size();
    sequences.push_back(std::move(*sequence));
    if (dot == std::string_view::npos) return sequences;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace harness
