#include "judge/authoring/start_attempt.hpp"

#include <cctype>

#include "harnesses/protocol/show.hpp"
#include "judge/problem/read_beneath.hpp"
#include "sandbox/base/io.hpp"

namespace judge {
namespace {

constexpr std::size_t kMostStatement = std::size_t{1} << 20U;

// A case's name as a file's: letters, digits and '-'.
std::string file_name(const std::string& name) {
  std::string out;
  for (const char letter : name) {
    const bool plain = std::isalnum(static_cast<unsigned char>(letter)) != 0;
    if (plain) out += letter;
    if (!plain && !out.empty() && out.back() != '-') out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out.empty() ? "example" : out;
}

std::string number(std::size_t index) {
  const std::string digits = std::to_string(index);
  return std::string(digits.size() < 2 ? 2 - digits.size() : 0, '0') + digits;
}

std::string show_argument(const Argument& argument) {
  constexpr std::size_t kLong = 2000;
  if (const auto* value = std::get_if<harness::Value>(&argument.data)) {
    return harness::show(*value, kLong);
  }
  std::string text;
  if (const auto* list = std::get_if<ArgumentList>(&argument.data)) {
    for (const Argument& item : list->items)
      text += (text.empty() ? "" : ", ") + show_argument(item);
    return "[" + text + "]";
  }
  if (const auto* object = std::get_if<ArgumentObject>(&argument.data)) {
    for (const auto& [name, field] : object->fields) {
      text += (text.empty() ? "" : ", ") + name + ": " + show_argument(field);
    }
    return "{" + text + "}";
  }
  return std::get<Reference>(argument.data).name;
}

std::string show_call(const Call& call, const std::string& only_export) {
  std::string text;
  for (const Argument& argument : call.arguments) {
    text += (text.empty() ? "" : ", ") + show_argument(argument);
  }
  if (call.options) {
    text += (text.empty() ? "" : ", ") + show_argument(Argument{*call.options});
  }
  return (call.function.empty() ? only_export : call.function) + "(" + text + ")";
}

std::string show_expected(const FunctionCase& one) {
  if (const auto* value = std::get_if<harness::Value>(&one.expected)) {
    return "gives " + harness::show(*value, 2000);
  }
  const auto& thrown = std::get<ExpectedThrow>(one.expected);
  std::string names;
  for (const std::string& name : thrown.names) names += (names.empty() ? "" : " or ") + name;
  return "throws " + (names.empty() ? std::string{"an error"} : names);
}

base::Status write_program_case(NewFolder& folder, const std::string& name,
                                const ProgramCase& one) {
  std::string arguments;
  for (const std::string& each : one.arguments) arguments += each + "\n";
  if (!arguments.empty()) JUDGE_TRY_VOID(folder.write(name + ".arguments", arguments));
  JUDGE_TRY_VOID(folder.write(name + ".stdin", one.input));
  return folder.write(name + ".stdout", one.expected_output);
}

base::Status write_examples(NewFolder& folder, const Problem& problem,
                            const std::string& function) {
  std::string calls;
  std::size_t index = 0;
  for (const Test& test : problem.tests) {
    const auto* plan = std::get_if<CasesTest>(&test.plan);
    if (plan == nullptr) continue;
    for (const Case& one : plan->cases) {
      if (!one.is_public) continue;
      if (const auto* program = std::get_if<ProgramCase>(&one.what)) {
        JUDGE_TRY_VOID(write_program_case(
            folder, "examples/" + number(++index) + "-" + file_name(one.name), *program));
      } else {
        const auto& called = std::get<FunctionCase>(one.what);
        calls += "- " + one.name + ": `" + show_call(called.call, function) + "` " +
                 show_expected(called) + "\n";
      }
    }
  }
  if (calls.empty()) return {};
  return folder.write("examples/calls.md", "# Examples\n\n" + calls);
}

}  // namespace

base::Result<std::string> statement_with_criteria(const Problem& problem) {
  JUDGE_TRY(std::string text, base::read_file(problem.statement.string(), kMostStatement));
  text += "\n## Criteria\n\n";
  for (const Criterion& criterion : problem.criteria) {
    text += "- " + criterion.id + " (" + harness::show(harness::Value{criterion.weight}) +
            (criterion.required ? "" : ", bonus") + "): " + criterion.text + "\n";
  }
  return text;
}

base::Result<NewFolder> write_attempt(const Problem& problem, std::optional<Language> language,
                                      const std::filesystem::path& path) {
  if (language && problem.support(*language) == nullptr) {
    return base::invalid_input("--language: " + problem.id + " is not offered in " +
                               to_string(*language));
  }
  JUDGE_TRY(NewFolder folder, NewFolder::make(path));
  JUDGE_TRY(const std::string statement, statement_with_criteria(problem));
  JUDGE_TRY_VOID(folder.write("README.md", statement));
  std::string function;
  JUDGE_TRY(const base::UniqueFd source, open_folder(problem.folder));
  for (const LanguageSupport& support : problem.languages) {
    if (language && support.language != *language) continue;
    if (function.empty() && !support.exports.empty()) function = support.exports.front();
    JUDGE_TRY(const std::string starter,
              read_beneath(source, support.starter, Symlinks::inside, kMostStatement));
    const std::string name = std::filesystem::path{support.starter}.filename().string();
    JUDGE_TRY_VOID(folder.write(name, starter));
  }
  JUDGE_TRY_VOID(write_examples(folder, problem, function));
  return folder;
}

}  // namespace judge
