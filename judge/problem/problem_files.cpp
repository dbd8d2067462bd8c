#include "judge/problem/problem_files.hpp"

#include <utility>

#include "judge/problem/fields.hpp"
#include "judge/problem/read_beneath.hpp"

namespace judge {
namespace {

constexpr std::size_t kLargestFile = 16U << 20U;

}  // namespace

std::optional<std::string> ProblemFiles::check(const Node* node, Diagnostics& out) {
  std::optional<std::string> name = read_some_text(node, out);
  if (!name) return std::nullopt;
  const auto file = open_beneath(folder_, *name, Symlinks::inside);
  if (!file) {
    out.add(*node, node->described() + " " + file.error().message() +
                       "; write the path of a file in the problem's folder");
    return std::nullopt;
  }
  return name;
}

std::optional<std::string> ProblemFiles::read(const Node* node, Diagnostics& out) {
  std::optional<std::string> name = read_some_text(node, out);
  if (!name) return std::nullopt;
  if (const auto known = contents_.find(*name); known != contents_.end()) return known->second;
  auto content = read_beneath(folder_, *name, Symlinks::inside, kLargestFile);
  if (!content) {
    out.add(*node, node->described() + " " + content.error().message() +
                       "; write the path of a file in the problem's folder");
    return std::nullopt;
  }
  return contents_.emplace(std::move(*name), std::move(*content)).first->second;
}

}  // namespace judge
