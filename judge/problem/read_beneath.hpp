// Reading files below a folder without ever leaving it, whatever links and `..` the names hold.
// How: openat2(2) with RESOLVE_BENEATH (Linux 5.6); the kernel refuses, no check of ours can be
// raced.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace judge {

enum class Symlinks {
  inside,
  refused
};  // followed while they stay below the folder; never followed

// A folder to read below. Errors of this and the functions below: Error::Kind::invalid_input, the
// text without a name in front, e.g. "does not exist", "is a symbolic link, ...", "is larger than 1
// MiB".
[[nodiscard]] base::Result<base::UniqueFd> open_folder(const std::filesystem::path& folder);

// Opens a regular file for reading; never blocks on a pipe.
[[nodiscard]] base::Result<base::UniqueFd> open_beneath(const base::UniqueFd& folder,
                                                        const std::string& name, Symlinks symlinks);

// The whole content, refusing more than `most` bytes, even if the file grows meanwhile.
[[nodiscard]] base::Result<std::string> read_whole(const base::UniqueFd& file, std::size_t most);

[[nodiscard]] base::Result<std::string> read_beneath(const base::UniqueFd& folder,
                                                     const std::string& name, Symlinks symlinks,
                                                     std::size_t most);

}  // namespace judge
