#include "judge/problem/read_check.hpp"

#include <algorithm>
#include <utility>

#include "judge/problem/literal.hpp"
#include "judge/problem/read_linearizable.hpp"

namespace judge {
namespace {

constexpr Word<bool> kOrders[] = {{"any", true}, {"as-reference", false}};
constexpr Word<When> kWhen[] = {
    {"always", When::always}, {"at_rest", When::at_rest}, {"finally", When::finally}};

std::string example_for(Checks checks) {
  return checks.moments ? "\"running.length <= limit\"" : "\"same(result, x)\"";
}

// A predicate is JavaScript; what the judge can tell here is whether anything was written at all.
void read_expression(const Node& node, const std::string& criterion, When when, Checks checks,
                     std::vector<Predicate>& predicates, Diagnostics& out) {
  const bool is_text =
      node.kind == Node::Kind::scalar && std::holds_alternative<std::string>(scalar_of(node));
  if (!is_text || node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    const std::string found = node.kind == Node::Kind::scalar && node.text.empty()
                                  ? "is empty"
                                  : "found " + node.described();
    out.add(node, found + "; write a JavaScript expression, e.g. " + example_for(checks));
    return;
  }
  predicates.push_back(Predicate{criterion, when, node.text, out.position(node.content)});
}

// {equals: reference, order: any}: the whole criterion, beside which nothing else stands.
void read_comparison(const Node& criterion, const std::vector<Language>& languages, Checks checks,
                     std::vector<Predicate>& predicates, ProblemContext& problem) {
  Diagnostics& out = problem.out;
  std::vector<std::string> known{"equals"};
  if (checks.moments) known.emplace_back("order");
  const Fields fields{criterion, out, known};
  const Node* equals = fields.find("equals");
  if (equals->kind != Node::Kind::scalar || equals->text != "reference") {
    out.add(*equals, "found " + equals->described() + "; write equals: reference");
  }
  const bool any = read_word(fields.find("order"), kOrders, out).value_or(false);
  for (const Predicate& other : predicates) {
    if (other.when != When::equals_reference) continue;
    out.add_at_key(criterion, "compares with the reference, as '" + other.criterion +
                                  "' does; a test compares once");
  }
  for (const Language language : languages) {
    if (!problem.problem.reference_for(language).empty()) continue;
    out.add(*equals, "there is no reference in " + to_string(language) +
                         "; write reference: submissions/accepted/FILE at the top");
  }
  predicates.push_back(
      Predicate{criterion.key, When::equals_reference, "", out.position(equals->where), any});
}

bool asks_for_history(const Node& criterion, Checks checks) {
  return checks.history != nullptr && find_child(criterion, "linearizable") != nullptr;
}

// {linearizable: queue, with: {...}}; predicates may stand beside it.
void read_history(const Node& criterion, const Fields& test, Checks checks,
                  std::vector<Predicate>& predicates, Diagnostics& out) {
  auto wanted = read_linearizable(criterion, test, *checks.history, out);
  if (!wanted) return;
  predicates.push_back(
      Predicate{.criterion = criterion.key,
                .when = When::linearizable,
                .expression = "",
                .where = out.position(find_child(criterion, "linearizable")->where),
                .history = std::move(wanted)});
}

void read_predicates_of(const Node& criterion, Checks checks, std::vector<Predicate>& predicates,
                        Diagnostics& out) {
  const std::vector<std::string> words =
      checks.moments ? names_of(kWhen) : std::vector<std::string>{"finally"};
  std::vector<std::string> known = words;
  if (asks_for_history(criterion, checks)) {
    known.insert(known.end(), linearizable_keys().begin(), linearizable_keys().end());
  }
  const Fields fields{criterion, out, known};
  if (!fields.is_map()) return;
  if (criterion.children.empty()) {
    out.add(criterion, "is empty; write " + one_of(words) + " with an expression");
  }
  for (const auto& child : criterion.children) {
    const auto* word = std::ranges::find(kWhen, std::string_view{child->key}, &Word<When>::first);
    if (std::ranges::find(words, child->key) == words.end()) continue;  // reported, or of a history
    if (child->kind != Node::Kind::list) {
      read_expression(*child, criterion.key, word->second, checks, predicates, out);
      continue;
    }
    for (const Node* item : read_list(child.get(), "[" + example_for(checks) + "]", out)) {
      read_expression(*item, criterion.key, word->second, checks, predicates, out);
    }
  }
}

}  // namespace

std::vector<Predicate> read_check(const Fields& test, const std::vector<Language>& languages,
                                  Checks checks, ProblemContext& problem) {
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
    if (checks.compares && find_child(*criterion, "equals") != nullptr) {
      read_comparison(*criterion, languages, checks, predicates, problem);
      continue;
    }
    if (asks_for_history(*criterion, checks)) {
      read_history(*criterion, test, checks, predicates, problem.out);
    }
    read_predicates_of(*criterion, checks, predicates, problem.out);
  }
  return predicates;
}

void check_exports(const Fields& test, const std::vector<Language>& languages,
                   const std::string& what, ProblemContext& problem) {
  for (const LanguageSupport& supported : problem.languages) {
    if (!supported.exports.empty()) continue;
    if (std::ranges::find(languages, supported.language) == languages.end()) continue;
    const Node* listed = test.find("languages");
    const Node& at = listed != nullptr ? *listed : test.node();
    const std::string name = to_string(supported.language);
    std::string text = name + " has no export, and " + what + " calls one; ";
    if (can_export(supported.language)) text.append("write languages." + name + ".export or ");
    text.append("leave ").append(name).append(" out of this test's languages");
    problem.out.add_at_key(at, text);
  }
}

}  // namespace judge
