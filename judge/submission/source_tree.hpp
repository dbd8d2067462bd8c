// Reading all files of a submission, within bounds and without following a link.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "judge/submission/submission.hpp"
#include "sandbox/base/result.hpp"

namespace judge {

enum class Layout { file, folder };
struct SourceTree {
  Layout layout;
  std::vector<SourceFile> files;   // sorted by path
  bool left_out_packages = false;  // a node_modules was skipped
};

// A single file becomes a tree of that file alone. Skips hidden entries, node_modules and
// __pycache__ below a folder.
[[nodiscard]] base::Result<SourceTree> read_source_tree(const std::filesystem::path& path);

}  // namespace judge
