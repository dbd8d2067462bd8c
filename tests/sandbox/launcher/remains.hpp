// What a process has around it at a moment: for tests that nothing is left behind.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <vector>

namespace sandbox::test {

// Children and their children, in order of depth; the dead that nobody has waited for are left out.
[[nodiscard]] std::vector<pid_t> living_descendants(pid_t ancestor);
// 0 when it is gone.
[[nodiscard]] pid_t parent_of(pid_t pid);

// Folders judge-<maker>-<n> in every hierarchy where groups can be made here.
[[nodiscard]] std::vector<std::string> groups_of(pid_t maker);

struct Remains {
  std::size_t processes = 0;
  std::size_t groups = 0;
  std::size_t mounts = 0;
  std::size_t descriptors = 0;

  bool operator==(const Remains&) const = default;
};
// Of the calling process, whose orphaned descendants must come to it (PR_SET_CHILD_SUBREAPER).
[[nodiscard]] Remains count_remains();
[[nodiscard]] std::string to_text(const Remains& remains);

[[nodiscard]] bool is_more(const Remains& remains, const Remains& than);

// Counts until nothing is more than in `expected`, for two seconds at most: what has been killed
// takes a moment to go. The last count.
[[nodiscard]] Remains await_remains(const Remains& expected);

}  // namespace sandbox::test
