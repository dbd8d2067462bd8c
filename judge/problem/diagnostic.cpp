#include "judge/problem/diagnostic.hpp"

namespace judge {

std::string to_string(const Diagnostic& diagnostic) {
  const base::Position& where = diagnostic.where;
  return (where.line == 0 ? where.file : where.to_string()) + ": " + diagnostic.text;
}

base::Error to_error(const std::vector<Diagnostic>& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!lines.empty()) lines += '\n';
    lines += to_string(diagnostic);
  }
  return base::invalid_input_error(std::move(lines));
}

}  // namespace judge
