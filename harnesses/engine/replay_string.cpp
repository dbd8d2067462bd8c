#include <array>

#include "harnesses/engine/choice.hpp"

namespace harness {
namespace {

constexpr std::string_view kTag = "r1:";
constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kMostSequences = 1000;
constexpr std::size_t kMostChoices = 100'000;

// Six bits a character; 32 and above means that more follow, least significant group first.
void append_number(std::string& out, std::uint64_t value) {
  while (value >= 32) {
    out += kAlphabet[32 + value % 32];
    value /= 32;
  }
  out += kAlphabet[value];
}

std::optional<ChoiceSequence> parse_sequence(std::string_view text) {
  ChoiceSequence sequence;
  std::uint64_t value = 0;
  unsigned shift = 0;
  for (const char character : text) {
    const std::size_t digit = kAlphabet.find(character);
    if (digit == std::string_view::npos || shift > 55 || sequence.size() > kMostChoices) return {};
    value |= (std::uint64_t{digit} % 32) << shift;
    shift += 5;
    if (digit < 32) {
      sequence.push_back(value);
      value = 0;
      shift = 0;
    }
  }
  if (shift != 0) return {};
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
  for (;;) {
    const std::size_t dot = text.find('.');
    auto sequence = parse_sequence(text.substr(0, dot));
    if (!sequence || sequences.size() == kMostSequences) return {};
    sequences.push_back(std::move(*sequence));
    if (dot == std::string_view::npos) return sequences;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace harness
