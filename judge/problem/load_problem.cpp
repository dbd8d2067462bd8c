#include "judge/problem/load_problem.hpp"

#include <string>
#include <system_error>
#include <utility>

#include "judge/problem/check_coverage.hpp"
#include "judge/problem/digest.hpp"
#include "judge/problem/problem_files.hpp"
#include "judge/problem/read_beneath.hpp"
#include "judge/problem/read_criteria.hpp"
#include "judge/problem/read_head.hpp"
#include "judge/problem/read_tests.hpp"
#include "judge/problem/yaml_tree.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

constexpr std::size_t kLargestSpec = 1U << 20U;
constexpr std::string_view kSpecName = "problem.yaml";

std::filesystem::path absolute_folder(const std::filesystem::path& folder) {
  std::error_code ignored;  // a folder that cannot be resolved stays as named; reading it says why
  std::filesystem::path resolved = std::filesystem::weakly_canonical(folder, ignored);
  if (ignored) return folder;
  return resolved.has_filename() ? resolved : resolved.parent_path();
}

std::string shown_path(const std::filesystem::path& folder) {
  return base::escape((folder / kSpecName).lexically_normal().string(), 1000);
}

std::string digest_of(std::string_view yaml, const ProblemFiles& files) {
  Digest digest;
  digest.add(kSpecName, yaml);
  for (const auto& [name, content] : files.contents()) digest.add(name, content);
  return digest.finish();
}

}  // namespace

LoadedProblem load_problem(const std::filesystem::path& folder) {
  Diagnostics out{shown_path(folder)};
  auto folder_fd = open_folder(folder);
  if (!folder_fd) {
    const std::string name = base::escape(folder.string(), 1000);
    std::vector<Diagnostic> one(1);
    one.front().where.file = name;
    one.front().text = folder_fd.error().message() + "; name a problem's folder";
    return tl::unexpected{std::move(one)};
  }
  auto yaml = read_beneath(*folder_fd, std::string{kSpecName}, Symlinks::inside, kLargestSpec);
  if (!yaml) {
    out.add_whole_file(yaml.error().message());
    return tl::unexpected{out.take()};
  }
  return read_problem(*yaml, folder, std::move(*folder_fd));
}

LoadedProblem read_problem(std::string_view yaml, const std::filesystem::path& folder,
                           base::UniqueFd folder_fd) {
  Diagnostics out{shown_path(folder)};
  const std::unique_ptr<Node> root = parse_yaml(yaml, out);
  if (root == nullptr) return tl::unexpected{out.take()};
  ProblemFiles files{std::move(folder_fd)};
  Problem problem;
  problem.folder = absolute_folder(folder);
  const Fields fields{*root,
                      out,
                      {"schema", "id", "title", "topics", "level", "minutes", "statement",
                       "languages", "reference", "limits", "compile_limits", "criteria", "tests"}};
  read_head(fields, problem, files, out);
  problem.criteria = read_criteria(fields, problem.languages, out);
  ProblemContext context{.languages = problem.languages,
                         .criteria = problem.criteria,
                         .problem = problem,
                         .criteria_known = !problem.criteria.empty(),
                         .tests_known = true,
                         .files = files,
                         .out = out,
                         .checked = {}};
  problem.tests = read_tests(fields, context);
  check_coverage(fields, context);
  if (!out.empty()) return tl::unexpected{out.take()};
  problem.digest = digest_of(yaml, files);
  return problem;
}

}  // namespace judge
