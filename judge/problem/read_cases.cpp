#include "judge/problem/read_cases.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <sodium/utils.h>

#include "judge/problem/literal.hpp"
#include "judge/problem/read_call.hpp"

namespace judge {
namespace {

constexpr Word<CompareMode> kModes[] = {{"tokens", CompareMode::tokens},
                                        {"exact", CompareMode::exact},
                                        {"unordered", CompareMode::unordered},
                                        {"json-lines", CompareMode::json_lines}};
constexpr std::int64_t kLargestExit = 255;
constexpr std::size_t kMostArguments = 100;

enum class Graded { as_program, as_function };

std::optional<std::string> decode_base64(const Node* node, Diagnostics& out) {
  const std::optional<std::string> text = read_text(node, out);
  if (!text) return std::nullopt;
  std::string bytes(text->size(), '\0');
  std::size_t length = 0;
  const int decoded =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text->data(),
                        text->size(), " \r\n", &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (decoded != 0) {
    out.add(*node, node->described() + " is not base64; write A-Z a-z 0-9 + / with = at the end");
    return std::nullopt;
  }
  bytes.resize(length);
  return bytes;
}

// `name`, `name_base64` or `name_file`.
std::optional<std::string> read_content(const Fields& fields, const std::string& name,
                                        ProblemContext& problem) {
  const std::string base64 = name + "_base64";
  const std::string file = name + "_file";
  const Node* node = fields.need_one_of({name, base64, file});
  if (node == nullptr) return std::nullopt;
  if (node->key == base64) return decode_base64(node, problem.out);
  if (node->key == file) return problem.files.read(node, problem.out);
  return read_text(node, problem.out);
}

std::vector<std::string> read_program_arguments(const Node* node, Diagnostics& out) {
  std::vector<std::string> arguments;
  if (node == nullptr) return arguments;
  if (node->kind != Node::Kind::list || node->children.size() > kMostArguments) {
    out.add(*node, "found " + node->described() + "; write a list of at most " +
                       std::to_string(kMostArguments) + " texts");
    return arguments;
  }
  for (const auto& child : node->children) {
    auto text = read_text(child.get(), out);
    if (!text) continue;
    if (text->find('\0') != std::string::npos) {
      out.add(*child, "holds a NUL byte, which no argument can; write it without");
      continue;
    }
    arguments.push_back(std::move(*text));
  }
  return arguments;
}

ProgramCase read_program_case(const Fields& fields, ProblemContext& problem) {
  ProgramCase program;
  program.arguments = read_program_arguments(fields.find("arguments"), problem.out);
  program.input = read_content(fields, "stdin", problem).value_or("");
  program.expected_output = read_content(fields, "stdout", problem).value_or("");
  const Node* exit = fields.find("exit");
  if (exit != nullptr && exit->kind == Node::Kind::scalar && exit->text == "any") {
    program.expected_exit.reset();
  } else if (exit != nullptr) {
    const Scalar scalar = scalar_of(*exit);
    const auto* code = std::get_if<std::int64_t>(&scalar);
    if (exit->kind != Node::Kind::scalar || code == nullptr || *code < 0 || *code > kLargestExit) {
      problem.out.add(*exit,
                      "found " + exit->described() + "; write an exit code from 0 to 255, or any");
    } else {
      program.expected_exit = static_cast<int>(*code);
    }
  }
  return program;
}

ExpectedThrow read_throws(const Node& node, Diagnostics& out) {
  ExpectedThrow expected;
  if (node.kind != Node::Kind::map) {
    expected.names = read_texts(&node, "[RangeError]", out);
    return expected;
  }
  const Fields fields{node, out, {"name", "message"}};
  expected.names = read_texts(fields.find("name"), "[RangeError]", out);
  expected.message = read_text(fields.find("message"), out);
  return expected;
}

FunctionCase read_function_case(const Fields& fields, const std::vector<Language>& languages,
                                ProblemContext& problem) {
  FunctionCase function;
  if (auto call = read_call(fields, languages, nullptr, problem)) function.call = std::move(*call);
  const Node* expected = fields.need_one_of({"returns", "throws"});
  if (expected == nullptr) return function;
  if (expected->key == "throws") {
    function.expected = read_throws(*expected, problem.out);
  } else if (auto value = read_literal(*expected, problem.out)) {
    function.expected = std::move(*value);
  }
  return function;
}

// A language with exports is graded by calls, one without as a program; a case is one or the other.
void check_languages(const Node& at, Graded graded, const std::vector<Language>& languages,
                     ProblemContext& problem) {
  for (const LanguageSupport& supported : problem.languages) {
    const Graded wanted = supported.exports.empty() ? Graded::as_program : Graded::as_function;
    const bool runs = std::ranges::find(languages, supported.language) != languages.end();
    if (!runs || graded == wanted) continue;
    const std::string name = to_string(supported.language);
    std::string text = name;
    text.append(wanted == Graded::as_program
                    ? " has no export, so it is a program; write stdin and stdout, or leave "
                    : " has an export, so it is called; write call and returns, or leave ");
    text.append(name).append(" out of this test's languages");
    problem.out.add_at_key(at, text);
    return;
  }
}

std::vector<std::string> read_case_criteria(const Fields& fields,
                                            const std::vector<Language>& languages,
                                            ProblemContext& problem) {
  const Node* check = fields.need("check", "check: [criterion], what this case bears on");
  if (check == nullptr) return {};
  std::vector<std::string> criteria = read_texts(check, "[criterion]", problem.out);
  if (check->kind == Node::Kind::scalar) {
    note_criterion(*check, check->text, languages, problem);
  } else {
    for (const auto& item : check->children) {
      if (item->kind == Node::Kind::scalar) note_criterion(*item, item->text, languages, problem);
    }
  }
  return criteria;
}

const std::vector<std::string>& keys_of(Graded graded) {
  static const std::vector<std::string> program{
      "name",   "public",        "arguments",   "stdin", "stdin_base64", "stdin_file",
      "stdout", "stdout_base64", "stdout_file", "exit",  "check"};
  static const std::vector<std::string> function{"name",    "public", "call", "options",
                                                 "returns", "throws", "check"};
  return graded == Graded::as_program ? program : function;
}

Graded told_by_keys(const Node& node) {
  for (const auto& child : node.children) {
    const auto& keys = keys_of(Graded::as_function);
    const bool is_shared = child->key == "name" || child->key == "public" || child->key == "check";
    if (!is_shared && std::ranges::find(keys, child->key) != keys.end()) return Graded::as_function;
  }
  return Graded::as_program;
}

Case read_case(const Node& node, const std::vector<Language>& languages, ProblemContext& problem) {
  Case one;
  one.where = problem.out.position(node.where);
  const Graded graded = told_by_keys(node);
  const Fields fields{node, problem.out, keys_of(graded)};
  if (!fields.is_map()) return one;
  one.name = read_some_text(fields.need("name", "name: what is special about it"), problem.out)
                 .value_or("");
  one.is_public = read_flag(fields.find("public"), problem.out).value_or(false);
  check_languages(node, graded, languages, problem);
  if (graded == Graded::as_program) {
    one.what = read_program_case(fields, problem);
  } else {
    one.what = read_function_case(fields, languages, problem);
  }
  one.criteria = read_case_criteria(fields, languages, problem);
  return one;
}

Comparison read_comparison(const Node* node, Diagnostics& out) {
  Comparison comparison;
  if (node == nullptr) return comparison;
  const Fields fields{*node, out, {"mode", "float_tolerance"}};
  if (!fields.is_map()) return comparison;
  if (const auto mode = read_word(fields.find("mode"), kModes, out)) {
    comparison.mode = *mode;
  }
  const Node* tolerance = fields.find("float_tolerance");
  comparison.float_tolerance = read_positive(tolerance, 1, out);
  const bool compares_numbers =
      comparison.mode == CompareMode::tokens || comparison.mode == CompareMode::json_lines;
  if (tolerance != nullptr && !compares_numbers) {
    out.add_at_key(*tolerance, "only tokens and json-lines compare numbers; leave it out");
  }
  return comparison;
}

}  // namespace

const std::vector<std::string>& cases_keys() {
  static const std::vector<std::string> keys{"harness", "languages", "compare", "cases"};
  return keys;
}

CasesTest read_cases(const Fields& test, const std::vector<Language>& languages,
                     ProblemContext& problem) {
  CasesTest cases;
  const Node* compare = test.find("compare");
  cases.comparison = read_comparison(compare, problem.out);
  std::set<std::string> names;
  for (const Node* node :
       read_list(test.need("cases", "cases: [{name: ..., stdin: ..., stdout: ..., check: [...]}]"),
                 "[{name: ..., stdin: ..., stdout: ..., check: [...]}]", problem.out)) {
    Case one = read_case(*node, languages, problem);
    if (!one.name.empty() && !names.insert(one.name).second) {
      problem.out.add(*node, "a second case is named " + base::quoted(one.name, 60) +
                                 "; give each its own name");
    }
    if (compare != nullptr && std::holds_alternative<FunctionCase>(one.what)) {
      problem.out.add_at_key(*compare,
                             "is for a program's output; leave it out where functions are called");
      compare = nullptr;
    }
    cases.cases.push_back(std::move(one));
  }
  return cases;
}

}  // namespace judge
