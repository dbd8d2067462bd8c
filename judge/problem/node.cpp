#include "judge/problem/node.hpp"

#include <algorithm>

#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

constexpr std::size_t kMostDiagnostics = 100;

}  // namespace

std::string Node::path() const {
  if (parent == nullptr) return "";
  std::string above = parent->path();
  if (parent->kind == Kind::list) return above + "[" + std::to_string(index) + "]";
  if (!above.empty()) above += '.';
  return above + base::escape(key);
}

std::string Node::described() const {
  switch (kind) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return base::quoted(text, 60);
    case Kind::list:
      return "a list";
    case Kind::map:
      return "a mapping";
  }
  return "";
}

void Diagnostics::add(Mark where, const std::string& path, const std::string& text) {
  found_.push_back(Diagnostic{position(where), path.empty() ? text : path + ": " + text});
}

void Diagnostics::add_whole_file(const std::string& text) {
  found_.push_back(Diagnostic{base::Position{file_, 0, 0}, text});
}

std::vector<Diagnostic> Diagnostics::take() {
  std::ranges::stable_sort(found_, [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair{a.where.line, a.where.column} < std::pair{b.where.line, b.where.column};
  });
  if (found_.size() > kMostDiagnostics) {
    const std::size_t more = found_.size() - kMostDiagnostics;
    found_.resize(kMostDiagnostics);
    add_whole_file("and " + std::to_string(more) + " more; mend these first");
  }
  return std::move(found_);
}

}  // namespace judge
