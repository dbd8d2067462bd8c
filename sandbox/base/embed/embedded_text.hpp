// EmbeddedText: a text file that the binary carries, so that nothing has to be found on the host
// when a run starts. judge_embed() in judge_embed.cmake generates what hands them out.
#pragma once

#include <string_view>

namespace base {

struct EmbeddedText {
  std::string_view name;     // without folder, or a path below one that they have in common
  std::string_view content;  // UTF-8
};

}  // namespace base
