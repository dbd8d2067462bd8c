#include "judge/problem/read_schedule.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/engine/replay_string.hpp"
#include "judge/problem/generator_bounds.hpp"
#include "judge/problem/read_call.hpp"
#include "judge/problem/read_check.hpp"
#include "judge/problem/read_given.hpp"
#include "judge/problem/read_operations.hpp"

namespace judge {
namespace {

constexpr std::int64_t kMostCases = 1000;

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
  schedule.operations = read_operations(test, languages, schedule.given, names, problem);
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

// Python's shim makes no sources that are pulled, and Python has no undefined.
void refuse_for_python(const Fields& test, const std::vector<Language>& languages,
                       const ScheduleTest& schedule, ProblemContext& problem) {
  if (std::ranges::find(languages, Language::python) == languages.end()) return;
  for (const Given& drawn : schedule.given) {
    const auto* plain = std::get_if<Generator>(&drawn.generator);
    if (plain != nullptr && draws_undefined(*plain)) {
      problem.out.add({drawn.where.line, drawn.where.column},
                      test.node().path() + ".given." + drawn.name,
                      "draws undefined, which python does not have; leave python out of this "
                      "test's languages");
    }
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
  check_exports(test, languages, "a schedule test", problem);
  if (const Node* given = test.find("given")) {
    schedule.given = read_given(*given, names, problem.out);
  }
  schedule.most_cases = read_integer(test.find("cases"), 1, kMostCases, problem.out);
  schedule.known = read_known(test.find("known"), problem.out);
  refuse_for_python(test, languages, schedule, problem);
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
  schedule.predicates = read_check(test, languages,
                                   {.moments = true,
                                    .compares = has_operations,
                                    .history = has_operations ? &schedule : nullptr},
                                   problem);
  return schedule;
}

}  // namespace judge
