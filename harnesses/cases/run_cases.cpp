#include "harnesses/cases/run_cases.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "harnesses/cases/compare.hpp"
#include "harnesses/protocol/fields.hpp"
#include "harnesses/protocol/rest.hpp"
#include "harnesses/protocol/show.hpp"
#include "sandbox/base/check.hpp"
#include "sandbox/base/escape.hpp"
#include "sandbox/time/virtual_clock.hpp"

namespace harness {
namespace {

using sandbox::time::VirtualClock;

std::string how_it_ended(const sandbox::Exit& exit) {
  return exit.kind == sandbox::Exit::Kind::exited ? "exit code " + std::to_string(exit.value)
                                                  : "signal " + std::to_string(exit.value);
}

// A program that should have ended well and did not has crashed; one that should have failed and
// ended otherwise is just wrong.
CaseResult judge_program(std::size_t index, const ProgramCase& wanted, const Comparison& comparison,
                         sandbox::RunReport report) {
  CaseResult result{
      .index = index, .difference = {}, .ended = {}, .violation = {}, .load_failed = {}};
  if (report.ended_by != sandbox::EndedBy::program) {
    result.difference = "did not end by itself";
    result.ended = std::move(report);
    return result;
  }
  const bool exited = report.exit.kind == sandbox::Exit::Kind::exited;
  const bool any_exit_will_do = !wanted.expected_exit && exited;
  if (any_exit_will_do || (exited && report.exit.value == wanted.expected_exit)) {
    result.difference = difference(wanted.expected_output, report.standard_output, comparison);
    return result;
  }
  result.difference = "expected exit code " + std::to_string(wanted.expected_exit.value_or(0)) +
                      ", found " + how_it_ended(report.exit);
  if (!exited || wanted.expected_exit.value_or(0) == 0) result.ended = std::move(report);
  return result;
}

bool hit_a_limit(const CaseResult& result) {
  return result.ended && result.ended->ended_by != sandbox::EndedBy::program;
}

Value literal(const Argument& argument) {
  if (const auto* value = std::get_if<Value>(&argument.data)) return *value;
  if (const auto* list = std::get_if<ArgumentList>(&argument.data)) {
    List out;
    for (const Argument& item : list->items) out.items.push_back(literal(item));
    return Value{std::move(out)};
  }
  const auto* object = std::get_if<ArgumentObject>(&argument.data);
  JUDGE_CHECK(object != nullptr, "the loader refuses references in literal calls");
  Object out;
  for (const auto& [name, value] : object->fields) out.fields.emplace_back(name, literal(value));
  return Value{std::move(out)};
}

Value call_request(const FunctionCase& wanted, const std::string& function, std::int64_t number) {
  List arguments;
  for (const Argument& argument : wanted.call.arguments)
    arguments.items.push_back(literal(argument));
  Value options;
  if (wanted.call.options) options = literal(Argument{*wanted.call.options});
  return Value{Object{{{"case", Value{number}},
                       {"function", Value{function}},
                       {"arguments", Value{std::move(arguments)}},
                       {"options", std::move(options)}}}};
}

bool is_expected_error(const ExpectedThrow& wanted, const Value& thrown) {
  const auto* error = std::get_if<ErrorValue>(&thrown.data);
  const auto has_class = [&](const std::string& name) {
    return error != nullptr &&
           std::find(error->classes.begin(), error->classes.end(), name) != error->classes.end();
  };
  if (!wanted.names.empty() && std::none_of(wanted.names.begin(), wanted.names.end(), has_class))
    return false;
  return !wanted.message || (error != nullptr && error->message == *wanted.message);
}

std::string describe_throw(const ExpectedThrow& wanted) {
  std::string names;
  for (const std::string& name : wanted.names) names += (names.empty() ? "" : " or ") + name;
  return "a throw of " + (names.empty() ? std::string{"any error"} : names) +
         (wanted.message ? " with the message " + base::quoted(*wanted.message) : "");
}

bool is_final(const Answer& answer) {
  return answer.type == FrameType::fulfilled || answer.type == FrameType::rejected ||
         answer.type == FrameType::threw;
}

// Calls, and lets time pass while the call has not settled and a timer is pending, or the program
// turns without end: it may be looking at the clock.
base::Result<Actor::Answers> call_and_wait(Actor& actor, const FunctionCase& wanted,
                                           const std::string& function, std::int64_t number) {
  constexpr int kMostWaits = 40;
  JUDGE_TRY(Actor::Answers all,
            actor.request(FrameType::call, call_request(wanted, function, number)));
  for (int waits = 0; waits < kMostWaits; ++waits) {
    auto* answers = std::get_if<std::vector<Answer>>(&all);
    if (answers == nullptr || std::any_of(answers->begin(), answers->end(), is_final)) break;
    const Rest rest = read_rest(answers->back().payload).value_or(Rest{});
    if (!rest.may_go_on()) break;
    JUDGE_TRY_VOID(actor.ask_to_wait(actor.longest_wait(number, rest.has_timers())));
    JUDGE_TRY(Actor::Answers more, actor.await_answers());
    if (auto* later = std::get_if<std::vector<Answer>>(&more)) {
      std::move(later->begin(), later->end(), std::back_inserter(*answers));
    } else {
      all = std::move(more);
    }
  }
  return all;
}

// Nothing when the answers are as expected.
std::optional<std::string> judge_call(const FunctionCase& wanted,
                                      const std::vector<Answer>& answers) {
  const auto final_answer = std::find_if(answers.begin(), answers.end(), is_final);
  const auto* value = std::get_if<Value>(&wanted.expected);
  const std::string expected =
      value != nullptr ? show(*value) : describe_throw(std::get<ExpectedThrow>(wanted.expected));
  if (final_answer == answers.end()) return "expected " + expected + ", but the call never settled";
  const bool fulfilled = final_answer->type == FrameType::fulfilled;
  const auto outcome = field(final_answer->payload, fulfilled ? "value" : "error");
  if (!outcome) return "expected " + expected + ", found nothing that can be read";
  const bool as_expected =
      value != nullptr
          ? fulfilled && same(*value, **outcome)
          : !fulfilled && is_expected_error(std::get<ExpectedThrow>(wanted.expected), **outcome);
  if (as_expected) return {};
  return "expected " + expected + ", found " + (fulfilled ? "" : "a throw of ") + show(**outcome);
}

}  // namespace

base::Result<CasesOutcome> run_program_cases(const sandbox::Host& host, const ProgramPlan& program,
                                             const CasesPlan& plan) {
  CasesOutcome outcome;
  sandbox::Cell cell{host};  // the cases try one program, and may share a place
  for (std::size_t i = 0; i < plan.cases.size(); ++i) {
    const auto& wanted = std::get<ProgramCase>(plan.cases[i].what);
    sandbox::Program run = program.program;
    run.arguments.insert(run.arguments.end(), wanted.arguments.begin(), wanted.arguments.end());
    if (program.virtual_time) {
      JUDGE_TRY(run.clock, VirtualClock::make(host.time_mode()));
    }
    run.input = std::make_shared<const std::string>(wanted.input);
    JUDGE_TRY(sandbox::RunReport report, cell.run(run, program.limits));
    outcome.usage += report.usage;
    outcome.results.push_back(judge_program(i, wanted, plan.comparison, std::move(report)));
    if (hit_a_limit(outcome.results.back())) break;
  }
  return outcome;
}

base::Result<CasesOutcome> run_function_cases(const sandbox::Host& host, const ActorPlan& plan,
                                              const CasesPlan& cases) {
  CasesOutcome outcome;
  std::optional<Actor> actor;
  const auto record_end = [&](CaseResult& result, Ended ended) {
    outcome.usage += ended.report.usage;
    result.difference = "the program ended before it answered";
    result.violation = std::move(ended.violation);
    result.ended = std::move(ended.report);
    actor.reset();
  };
  for (std::size_t i = 0; i < cases.cases.size(); ++i) {
    const auto& wanted = std::get<FunctionCase>(cases.cases[i].what);
    CaseResult& result = outcome.results.emplace_back(
        CaseResult{.index = i, .difference = {}, .ended = {}, .violation = {}, .load_failed = {}});
    if (!actor) {
      JUDGE_TRY(Actor::Started started, Actor::start(host, plan));
      if (auto* failed = std::get_if<LoadFailed>(&started)) {
        result.difference = "the submission does not load";
        result.load_failed = std::move(*failed);
        return outcome;
      }
      if (auto* ended = std::get_if<Ended>(&started)) {
        record_end(result, std::move(*ended));
        return outcome;
      }
      actor.emplace(std::get<Actor>(std::move(started)));
    }
    const std::string function =
        wanted.call.function.empty() ? plan.exports.front() : wanted.call.function;
    JUDGE_TRY(Actor::Answers answers,
              call_and_wait(*actor, wanted, function, static_cast<std::int64_t>(i) + 1));
    if (auto* ended = std::get_if<Ended>(&answers)) {
      record_end(result, std::move(*ended));
      if (hit_a_limit(result)) return outcome;
    } else {
      result.difference = judge_call(wanted, std::get<std::vector<Answer>>(answers));
    }
  }
  if (actor) {
    JUDGE_TRY(const sandbox::RunReport report, std::move(*actor).stop());
    outcome.usage += report.usage;
  }
  return outcome;
}

}  // namespace harness
