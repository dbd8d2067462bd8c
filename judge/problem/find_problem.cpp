#include "judge/problem/find_problem.hpp"

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "judge/problem/spelling.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

namespace fs = std::filesystem;

bool holds_problem(const fs::path& folder) {
  std::error_code ignored;  // what cannot be looked at holds no problem
  return fs::exists(folder / "problem.yaml", ignored);
}

base::Result<ProblemFolder> problem_at(const fs::path& path) {
  std::error_code error;
  fs::path resolved = fs::weakly_canonical(path, error);
  if (error) resolved = path.lexically_normal();
  if (!resolved.has_filename()) resolved = resolved.parent_path();
  if (!holds_problem(resolved)) {
    return base::invalid_input(base::escape(path.string()) +
                               ": holds no problem.yaml; name a problem's folder or id");
  }
  return ProblemFolder{resolved.filename().string(), path};
}

}  // namespace

std::vector<ProblemFolder> find_problems(const std::vector<fs::path>& roots) {
  std::map<std::string, fs::path> found;
  for (const fs::path& root : roots) {
    std::error_code ignored;  // a root that cannot be listed holds no problem
    for (fs::directory_iterator entry{root, ignored}; !ignored && entry != fs::directory_iterator{};
         entry.increment(ignored)) {
      if (holds_problem(entry->path())) {
        found.try_emplace(entry->path().filename().string(), entry->path());
      }
    }
  }
  std::vector<ProblemFolder> problems;
  problems.reserve(found.size());
  for (auto& [id, folder] : found) problems.push_back(ProblemFolder{id, std::move(folder)});
  return problems;
}

base::Result<ProblemFolder> find_problem(const std::vector<fs::path>& roots,
                                         std::string_view name) {
  if (name == "." || name == ".." || name.find('/') != std::string_view::npos) {
    return problem_at(fs::path{name});
  }
  std::vector<std::string> ids;
  for (ProblemFolder& problem : find_problems(roots)) {
    if (problem.id == name) return std::move(problem);
    ids.push_back(std::move(problem.id));
  }
  const std::string instead = ids.empty()
                                  ? "there is none; name a folder, e.g. ./" + base::escape(name)
                                  : suggest(name, ids);
  return base::invalid_input(base::quoted(name) + " is no problem; " + instead);
}

}  // namespace judge
