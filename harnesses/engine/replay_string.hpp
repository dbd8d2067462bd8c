// Replay strings: choice sequences as text that can be pasted into a shell, a URL or YAML as it is.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harnesses/engine/choice.hpp"

namespace harness {

// A case of a test; no name: of the test that the reader has in mind.
struct RecordedCase {
  std::string test;
  ChoiceSequence choices;
  bool operator==(const RecordedCase&) const = default;
};

// The tag "r2:" and the ranks as base-32 groups of variable length, in the base64url alphabet: one
// character for ranks below 32. Several cases are separated by a dot: earlier ones in the same
// process, the last fails. A name, of small letters, digits and '-', stands before a colon.
[[nodiscard]] std::string to_replay_string(std::span<const RecordedCase> cases);
[[nodiscard]] std::string to_replay_string(const ChoiceSequence& only_case);

// Nothing unless `text` is what to_replay_string makes, with at most 1000 cases and 100'000
// choices in all.
[[nodiscard]] std::optional<std::vector<RecordedCase>> parse_replay_string(std::string_view text);

}  // namespace harness
