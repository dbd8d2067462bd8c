#include "judge/report/kill_matrix.hpp"

#include <algorithm>
#include <cstdio>

#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

constexpr std::size_t kLine = 96;
constexpr std::size_t kColumn = 3;

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(width > text.size() ? width - text.size() : 0, ' ');
}

std::string right_aligned(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

std::string seconds(std::chrono::milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f s", std::chrono::duration<double>{time}.count());
  return text;
}

std::string legend(const std::vector<std::string>& criteria) {
  std::string text;
  std::string line = " ";
  for (std::size_t i = 0; i < criteria.size(); ++i) {
    const std::string entry = " " + std::to_string(i + 1) + " " + criteria[i] + " ";
    if (line.size() + entry.size() > kLine) {
      text += line + "\n";
      line = " ";
    }
    line += entry;
  }
  return text + line + "\n";
}

}  // namespace

std::optional<std::int64_t> cases_to_first_kill(const Verdict& verdict) {
  std::int64_t before = 0;
  for (const SearchSummary& search : verdict.search) {
    std::optional<std::int64_t> first;
    for (const CriterionResult& each : verdict.criteria) {
      if (!each.evidence || each.evidence->test != search.test) continue;
      first = std::min(first.value_or(each.evidence->found_at), each.evidence->found_at);
    }
    if (first) return before + *first;
    before += search.cases;
  }
  return {};
}

std::string to_text(const KillMatrix& matrix, const Paint& paint) {
  std::size_t width = 8;
  for (const KillMatrix::Row& row : matrix.wrong) width = std::max(width, row.solution.size());
  std::string text = paint.bold(matrix.problem) + ": what wrong solutions fail\n";
  text += legend(matrix.criteria) + "  " + std::string(width, ' ');
  for (std::size_t i = 0; i < matrix.criteria.size(); ++i) {
    text += right_aligned(std::to_string(i + 1), kColumn);
  }
  text += right_aligned("cases", 8) + "\n";
  for (const KillMatrix::Row& row : matrix.wrong) {
    text += "  " + padded(base::escape(row.solution), width);
    for (const std::string& criterion : matrix.criteria) {
      const bool failed = row.failed.contains(criterion);
      text += std::string(kColumn - 1, ' ') + (failed ? paint.red("✗") : paint.dim("·"));
    }
    const std::string cases = row.first_kill ? std::to_string(*row.first_kill) : "-";
    text += right_aligned(cases, 8) + right_aligned(seconds(row.took), 9) + "\n";
  }
  text += "  " + padded("of " + std::to_string(matrix.wrong.size()), width);
  for (const std::string& criterion : matrix.criteria) {
    const auto count = std::ranges::count_if(
        matrix.wrong, [&](const auto& row) { return row.failed.contains(criterion); });
    text += right_aligned(std::to_string(count), kColumn);
  }
  return text + "\n  " + std::to_string(matrix.right) + " right solutions, the slowest took " +
         seconds(matrix.slowest_right) + "\n";
}

}  // namespace judge
