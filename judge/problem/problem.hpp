// Problem: a parsed and checked problem.yaml. Plain data; whatever was wrong with the file was
// reported by load_problem.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "harnesses/cases/plan.hpp"
#include "harnesses/property/plan.hpp"
#include "harnesses/schedule/plan.hpp"
#include "judge/problem/language.hpp"
#include "sandbox/base/bytes.hpp"
#include "sandbox/base/position.hpp"

namespace judge {

struct LanguageSupport {
  Language language;
  std::vector<std::string> exports;  // empty: graded as a program
  std::string starter;               // relative to the problem's folder
};

struct ProblemLimits {
  std::chrono::milliseconds cpu;
  std::chrono::milliseconds wall;
  base::Bytes memory;
  base::Bytes output;
  int processes;
};

struct Criterion {
  std::string id;
  std::string text;
  double weight = 1;
  bool required = true;
  std::vector<Language> languages;  // never empty
};

using ScheduleTest = harness::SchedulePlan;
using PropertyTest = harness::PropertyPlan;
using CasesTest = harness::CasesPlan;
using harness::Argument;
using harness::ArgumentList;
using harness::ArgumentObject;
using harness::Call;
using harness::CallBack;
using harness::CallbackPlan;
using harness::Case;
using harness::CompareMode;
using harness::Comparison;
using harness::ControlledInputs;
using harness::ControlledKind;
using harness::ExpectedThrow;
using harness::FunctionCase;
using harness::Generator;
using harness::Given;
using harness::GivenSignal;
using harness::IntegerRange;
using harness::is_signal;
using harness::Linearizability;
using harness::ObjectPlan;
using harness::Operation;
using harness::OperationArgument;
using harness::OperationsPlan;
using harness::OwnSignal;
using harness::Predicate;
using harness::ProgramCase;
using harness::Reference;
using harness::Rejecting;
using harness::SharedSignal;
using harness::SignalPlan;
using harness::When;

struct Test {
  std::string name;
  std::vector<Language> languages;  // never empty
  std::variant<ScheduleTest, CasesTest, PropertyTest> plan;
  base::Position where;
};

struct Problem {
  std::string id;
  std::string title;
  std::vector<std::string> topics;
  std::string level;
  int minutes = 0;
  std::filesystem::path folder;
  std::filesystem::path statement;  // absolute
  std::vector<LanguageSupport> languages;
  std::vector<std::string> references;  // relative to the folder; at most one a language
  ProblemLimits limits;
  ProblemLimits compile_limits;
  std::vector<Criterion> criteria;  // in the file's order
  std::vector<Test> tests;          // in the file's order
  std::string digest;  // "blake2b:<hex>" over every file that decides a verdict: problem.yaml and
                       // what it names

  [[nodiscard]] const LanguageSupport* support(Language language) const;
  // What submissions in this language are compared with; TypeScript's may be JavaScript and the
  // other way round. Empty: there is none.
  [[nodiscard]] std::string reference_for(Language language) const;
};

}  // namespace judge
