// Replay strings: choice sequences as text that can be pasted into a shell, a URL or YAML as it is.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harnesses/engine/choice.hpp"

namespace harness {

// The tag "r2:" and the ranks as base-32 groups of variable length, in the base64url alphabet: one
// character for ranks below 32. Several sequences are separated by a dot: earlier cases in the same
// process, the last fails.
[[nodiscard]] std::string to_replay_string(std::span<const ChoiceSequence> sequences);

// Nothing unless `text` is what to_replay_string makes, with at most 1000 sequences and 100'000
// choices in all.
[[nodiscard]] std::optional<std::vector<ChoiceSequence>> parse_replay_string(std::string_view text);

}  // namespace harness
