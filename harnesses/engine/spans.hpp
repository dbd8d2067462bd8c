// Questions about the spans of a recording.
#pragma once

#include <cstddef>
#include <vector>

#include "harnesses/engine/choice.hpp"

namespace harness {

[[nodiscard]] inline bool is_empty(const Span& span) { return span.begin == span.end; }

// Spans of the same label and parent as the `index`th, itself among them, in order; as indices.
[[nodiscard]] inline std::vector<std::size_t> siblings_of(const Recording& recording,
                                                          std::size_t index) {
  const Span& span = recording.spans[index];
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < recording.spans.size(); ++i) {
    const Span& other = recording.spans[i];
    if (other.parent == span.parent && other.label == span.label) out.push_back(i);
  }
  return out;
}

}  // namespace harness
