#include "sandbox/bare/scratch_sampler.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string_view>

namespace sandbox {
namespace {

constexpr int kMostDepth = 48;  // one descriptor each
constexpr std::uint64_t kBlock = 512;

}  // namespace

ScratchSampler::ScratchSampler(const std::string& folder, base::Bytes bytes, int inodes)
    : bytes_{bytes.count()}, inodes_{inodes} {
  if (folder.empty()) return;
  folder_.reset(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool ScratchSampler::exceeds(const Found& found) const {
  return found.bytes > bytes_ || found.inodes > inodes_ || found.too_deep;
}

// Stops as soon as a limit is passed, so the walk is bounded by the limits themselves.
void ScratchSampler::look(int folder, int depth, Found& found) const {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries{::fdopendir(folder), &::closedir};
  if (entries == nullptr) {
    (void)::close(folder);
    return;
  }
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone, readdir(3) is safe then
  while (const dirent* entry = exceeds(found) ? nullptr : ::readdir(entries.get())) {
    const char* name = static_cast<const char*>(entry->d_name);
    if (std::string_view{name} == "." || std::string_view{name} == "..") continue;
    struct stat about {};
    if (::fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) < 0) continue;
    ++found.inodes;
    found.bytes += static_cast<std::uint64_t>(about.st_blocks) * kBlock;
    if (!S_ISDIR(about.st_mode)) continue;
    if (depth == kMostDepth) found.too_deep = true;
    const int below = ::openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (below >= 0) look(below, depth + 1, found);
  }
}

bool ScratchSampler::is_over() const {
  if (!folder_.is_open()) return false;
  Found found;
  const int top = ::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (top >= 0) look(top, 0, found);
  return exceeds(found);
}

}  // namespace sandbox
