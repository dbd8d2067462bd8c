// Finding problems by what people type: an id, or the path of a folder.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/result.hpp"

namespace judge {

struct ProblemFolder {
  std::string id;  // the folder's name
  std::filesystem::path folder;
};

// Every folder directly below one of `roots` that holds a problem.yaml, sorted by id; of two with
// one id that of the earlier root. A root that does not exist holds none.
[[nodiscard]] std::vector<ProblemFolder> find_problems(
    const std::vector<std::filesystem::path>& roots);

// `name` with a '/' (or "." or "..") is a path, else an id below `roots`.
[[nodiscard]] base::Result<ProblemFolder> find_problem(
    const std::vector<std::filesystem::path>& roots, std::string_view name);

}  // namespace judge
