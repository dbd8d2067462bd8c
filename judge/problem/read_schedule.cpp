#include "judge/problem/read_schedule.hpp"

#include <algorithm>
#include <utility>

#include "judge/problem/literal.hpp"
#include "judge/problem/read_call.hpp"
#include "judge/problem/read_given.hpp"

namespace judge {
namespace {

constexpr Word<When> kWhen[] = {
    {"always", When::always}, {"at_rest", When::at_rest}, {"finally", When::finally}};

// A predicate is JavaScript; what the judge can tell here is whether anything was written at all.
void read_expression(const Node& node, const std::string& criterion, When when,
                     std::vector<Predicate>& predicates, Diagnostics& out) {
  const bool is_text =
      node.kind == Node::Kind::scalar && std::holds_alternative<std::string>(scalar_of(node));
  if (!is_text || node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    const std::string found = node.kind == Node::Kind::scalar && node.text.empty()
                                  ? "is empty"
                                  : "found " + node.described();
    out.add(node, found + "; write a JavaScript expression, e.g. \"running.length <= limit\"");
    return;
  }
  predicates.push_back(Predicate{criterion, when, node.text, out.position(node.content)});
}

void read_predicates_of(const Node& criterion, std::vector<Predicate>& predicates,
                        Diagnostics& out) {
  const Fields fields{criterion, out, names_of(kWhen)};
  if (!fields.is_map()) return;
  if (criterion.children.empty()) {
    out.add(criterion, "is empty; write always, at_rest or finally with an expression");
  }
  for (const auto& child : criterion.children) {
    const auto* word = std::ranges::find(kWhen, std::string_view{child->key}, &Word<When>::first);
    if (word == std::end(kWhen)) continue;  // reported as an unknown key
    if (child->kind != Node::Kind::list) {
      read_expression(*child, criterion.key, word->second, predicates, out);
      continue;
    }
    for (const Node* item : read_list(child.get(), "[\"running.length <= limit\"]", out)) {
      read_expression(*item, criterion.key, word->second, predicates, out);
    }
  }
}

std::vector<Predicate> read_check(const Fields& test, const std::vector<Language>& languages,
                                  ProblemContext& problem) {
  std::vector<Predicate> predicates;
  const Node* check = test.need("check", "check: {criterion: {finally: \"expression\"}}");
  if (check == nullptr) return predicates;
  if (check->kind != Node::Kind::map || check->children.empty()) {
    const std::string found =
        check->kind == Node::Kind::map ? "is empty" : "found " + check->described();
    problem.out.add(*check, found + "; write {criterion: {finally: \"expression\"}}");
    return predicates;
  }
  for (const auto& criterion : check->children) {
    note_criterion(*criterion, criterion->key, languages, problem);
    read_predicates_of(*criterion, predicates, problem.out);
  }
  return predicates;
}

void check_languages(const Fields& test, const std::vector<Language>& languages,
                     ProblemContext& problem) {
  for (const LanguageSupport& supported : problem.languages) {
    if (!supported.exports.empty()) continue;
    if (std::ranges::find(languages, supported.language) == languages.end()) continue;
    const Node* listed = test.find("languages");
    const Node& at = listed != nullptr ? *listed : test.node();
    const std::string name = to_string(supported.language);
    std::string text = name + " has no export, and a schedule test calls one; ";
    if (can_export(supported.language)) text.append("write languages." + name + ".export or ");
    text.append("leave ").append(name).append(" out of this test's languages");
    problem.out.add_at_key(at, text);
  }
}

}  // namespace

const std::vector<std::string>& schedule_keys() {
  static const std::vector<std::string> keys{"harness", "languages", "given",
                                             "call",    "options",   "check"};
  return keys;
}

ScheduleTest read_schedule(const Fields& test, const std::vector<Language>& languages,
                           ProblemContext& problem) {
  ScheduleTest schedule;
  GivenNames names;
  check_languages(test, languages, problem);
  if (const Node* given = test.find("given")) {
    schedule.given = read_given(*given, names, problem.out);
  }
  if (auto call = read_call(test, languages, &names, problem)) {
    schedule.call = std::move(*call);
    for (const Given& drawn : schedule.given) {
      if (names.used.contains(drawn.name)) continue;
      problem.out.add({drawn.where.line, drawn.where.column},
                      test.node().path() + ".given." + drawn.name,
                      "drawn but never passed; write $" + drawn.name + " in `call` or `options`");
    }
  }
  schedule.predicates = read_check(test, languages, problem);
  return schedule;
}

}  // namespace judge
