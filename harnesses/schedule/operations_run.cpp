#include "harnesses/schedule/operations_run.hpp"

#include <algorithm>

#include "harnesses/protocol/show.hpp"
#include "harnesses/schedule/compare_sides.hpp"
#include "sandbox/base/check.hpp"
#include "sandbox/base/escape.hpp"

namespace harness {
namespace {

using Kind = Event::Kind;
using Nanoseconds = std::chrono::nanoseconds;
using std::chrono::milliseconds;

constexpr int kMostActs = 1000;
constexpr int kMostWaits = 20;           // for timers, once nothing else can happen
constexpr int kMostSilentWaits = 3;      // one after the other, while no call is pending
constexpr std::int64_t kMostForms = 16;  // of a callback's invocations

Value form_value(const Side::Form& form) {
  return Value{Object{{{"how", Value{form.how}}, {"value", form.outcome.sent}}}};
}

bool is_plain(const CallbackPlan& plan) {
  return std::none_of(plan.how.begin(), plan.how.end(),
                      [](const std::string& how) { return is_later(how); });
}

// Invocations that all settle later need no forms. `steps`: of the case.
std::vector<Side::Form> draw_forms(const CallbackPlan& plan, const std::string& name,
                                   std::int64_t steps, Choices& choices, ValueMaker& values) {
  std::vector<Side::Form> forms;
  if (plan.how.size() == 1 && plan.how.front() == "later") return forms;
  const std::int64_t count = is_plain(plan) ? kMostForms : std::min(steps, kMostForms);
  for (std::int64_t i = 0; i < count; ++i) {
    Side::Form form{.how = plan.how[choices.draw(Purpose::variant, plan.how.size())],
                    .outcome = {}};
    form.fails = form.how == "throws";
    const std::string label = name + " " + std::to_string(i);
    if (!is_later(form.how)) form.outcome = values.outcome(plan, form.fails, label);
    forms.push_back(std::move(form));
  }
  return forms;
}

// `given` can only be named: the shim has not read all of it yet when it reads this.
Value call_back_value(const CallBack& calls, const SchedulePlan& plan, const Trace& trace) {
  List arguments;
  for (const Argument& argument : calls.arguments) {
    const auto* reference = std::get_if<Reference>(&argument.data);
    if (reference == nullptr) {
      arguments.items.push_back(Value{Object{{{"value", std::get<Value>(argument.data)}}}});
      continue;
    }
    const std::size_t index = index_of(*reference, plan);
    const Trace::Drawn& drawn = trace.given[index];
    arguments.items.push_back(
        drawn.is_callback ? Value{Object{{{"given", Value{static_cast<std::int64_t>(index)}}}}}
                          : Value{Object{{{"value", drawn.value}}}});
  }
  return Value{
      Object{{{"function", Value{calls.method}}, {"arguments", Value{std::move(arguments)}}}}};
}

// Programs that ask for the time again and again have made parts of one pass.
Nanoseconds to_whole_millisecond(Side& side) {
  const Nanoseconds now = *side.actor().now();
  return std::chrono::ceil<milliseconds>(now) - now;
}

base::Error reference_ended(const Ended& ended) {
  const std::string why =
      ended.violation.empty() ? "it exited or met a limit" : base::escape(ended.violation);
  return base::internal_error(
      "reference: ended in the middle of a case: " + why +
      "; its last words: " + base::quoted(ended.report.standard_error, 1000));
}

}  // namespace

OperationsRun::OperationsRun(const SchedulePlan& plan, const Dialect& dialect,
                             const CaseRunner::Options& options,
                             const CaseRunner::Processes& processes, Choices& choices,
                             TokenSource& tokens, std::int64_t number)
    : plan_{plan},
      dialect_{dialect},
      operations_{*plan.operations},
      options_{options},
      choices_{choices},
      values_{dialect, choices, tokens, generated_.trace},
      forms_(plan.given.size()),
      side_{processes.program,         generated_.trace, dialect, forms_, number,
            processes.most_older_ticks},
      steps_{plan, dialect, options.exports, choices, values_, generated_} {
  generate(plan, choices, values_, generated_);
  const auto sizes = static_cast<std::uint64_t>(operations_.steps.high - operations_.steps.low) + 1;
  steps_left_ =
      operations_.steps.low + static_cast<std::int64_t>(choices.draw(Purpose::size, sizes));
  time_acts_left_ = static_cast<int>(2 * steps_left_) + 2;
  steps_.draw_swarm();
  // In half of all random cases most turns hold two acts.
  weight_of_pairs_ = choices.draw(Purpose::swarm, 2) == 1 ? 8 : 1;
  // A call may pass each given input on to a callback.
  const auto expected = steps_left_ + static_cast<std::int64_t>(generated_.trace.inputs.size());
  for (std::size_t i = 0; i < plan.given.size(); ++i) {
    const auto* callback = std::get_if<CallbackPlan>(&plan.given[i].generator);
    if (callback == nullptr) continue;
    forms_[i] = {.first = draw_forms(*callback, plan.given[i].name, expected, choices, values_),
                 .again = is_plain(*callback)};
    List forms;
    for (const Side::Form& form : forms_[i].first) forms.items.push_back(form_value(form));
    const Value calls =
        callback->calls ? call_back_value(*callback->calls, plan, generated_.trace) : Value{};
    generated_.given[i] = Value{Controlled{"callback",
                                           {{"first", Value{std::int64_t{first_invocation(i)}}},
                                            {"forms", Value{std::move(forms)}},
                                            {"plain", Value{is_plain(*callback)}},
                                            {"calls", calls}}}};
  }
  for (const Operation& each : operations_.operations) {
    generated_.trace.operations.push_back(each.name);
  }
  if (processes.reference == nullptr) return;
  reference_trace_ = generated_.trace;
  reference_.emplace(*processes.reference, reference_trace_, dialect, forms_, number,
                     processes.most_older_ticks);
}

base::Result<CaseRunner::Outcome> OperationsRun::run() {
  JUDGE_TRY(std::optional<Ended> ended, drive());
  Trace& trace = generated_.trace;
  if (!ended && is_worn_out()) return CaseRunner::Outcome{CaseRunner::WornOut{}};
  if (!ended) {
    trace.stuck = side_.has_pending_calls();
    trace.settled = !trace.stuck;
    if (options_.inspect_at_end) {
      JUDGE_TRY(ended, side_.inspect());
    }
  }
  if (ended) {
    return CaseRunner::Outcome{
        CaseRunner::Interrupted{.ended = std::move(*ended), .so_far = std::move(trace)}};
  }
  return CaseRunner::Outcome{std::move(trace)};
}

Side::Step OperationsRun::drive() {
  JUDGE_TRY(std::optional<Ended> ended, begin());
  int waits = 0;
  int silent_waits = 0;  // what only ticks, like a sweep, need not be watched for long
  for (int acts = 0; acts < kMostActs && !ended && !is_worn_out(); ++acts) {
    if (const auto weights = weights_of_acts()) {
      const auto span = choices_.span("act");
      JUDGE_TRY(ended, act(Act(choices_.draw_possible(Purpose::act, *weights))));
    } else if (waits < kMostWaits && silent_waits < kMostSilentWaits &&
               (side_.waits_for_time() || (reference_ && reference_->waits_for_time()))) {
      ++waits;
      const std::size_t seen = generated_.trace.events.size();
      const bool turns = only_turns();
      JUDGE_TRY(ended, operations_.at_end ? wait_long() : wait_for_timer());
      const bool tells = tells_anything_since(seen);
      if (turns && !tells) break;
      const bool is_pending =
          side_.has_pending_calls() || (reference_ && reference_->has_pending_calls());
      silent_waits = is_pending || tells ? 0 : silent_waits + 1;
    } else {
      break;
    }
  }
  return ended;
}

// Whether the program did something, other than to rest; the judge's act comes first.
bool OperationsRun::tells_anything_since(std::size_t event) const {
  const std::vector<Event>& events = generated_.trace.events;
  return std::any_of(events.begin() + static_cast<std::ptrdiff_t>(std::min(event, events.size())),
                     events.end(), [](const Event& each) {
                       return each.kind != Kind::rest && each.kind != Kind::wait &&
                              each.kind != Kind::advance;
                     });
}

Side::Step OperationsRun::begin() {
  JUDGE_TRY(std::optional<Ended> ended, side_.begin(generated_.given));
  if (ended) return ended;
  if (reference_) {
    JUDGE_TRY(ended, reference_->begin(generated_.given));
    if (ended) return base::fail(reference_ended(*ended));
  }
  JUDGE_TRY(ended, set_time_of_day());
  if (ended) return ended;
  side_.start_clock();
  if (reference_) reference_->start_clock();
  steps_.on(reference_ ? std::vector<Side*>{&side_, &*reference_} : std::vector<Side*>{&side_});
  const List creation = steps_.create();
  if (creation.items.empty()) return ended;
  if (const auto now = side_.actor().now()) acted_at_.push_back(*now);
  doing_ = "the construction";
  return perform_on_both(creation);
}

// All sides begin at the same time of day, at a whole millisecond. Where a test moves time it is
// the case's own, within a minute: a program may look at where a second or a minute begins, however
// long earlier cases took. The clock is set, as nobody's timers are to tick for that.
Side::Step OperationsRun::set_time_of_day() {
  if (!is_virtual()) return std::optional<Ended>{};
  JUDGE_TRY(const std::optional<Ended> ended, side_.advance(to_whole_millisecond(side_)));
  if (ended) return std::optional<Ended>{*ended};
  Nanoseconds wanted = *side_.actor().time_of_day();
  if (reference_) {
    JUDGE_TRY(const std::optional<Ended> died,
              reference_->advance(to_whole_millisecond(*reference_)));
    if (died) return base::fail(reference_ended(*died));
    wanted = std::max(wanted, *reference_->actor().time_of_day());
  }
  if (operations_.advance) {
    constexpr Nanoseconds kMinute = std::chrono::minutes{1};
    const std::int64_t offset = choices_.integer(Purpose::value, {0, 59'999, 0});
    wanted = (wanted + kMinute - Nanoseconds{1}) / kMinute * kMinute + milliseconds{offset};
  }
  side_.set_time_of_day(wanted);
  if (reference_) reference_->set_time_of_day(wanted);
  return std::optional<Ended>{};
}

std::optional<std::array<unsigned, OperationsRun::kActs>> OperationsRun::weights_of_acts() const {
  const bool can_operate = steps_left_ > 0 && steps_.has_operation();
  const std::size_t running = side_.running().size();
  const bool two = options_.same_turn;
  const bool time_left = operations_.advance && steps_left_ > 0 && time_acts_left_ > 0;
  // Where a call begins only when its task first runs, what settles beside it may come first or
  // not.
  const bool is_apart = operations_.alike && dialect_.abort_ends_inputs;
  const std::array<unsigned, kActs> weights = {
      can_operate ? 4U : 0U,
      running > 0 ? 3U : 0U,
      two && can_operate && steps_left_ > 1 ? weight_of_pairs_ : 0U,
      two && running > 1 ? weight_of_pairs_ : 0U,
      two && can_operate && running > 0 && !is_apart ? weight_of_pairs_ : 0U,
      time_left ? 3U : 0U,
  };
  if (std::all_of(weights.begin(), weights.end(), [](unsigned each) { return each == 0; })) {
    return {};
  }
  return weights;
}

Side::Step OperationsRun::act(Act chosen) {
  side_.begin_turn();
  if (reference_) reference_->begin_turn();
  doing_.clear();
  if (chosen == Act::pass_time) return pass_time();
  if (const auto now = side_.actor().now()) acted_at_.push_back(*now);
  List steps;
  const auto operate = [&] {
    const auto span = choices_.span("operation");
    --steps_left_;
    steps_.operate(steps, doing_);
  };
  using Outcome = OperationSteps::Outcome;
  const auto settle = [&](Outcome outcome) {
    const auto span = choices_.span("settlement");
    steps.items.push_back(steps_.settle(doing_, outcome));
  };
  switch (chosen) {
    case Act::operate:
      operate();
      break;
    case Act::settle:
      settle(Outcome::any);
      break;
    case Act::operate_twice:
      operate();
      if (steps_.has_operation()) operate();
      break;
    case Act::settle_twice:
      settle(Outcome::any);
      settle(operations_.alike ? Outcome::alike : Outcome::any);
      break;
    case Act::operate_and_settle:
      if (choices_.draw(Purpose::variant, 2) == 0) {
        operate();
        settle(Outcome::any);
      } else {
        settle(Outcome::any);
        if (steps_.has_operation()) operate();
      }
      break;
    case Act::pass_time:
      break;
  }
  return perform_on_both(steps);
}

// In how long the next timer of the program, or of the reference, is due.
std::optional<Nanoseconds> OperationsRun::next_timer() const {
  std::optional<Nanoseconds> next = side_.due();
  if (reference_ && reference_->due() && (!next || *reference_->due() < *next)) {
    next = reference_->due();
  }
  return next;
}

std::vector<Nanoseconds> OperationsRun::moments_ahead() const {
  const Nanoseconds now = *side_.actor().now();
  std::vector<Nanoseconds> ahead;
  for (const Argument& after : operations_.after) {
    const auto* reference = std::get_if<Reference>(&after.data);
    const Value& amount = reference != nullptr
                              ? generated_.trace.given[index_of(*reference, plan_)].value
                              : std::get<Value>(after.data);
    for (const Nanoseconds at : acted_at_) {
      const Nanoseconds left = at + milliseconds{std::get<std::int64_t>(amount.data)} - now;
      if (left > Nanoseconds{}) ahead.push_back(left);
    }
  }
  std::sort(ahead.begin(), ahead.end());
  ahead.erase(std::unique(ahead.begin(), ahead.end()), ahead.end());
  return ahead;
}

Side::Step OperationsRun::pass_time() {
  --time_acts_left_;
  const std::optional<Nanoseconds> to_timer = next_timer();
  const std::vector<Nanoseconds> to_moments = moments_ahead();
  const unsigned timer = to_timer ? 1 : 0;
  const unsigned moments = to_moments.empty() ? 0 : 1;
  const std::array<unsigned, kWays> weights = {timer, timer, 1, 2 * moments, moments};
  const auto way = Way(choices_.draw_possible(Purpose::variant, weights));
  return pass(draw_time(way, to_timer.value_or(Nanoseconds{}), to_moments));
}

Nanoseconds OperationsRun::draw_time(Way way, Nanoseconds to_timer,
                                     const std::vector<Nanoseconds>& to_moments) {
  const auto just_before = [](Nanoseconds time) {
    return std::max(Nanoseconds{}, time - milliseconds{1});
  };
  const auto draw_moment = [&] {
    return to_moments[choices_.draw(Purpose::variant, to_moments.size())];
  };
  switch (way) {
    case Way::to_timer:
      return to_timer;
    case Way::before_timer:
      return just_before(to_timer);
    case Way::to_moment:
      return draw_moment();
    case Way::before_moment:
      return just_before(draw_moment());
    case Way::amount:
      break;
  }
  const Value amount = draw(*operations_.advance, choices_);
  return milliseconds{std::get<std::int64_t>(amount.data)};
}

Side::Step OperationsRun::wait_long() {
  side_.begin_turn();
  if (reference_) reference_->begin_turn();
  return pass(milliseconds{*operations_.at_end});
}

Side::Step OperationsRun::pass(Nanoseconds time) {
  const auto ms = std::chrono::round<milliseconds>(time).count();
  doing_ = std::to_string(ms) + " ms";
  const Event passing{.kind = Kind::advance, .value = Value{std::int64_t{ms}}};
  side_.record(passing);
  if (reference_) reference_->record(passing);
  return on_both([&](Side& side) { return side.advance(time); });
}

Side::Step OperationsRun::wait_for_timer() {
  side_.begin_turn();
  if (reference_) reference_->begin_turn();
  const std::optional<Nanoseconds> next = is_virtual() ? next_timer() : std::nullopt;
  const bool turns = is_virtual() && only_turns();
  const Event passing{.kind = Kind::wait, .value = {}};
  side_.record(passing);
  if (reference_) reference_->record(passing);
  doing_ = "some time";
  return on_both([&](Side& side) {
    if (turns) return side.advance(Actor::kLongestTurning, Side::Turning::rough);
    return next ? side.advance(*next) : side.wait();
  });
}

// The reference works while the program does.
Side::Step OperationsRun::perform_on_both(const List& steps) {
  if (reference_) JUDGE_TRY_VOID(reference_->ask_to_perform(steps));
  return on_both(
      [&](Side& side) { return &side == &side_ ? side.perform(steps) : side.see_performed(); });
}

template <typename Do>
Side::Step OperationsRun::on_both(const Do& what) {
  const std::size_t actual_from = generated_.trace.events.size();
  const std::size_t expected_from = reference_trace_.events.size();
  JUDGE_TRY(std::optional<Ended> ended, what(side_));
  if (ended || !reference_) return ended;
  JUDGE_TRY(ended, what(*reference_));
  if (ended) return base::fail(reference_ended(*ended));
  compare(expected_from, actual_from);
  return std::optional<Ended>{};
}

void OperationsRun::compare(std::size_t expected_from, std::size_t actual_from) {
  const auto found =
      std::find_if(plan_.predicates.begin(), plan_.predicates.end(),
                   [](const Predicate& each) { return each.when == When::equals_reference; });
  const bool any = found != plan_.predicates.end() && found->any_order;
  const auto difference = difference_between(*reference_, expected_from, side_, actual_from,
                                             any ? ActOrder::any : ActOrder::as_reference);
  if (!difference) return;
  Trace& trace = generated_.trace;
  // Where the sentence is about the act itself, it says so.
  const bool tells = difference->find(doing_) != std::string::npos;
  trace.difference = {.text = tells ? *difference : "after " + doing_ + ": " + *difference,
                      .event = trace.events.size() - 1};
  reference_.reset();
  steps_.on({&side_});
}

}  // namespace harness
