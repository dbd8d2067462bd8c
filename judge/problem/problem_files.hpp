// ProblemFiles: the files that a problem.yaml names, read once, below the problem's folder and
// nowhere else.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "judge/problem/node.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace judge {

class ProblemFiles {
 public:
  explicit ProblemFiles(base::UniqueFd folder) : folder_{std::move(folder)} {}

  // Reports a path that names no readable file inside the folder; answers it as written.
  [[nodiscard]] std::optional<std::string> check(const Node* node, Diagnostics& out);
  // The content of a file that decides a verdict: it goes into the problem's digest.
  [[nodiscard]] std::optional<std::string> read(const Node* node, Diagnostics& out);

  [[nodiscard]] const std::map<std::string, std::string>& contents() const { return contents_; }

 private:
  base::UniqueFd folder_;
  std::map<std::string, std::string> contents_;  // by name, of what was read
};

}  // namespace judge
