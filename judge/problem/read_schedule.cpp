#include "judge/problem/read_schedule.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/engine/replay_string.hpp"
#include "judge/problem/literal.hpp"
#include "judge/problem/read_call.hpp"
#include "judge/problem/read_given.hpp"
#include "judge/problem/read_operations.hpp"

namespace judge {
namespace {

constexpr std::int64_t kMostCases = 1000;
constexpr Word<bool> kOrders[] = {{"any", true}, {"as-reference", false}};
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

// {equals: reference, order: any}: the whole criterion, beside which nothing else stands.
void read_comparison(const Node& criterion, const std::vector<Language>& languages,
                     std::vector<Predicate>& predicates, ProblemContext& problem) {
  Diagnostics& out = problem.out;
  const Fields fields{criterion, out, {"equals", "order"}};
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
                                  bool has_operations, ProblemContext& problem) {
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
    if (has_operations && find_child(*criterion, "equals") != nullptr) {
      read_comparison(*criterion, languages, predicates, problem);
    } else {
      read_predicates_of(*criterion, predicates, problem.out);
    }
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

// What a callback calls is a method of the object, and is handed no inputs but callbacks.
void check_call_backs(const Fields& test, const ScheduleTest& schedule, ProblemContext& problem) {
  const auto is_inputs = [&](const Argument& argument) {
    const auto* reference = std::get_if<Reference>(&argument.data);
    return reference != nullptr && std::ranges::any_of(schedule.given, [&](const Given& given) {
             return given.name == reference->name &&
                    std::holds_alternative<ControlledInputs>(given.generator);
           });
  };
  for (const Given& drawn : schedule.given) {
    const auto* callback = std::get_if<CallbackPlan>(&drawn.generator);
    if (callback == nullptr || !callback->calls) continue;
    if (!schedule.operations->object) {
      problem.out.add({drawn.where.line, drawn.where.column},
                      test.node().path() + ".given." + drawn.name,
                      "calls a method, but there is no object; write `object` or `factory`");
    }
    if (std::ranges::any_of(callback->calls->arguments, is_inputs)) {
      problem.out.add({drawn.where.line, drawn.where.column},
                      test.node().path() + ".given." + drawn.name,
                      "hands tasks or promises over; write plain values and callbacks");
    }
  }
}

void read_many(const Fields& test, const std::vector<Language>& languages, GivenNames& names,
               ScheduleTest& schedule, ProblemContext& problem) {
  if (const Node* misplaced = test.find("call")) {
    problem.out.add_at_key(*misplaced, "stands beside `operations`; write one of them");
  }
  for (const Given& drawn : schedule.given) {
    if (!names.signals.contains(drawn.name)) continue;
    problem.out.add({drawn.where.line, drawn.where.column},
                    test.node().path() + ".given." + drawn.name,
                    "is a signal for a single call; write {signal: during} among an operation's "
                    "arguments");
  }
  schedule.operations = read_operations(test, languages, names, problem);
  check_call_backs(test, schedule, problem);
}

// Counterexamples of earlier verdicts, each a single case of this test.
std::vector<harness::ChoiceSequence> read_known(const Node* node, Diagnostics& out) {
  std::vector<harness::ChoiceSequence> known;
  for (const Node* item : read_list(node, "[\"r2:BCAA\"]", out)) {
    const auto cases = harness::parse_replay_string(item->text);
    const bool is_text = item->kind == Node::Kind::scalar;
    if (!is_text || !cases || cases->size() != 1 || !cases->front().test.empty()) {
      out.add(*item,
              "found " + item->described() + "; write the replay string of a single case, r2:...");
      continue;
    }
    known.push_back(cases->front().choices);
  }
  return known;
}

// Python's shim makes no sources that are pulled.
void refuse_pulled(const Fields& test, const std::vector<Language>& languages,
                   const ScheduleTest& schedule, ProblemContext& problem) {
  if (std::ranges::find(languages, Language::python) == languages.end()) return;
  for (const Given& drawn : schedule.given) {
    const auto* inputs = std::get_if<ControlledInputs>(&drawn.generator);
    const bool pulled =
        inputs != nullptr && std::ranges::any_of(inputs->collections, [](const auto& collection) {
          return collection.starts_with("pulled");
        });
    if (!pulled) continue;
    problem.out.add(
        {drawn.where.line, drawn.where.column}, test.node().path() + ".given." + drawn.name,
        "is pulled, which python cannot yet; leave python out of this test's languages");
  }
}

void refuse_callbacks(const Fields& test, const GivenNames& names, const ScheduleTest& schedule,
                      ProblemContext& problem) {
  for (const Given& drawn : schedule.given) {
    if (!names.callbacks.contains(drawn.name)) continue;
    problem.out.add({drawn.where.line, drawn.where.column},
                    test.node().path() + ".given." + drawn.name,
                    "is a callback, which only `operations` can pass; write tasks");
  }
}

}  // namespace

const std::vector<std::string>& schedule_keys() {
  static const std::vector<std::string> keys{
      "harness",    "languages", "given", "call",     "options", "object", "factory",
      "operations", "steps",     "time",  "one_turn", "cases",   "known",  "check"};
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
  schedule.most_cases = read_integer(test.find("cases"), 1, kMostCases, problem.out);
  schedule.known = read_known(test.find("known"), problem.out);
  refuse_pulled(test, languages, schedule, problem);
  const bool has_operations = test.find("operations") != nullptr;
  bool is_read = true;
  if (has_operations) {
    read_many(test, languages, names, schedule, problem);
  } else {
    for (const char* key : {"object", "factory", "steps", "time", "one_turn"}) {
      if (const Node* misplaced = test.find(key)) {
        problem.out.add_at_key(*misplaced, "belongs to `operations`; write them, or leave it out");
      }
    }
    refuse_callbacks(test, names, schedule, problem);
    auto call = read_call(test, languages, &names, problem);
    if (call) schedule.call = std::move(*call);
    is_read = call.has_value();
  }
  for (const Given& drawn : schedule.given) {
    if (!is_read || names.used.contains(drawn.name)) continue;
    problem.out.add({drawn.where.line, drawn.where.column},
                    test.node().path() + ".given." + drawn.name,
                    "drawn but never passed; write $" + drawn.name +
                        (has_operations ? " among some arguments" : " in `call` or `options`"));
  }
  schedule.predicates = read_check(test, languages, has_operations, problem);
  return schedule;
}

}  // namespace judge
