#include "judge/grading/grade.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>

#include "harnesses/schedule/oracle/oracle.hpp"
#include "judge/grading/evidence.hpp"
#include "judge/grading/grade_property.hpp"
#include "judge/grading/keeps_clock.hpp"
#include "judge/grading/part_of_test.hpp"
#include "judge/grading/schedule_suite.hpp"
#include "judge/grading/scorecard.hpp"
#include "judge/problem/digest.hpp"
#include "judge/submission/load_submission.hpp"
#include "judge/toolchain/build.hpp"
#include "judge/verdict/decide_verdict.hpp"
#include "sandbox/base/check.hpp"

namespace judge {
namespace {

constexpr int kCasesPerProcess = 4000;
// Ours, so generous; still bounded.
constexpr std::chrono::seconds kReferenceCpu{300};
constexpr std::chrono::seconds kReferenceWall{600};

std::uint64_t hash64(std::string_view first, std::string_view second) {
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, hash.size());
  for (const std::string_view part : {first, std::string_view{"\0", 1}, second}) {
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()),
                              part.size());
  }
  crypto_generichash_final(&state, hash.data(), hash.size());
  std::uint64_t number = 0;
  std::memcpy(&number, hash.data(), sizeof number);
  return number;
}

bool uses(const std::vector<std::string>& names, const char* name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::uint64_t default_seed(const Problem& problem, const Submission& submission) {
  return hash64(problem.digest, submission.digest);
}

class Grader::Impl {
 public:
  Impl(const sandbox::Host& host, const Toolchain& toolchain)
      : host_{host}, toolchain_{toolchain} {}

  base::Result<Verdict> grade(const Problem& problem, const Submission& submission,
                              const GradeOptions& options) {
    Verdict verdict;
    verdict.problem_id = problem.id;
    verdict.problem_digest = problem.digest;
    verdict.submission_path = submission.display_name;
    verdict.submission_digest = submission.digest;
    verdict.language = submission.language;
    verdict.enforced = host_.enforced();
    verdict.seed = options.seed.value_or(default_seed(problem, submission));
    Scorecard scorecard{problem, submission.language, options.only};

    std::vector<Test> tests;
    for (const Test& test : problem.tests) {
      if (!applies(test, submission.language)) continue;
      if (auto part = restricted(test, options.only)) tests.push_back(std::move(*part));
    }
    JUDGE_TRY(const harness::CrashRules rules, crash_rules(problem));
    report(options, {"building", 0, tests.size()});
    JUDGE_TRY(auto built, build_on_clock(problem, submission));
    verdict.enforced.time =
        sandbox::name_of(is_on_clock(built) ? host_.time_mode() : sandbox::TimeMode::real);
    if (auto* failure = std::get_if<CompileFailure>(&built)) {
      verdict.usage = failure->usage;
      scorecard.stop(VerdictKind::compile_error, {.test = {},
                                                  .summary = failure->summary,
                                                  .output = std::move(failure->output),
                                                  .replay = {}});
    } else {
      const Context context{problem, submission.language, std::get<Built>(built), rules, options};
      JUDGE_TRY_VOID(run_tests(context, tests, verdict.seed, scorecard));
    }
    std::move(scorecard).write_to(verdict);
    return verdict;
  }

  base::Status check_predicates(const Problem& problem) {
    return crash_rules(problem).map([](auto) {});
  }

  base::Result<ReplayOutcome> replay(const Problem& problem, const Submission& submission,
                                     const std::string& test_name, const std::string& criterion,
                                     const std::string& replay_string) {
    const auto test = std::find_if(problem.tests.begin(), problem.tests.end(),
                                   [&](const Test& each) { return each.name == test_name; });
    if (test == problem.tests.end())
      return base::invalid_input("the problem has no test '" + test_name + "'");
    JUDGE_TRY(const harness::CrashRules rules, crash_rules(problem));
    JUDGE_TRY(auto built, build_on_clock(problem, submission));
    if (const auto* failure = std::get_if<CompileFailure>(&built)) {
      return ReplayOutcome{.fails_again = false, .summary = failure->summary};
    }
    const GradeOptions options;
    const Context context{problem, submission.language, std::get<Built>(built), rules, options};
    if (const auto* property = std::get_if<PropertyTest>(&test->plan)) {
      JUDGE_TRY(const PropertySurroundings around, surroundings(context, *property));
      return replay_property(around, *property, criterion, replay_string);
    }
    if (const auto* schedule = std::get_if<ScheduleTest>(&test->plan)) {
      return replay_schedule(context, *test, *schedule, criterion, replay_string);
    }
    return replay_case(context, *test, criterion, replay_string);
  }

 private:
  struct Context {
    const Problem& problem;
    Language language;
    const Built& built;
    harness::CrashRules rules;
    const GradeOptions& options;
  };

  // What runs then lives in virtual time wherever that can be had; compilers do not.
  base::Result<std::variant<Built, CompileFailure>> build_on_clock(const Problem& problem,
                                                                   const Submission& submission) {
    JUDGE_TRY(auto built, build(host_, toolchain_, problem, submission));
    if (auto* ready = std::get_if<Built>(&built)) {
      JUDGE_TRY(const bool kept, keeps_clock(host_, *ready));
      std::visit([&](auto& plan) { plan.virtual_time = kept; }, *ready);
    }
    return built;
  }

  static bool is_on_clock(const Built& built) {
    return std::visit([](const auto& plan) { return plan.virtual_time; }, built);
  }
  // What does not compile would have been.
  [[nodiscard]] bool is_on_clock(const std::variant<Built, CompileFailure>& built) const {
    const auto* ready = std::get_if<Built>(&built);
    return ready == nullptr ? host_.time_mode() != sandbox::TimeMode::real : is_on_clock(*ready);
  }

  static void report(const GradeOptions& options, Progress progress) {
    if (options.on_progress) options.on_progress(progress);
  }

  base::Result<harness::Oracle*> oracle() {
    if (!oracle_) {
      JUDGE_TRY(harness::Oracle started, harness::Oracle::start(host_, oracle_plan(toolchain_)));
      oracle_.emplace(std::move(started));
    }
    return &*oracle_;
  }

  base::Result<harness::Compiled> compiled(const ScheduleTest& plan) {
    JUDGE_TRY(harness::Oracle* const evaluator, oracle());
    auto answer = evaluator->compile(plan);
    if (!answer && answer.error().kind() != base::Error::Kind::invalid_input) oracle_.reset();
    return answer;
  }

  // The oracle judges this plan's traces from now on.
  base::Status aim_at(const ScheduleTest& plan) {
    return compiled(plan).map([](const auto&) {});
  }

  // Compiles every test's predicates, so that an author's mistake is found before anything runs,
  // and finds out whether any of them judges errors that nobody handled. The answer is kept: it
  // belongs to the problem's bytes.
  base::Result<harness::CrashRules> crash_rules(const Problem& problem) {
    const auto known = rules_.find(problem.digest);
    if (known != rules_.end()) return known->second;
    harness::CrashRules rules;
    std::string complaints;
    const auto complain = [&](const base::Error& error) {
      complaints += (complaints.empty() ? "" : "\n") + error.message();
      return error.kind() == base::Error::Kind::invalid_input;
    };
    for (const Test& test : problem.tests) {
      if (const auto* property = std::get_if<PropertyTest>(&test.plan)) {
        JUDGE_TRY(harness::Oracle* const evaluator, oracle());
        const auto usable = harness::PropertyOracle::compile(*evaluator, *property);
        if (!usable && !complain(usable.error())) return base::fail(usable.error());
      }
      const auto* plan = std::get_if<ScheduleTest>(&test.plan);
      if (plan == nullptr) continue;
      const auto answer = compiled(*plan);
      if (!answer) {
        if (!complain(answer.error())) return base::fail(answer.error());
        continue;
      }
      rules.unhandled_ends = rules.unhandled_ends && !uses(answer->names, "unhandled");
      rules.uncaught_ends = rules.uncaught_ends && !uses(answer->names, "uncaught");
    }
    if (!complaints.empty()) return base::invalid_input(std::move(complaints));
    rules_.emplace(problem.digest, rules);
    return rules;
  }

  base::Status run_tests(const Context& context, const std::vector<Test>& tests, std::uint64_t seed,
                         Scorecard& scorecard) {
    JUDGE_TRY(std::optional<ScheduleSuite> suite, suite_of(context, tests));
    for (std::size_t i = 0; i < tests.size() && !scorecard.stopped(); ++i) {
      report(context.options, {tests[i].name, i, tests.size()});
      const std::uint64_t of_test = hash64(std::to_string(seed), tests[i].name);
      if (const auto* schedule = std::get_if<ScheduleTest>(&tests[i].plan)) {
        JUDGE_TRY_VOID(search(context, *suite, tests[i], *schedule, tests, of_test, scorecard));
      } else if (const auto* property = std::get_if<PropertyTest>(&tests[i].plan)) {
        const auto budget =
            budget_for(context.options.effort, *property, tests.size(), context.options.ablation);
        JUDGE_TRY_VOID(search_property(context, tests[i], *property, of_test, budget, scorecard));
      } else {
        const auto& cases = std::get<CasesTest>(tests[i].plan);
        JUDGE_TRY(harness::CasesOutcome outcome, run_cases(context, cases));
        scorecard.add(tests[i], cases, std::move(outcome));
      }
    }
    if (!suite) return {};
    JUDGE_TRY(const std::vector<std::string> names, suite->find_nondeterministic());
    for (const std::string& name : names) scorecard.note_nondeterminism(name);
    JUDGE_TRY_VOID(suite->driver().restart());
    scorecard.add_usage(suite->driver().usage());
    return {};
  }

  base::Status search(const Context& context, ScheduleSuite& suite, const Test& test,
                      const ScheduleTest& plan, const std::vector<Test>& tests, std::uint64_t seed,
                      Scorecard& scorecard) {
    const bool needs_clock = plan.operations && plan.operations->advance;
    if (needs_clock && !is_on_clock(context.built)) {
      const auto clock = host_.can_virtualise_time();
      scorecard.cannot_enforce(
          plan, "the test moves time, which is real on this host: " +
                    (clock ? "no library can be put into the program" : clock.error().message()));
      return {};
    }
    const std::set<std::string> decided = scorecard.decided();
    if (scorecard.has_decided(plan.predicates)) {
      scorecard.skip(test);
      return {};
    }
    JUDGE_TRY_VOID(aim_at(plan));
    JUDGE_TRY(harness::Oracle* const evaluator, oracle());
    const std::size_t place = *suite.place(test.name);
    auto exploration = harness::explore(
        suite.driver(), place, *evaluator, seed,
        budget_for(context.options.effort, plan, tests, context.options.ablation), decided);
    if (!exploration) {
      oracle_.reset();
      return base::fail(std::move(exploration).error());
    }
    if (exploration->suspect && !exploration->interruption) {
      suite.suspect(place, std::move(*exploration->suspect));
    }
    scorecard.add(test, plan, std::move(*exploration),
                  [&](const auto& cases) { return suite.to_text(cases, place); });
    return {};
  }

  base::Result<PropertySurroundings> surroundings(const Context& context,
                                                  const PropertyTest& plan) {
    const auto* actor = std::get_if<harness::ActorPlan>(&context.built);
    JUDGE_CHECK(actor != nullptr, "the loader refuses property tests of programs");
    JUDGE_TRY(const harness::ActorPlan* const reference, reference_for(context, plan.predicates));
    JUDGE_TRY(harness::Oracle* const evaluator, oracle());
    return PropertySurroundings{.host = host_,
                                .actor = *actor,
                                .reference = reference,
                                .oracle = *evaluator,
                                .rules = context.rules,
                                .language = to_string(context.language)};
  }

  base::Status search_property(const Context& context, const Test& test, const PropertyTest& plan,
                               std::uint64_t seed, const harness::PropertyBudget& budget,
                               Scorecard& scorecard) {
    JUDGE_TRY(const PropertySurroundings around, surroundings(context, plan));
    auto status = grade_property(around, test, plan, seed, budget, scorecard);
    if (!status) oracle_.reset();
    return status;
  }

  base::Result<harness::CasesOutcome> run_cases(const Context& context, const CasesTest& cases) {
    if (const auto* program = std::get_if<harness::ProgramPlan>(&context.built)) {
      return harness::run_program_cases(host_, *program, cases);
    }
    return harness::run_function_cases(host_, std::get<harness::ActorPlan>(context.built), cases);
  }

  // The schedule tests among these, on one driver; nothing when there are none.
  base::Result<std::optional<ScheduleSuite>> suite_of(const Context& context,
                                                      const std::vector<Test>& tests) {
    std::vector<ScheduleSuite::Member> members;
    const harness::ActorPlan* reference = nullptr;
    const auto* actor = std::get_if<harness::ActorPlan>(&context.built);
    for (const Test& test : tests) {
      const auto* plan = std::get_if<ScheduleTest>(&test.plan);
      if (plan == nullptr) continue;
      JUDGE_CHECK(actor != nullptr, "the loader refuses schedule tests of programs");
      JUDGE_TRY(const harness::Compiled names, compiled(*plan));
      JUDGE_TRY(const harness::ActorPlan* const compared_with,
                reference_for(context, plan->predicates));
      if (compared_with != nullptr) reference = compared_with;
      const std::string function =
          plan->call.function.empty() ? actor->exports.front() : plan->call.function;
      const bool inspect = uses(names.names, "listeners") || uses(names.names, "closed") ||
                           uses(names.names, "unhandled");
      members.push_back({.name = test.name,
                         .test = {.plan = plan,
                                  .options = {.function = function,
                                              .exports = actor->exports,
                                              .inspect_at_end = inspect,
                                              .same_turn = context.options.ablation.pairs}}});
    }
    if (members.empty()) return std::optional<ScheduleSuite>{};
    return std::optional<ScheduleSuite>{
        ScheduleSuite{{.host = &host_,
                       .actor = actor,
                       .reference = reference,
                       .dialect = harness::dialect_of(to_string(context.language)),
                       .crash = context.rules,
                       .cases_per_process = kCasesPerProcess},
                      members}};
  }

  // What a test compares with, built once a problem and language; nullptr when it compares with
  // nothing. A reference that does not build is the author's mistake.
  base::Result<const harness::ActorPlan*> reference_for(const Context& context,
                                                        const std::vector<Predicate>& predicates) {
    const bool compares =
        std::any_of(predicates.begin(), predicates.end(),
                    [](const Predicate& each) { return each.when == When::equals_reference; });
    if (!compares) return nullptr;
    const auto key = std::pair{context.problem.digest, context.language};
    if (const auto known = references_.find(key); known != references_.end()) {
      return &known->second;
    }
    const Problem& problem = context.problem;
    const std::string name = problem.reference_for(context.language);
    JUDGE_TRY(const Submission submission,
              load_submission(problem.folder / name, language_of_file(name), problem));
    JUDGE_TRY(auto built, build_on_clock(problem, submission));
    auto* ready = std::get_if<Built>(&built);
    auto* actor = ready == nullptr ? nullptr : std::get_if<harness::ActorPlan>(ready);
    if (actor == nullptr) {
      const auto* failure = std::get_if<CompileFailure>(&built);
      return base::internal("reference: " + name +
                            ": does not compile: " + (failure != nullptr ? failure->summary : ""));
    }
    actor->limits.cpu = kReferenceCpu;
    actor->limits.wall = kReferenceWall;
    return &references_.emplace(key, std::move(*actor)).first->second;
  }

  base::Result<ReplayOutcome> replay_schedule(const Context& context, const Test& test,
                                              const ScheduleTest& plan,
                                              const std::string& criterion,
                                              const std::string& replay_string) {
    std::vector<Test> tests;
    for (const Test& each : context.problem.tests) {
      if (applies(each, context.language)) tests.push_back(each);
    }
    JUDGE_TRY(std::optional<ScheduleSuite> suite, suite_of(context, tests));
    const auto place = suite->place(test.name);
    if (!place) return base::invalid_input("test '" + test.name + "' is not for this language");
    const auto cases = suite->parse(replay_string, *place);
    if (!cases)
      return base::invalid_input("'" + replay_string +
                                 "' is no replay string of this problem; it begins with r2:");
    JUDGE_TRY_VOID(aim_at(plan));
    JUDGE_TRY(harness::Oracle* const evaluator, oracle());
    JUDGE_TRY(harness::Replayed replayed, harness::replay(suite->driver(), *evaluator, *cases));
    for (const harness::PredicateFailure& failure : replayed.failures) {
      if (plan.predicates[failure.predicate].criterion != criterion) continue;
      const auto& trace = std::get<harness::Trace>(replayed.last.outcome);
      JUDGE_TRY(std::string explanation, evaluator->explain(failure.predicate, trace));
      const harness::Finding finding{.criterion = criterion,
                                     .predicate = failure.predicate,
                                     .event = failure.event,
                                     .values = failure.values,
                                     .is_asked = failure.is_asked,
                                     .trace = trace,
                                     .replay = *cases,
                                     .found_at = 0,
                                     .reproducible = true,
                                     .other_course = {},
                                     .explanation = std::move(explanation)};
      return ReplayOutcome{.fails_again = true,
                           .summary = evidence_of("", plan, finding, replay_string).summary()};
    }
    const bool ended = !std::holds_alternative<harness::Trace>(replayed.last.outcome);
    return ReplayOutcome{
        .fails_again = false,
        .summary = ended ? "the program did not get to the end of the case" : "holds"};
  }

  base::Result<ReplayOutcome> replay_case(const Context& context, const Test& test,
                                          const std::string& criterion,
                                          const std::string& replay_string) {
    CasesTest one = std::get<CasesTest>(test.plan);
    const auto index = parse_case_replay_string(replay_string);
    if (!index || *index >= one.cases.size()) {
      return base::invalid_input("'" + replay_string +
                                 "' is no replay string of this test; it begins with c1:");
    }
    one.cases = {one.cases[*index]};
    JUDGE_TRY(const harness::CasesOutcome outcome, run_cases(context, one));
    const auto& criteria = one.cases.front().criteria;
    const bool about = std::find(criteria.begin(), criteria.end(), criterion) != criteria.end();
    const auto& difference = outcome.results.front().difference;
    return ReplayOutcome{.fails_again = about && difference.has_value(),
                         .summary = difference.value_or("as expected")};
  }

  const sandbox::Host& host_;
  const Toolchain& toolchain_;
  std::optional<harness::Oracle> oracle_;
  std::map<std::string, harness::CrashRules> rules_;
  std::map<std::pair<std::string, Language>, harness::ActorPlan> references_;
};

Grader::Grader(const sandbox::Host& host, const Toolchain& toolchain)
    : impl_{std::make_unique<Impl>(host, toolchain)} {}
Grader::~Grader() = default;
Grader::Grader(Grader&&) noexcept = default;
Grader& Grader::operator=(Grader&&) noexcept = default;

base::Result<Verdict> Grader::grade(const Problem& problem, const Submission& submission,
                                    const GradeOptions& options) {
  return impl_->grade(problem, submission, options);
}

base::Status Grader::check_predicates(const Problem& problem) {
  return impl_->check_predicates(problem);
}

base::Result<Grader::ReplayOutcome> Grader::replay(const Problem& problem,
                                                   const Submission& submission,
                                                   const std::string& test,
                                                   const std::string& criterion,
                                                   const std::string& replay_string) {
  return impl_->replay(problem, submission, test, criterion, replay_string);
}

}  // namespace judge
