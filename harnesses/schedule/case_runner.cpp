#include "harnesses/schedule/case_runner.hpp"

#include <deque>
#include <optional>
#include <utility>

#include "harnesses/schedule/case_in_progress.hpp"
#include "harnesses/schedule/operations_run.hpp"
#include "harnesses/schedule/script_answers.hpp"
#include "harnesses/schedule/script_request.hpp"

namespace harness {
namespace {

// A script has a number for every act, which are fewer than an ordinary case may have.
constexpr std::int64_t kMostScriptedInputs = 200;
constexpr std::size_t kMostScriptBytes = std::size_t{1} << 20U;

std::int64_t most_inputs(const SchedulePlan& plan) {
  std::int64_t most = 0;
  for (const Given& given : plan.given) {
    if (const auto* inputs = std::get_if<ControlledInputs>(&given.generator)) most += inputs->high;
  }
  return most;
}

CaseRunner::Outcome outcome_of(CaseInProgress& progress, std::optional<Ended> ended) {
  if (!ended) return std::move(progress.trace());
  return CaseRunner::Interrupted{.ended = std::move(*ended), .so_far = std::move(progress.trace())};
}

// A case of a script, which does not move: its choices are referred to.
struct ScriptedCase {
  explicit ScriptedCase(ForeseenSource& source) : choices{source} {}
  Choices choices;
  std::optional<CaseInProgress> progress;
};

}  // namespace

base::Result<CaseRunner::Outcome> CaseRunner::run(const Processes& processes, Choices& choices,
                                                  std::int64_t number) {
  if (plan_.operations) {
    OperationsRun run{plan_, dialect_, options_, processes, choices, tokens_, number};
    return run.run();
  }
  CaseInProgress progress{processes.program, generate(plan_, dialect_, choices, tokens_), dialect_,
                          number};
  JUDGE_TRY(std::optional<Ended> ended, progress.drive(choices, options_));
  return outcome_of(progress, std::move(ended));
}

bool CaseRunner::can_script() const {
  return dialect_.has_scripts && !plan_.operations && most_inputs(plan_) <= kMostScriptedInputs;
}

base::Result<std::vector<CaseRunner::Scripted>> CaseRunner::run_script(
    Actor& actor, std::span<ForeseenSource* const> sources, std::int64_t first) {
  std::deque<ScriptedCase> cases;
  ScriptRequest request{options_, first};
  for (ForeseenSource* const source : sources) {
    if (request.size() > kMostScriptBytes) break;
    ScriptedCase& each = cases.emplace_back(*source);
    GeneratedCase generated = generate(plan_, dialect_, each.choices, tokens_);
    request.add(generated, *source);
    const auto number = first + static_cast<std::int64_t>(cases.size()) - 1;
    each.progress.emplace(actor, std::move(generated), dialect_, number);
  }
  JUDGE_TRY(Actor::Answers answers, actor.request(FrameType::script, std::move(request).take()));
  std::vector<Scripted> ran;
  if (auto* ended = std::get_if<Ended>(&answers)) {
    ran.push_back({.outcome = outcome_of(*cases.front().progress, std::move(*ended)),
                   .drawn = cases.front().choices.recording()});
    return ran;
  }
  ScriptAnswers script{std::move(std::get<std::vector<Answer>>(answers))};
  base::Result<bool> is_over = false;
  for (auto each = cases.begin(); is_over && !*is_over && each != cases.end(); ++each) {
    each->progress->follow(script);
    JUDGE_TRY(std::optional<Ended> ended, each->progress->drive(each->choices, options_));
    const bool has_ended = ended.has_value();
    ran.push_back({.outcome = outcome_of(*each->progress, std::move(ended)),
                   .drawn = each->choices.recording()});
    if (has_ended) return ran;
    is_over = script.at_end();
  }
  if (is_over && *is_over) return ran;
  JUDGE_TRY(Ended ended, actor.condemn(is_over ? "events behind the last case of a script"
                                               : is_over.error().message()));
  ran.back().outcome = Interrupted{.ended = std::move(ended),
                                   .so_far = std::get<Trace>(std::move(ran.back().outcome))};
  return ran;
}

}  // namespace harness
