// libFuzzer target: whatever a host's /proc/self/cgroup and /proc/self/mountinfo say, looking for
// folders in them ends and harms nothing. The two texts are parted by the first zero byte.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sandbox/base/check.hpp"
#include "sandbox/cgroup/bases.hpp"

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);   // NOLINT
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  const std::size_t border = std::min(bytes.find('\0'), bytes.size());
  const std::string groups{bytes.substr(0, border)};
  const std::string mounts{bytes.substr(std::min(border + 1, bytes.size()))};
  for (const char* controller : {"memory", "pids", ""}) {
    const auto folders = sandbox::cgroup::own_folders(groups, mounts, controller);
    JUDGE_CHECK(folders.size() <= groups.size() + 1, "one folder a slash, and the top");
    for (const std::string& folder : folders) {
      JUDGE_CHECK(folder.starts_with(folders.back()), "every folder lies below the mount");
    }
  }
  return 0;
}
