// CasesPlan: literal examples, as their author wrote them. Plain data, already checked.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harnesses/call.hpp"
#include "harnesses/protocol/value.hpp"
#include "sandbox/base/position.hpp"

namespace harness {

enum class CompareMode { tokens, exact, unordered, json_lines };
struct Comparison {
  CompareMode mode = CompareMode::tokens;
  std::optional<double> float_tolerance;
};
struct ProgramCase {
  std::vector<std::string> arguments;
  std::string input;
  std::string expected_output;
  std::optional<int> expected_exit = 0;  // nothing: not looked at
};
struct ExpectedThrow {
  std::vector<std::string> names;  // any of these classes; empty: any error
  std::optional<std::string> message;
};
struct FunctionCase {
  Call call;  // literal arguments only
  std::variant<Value, ExpectedThrow> expected;
};
struct Case {
  std::string name;
  bool is_public = false;  // candidates may see it
  std::vector<std::string> criteria;
  std::variant<ProgramCase, FunctionCase> what;
  base::Position where;
};
struct CasesPlan {
  Comparison comparison;
  std::vector<Case> cases;
};

}  // namespace harness
