#include "harnesses/schedule/side.hpp"

#include <algorithm>

#include "harnesses/protocol/fields.hpp"
#include "harnesses/schedule/bound_answers.hpp"

namespace harness {
namespace {

using Kind = Event::Kind;
using Nanoseconds = std::chrono::nanoseconds;

constexpr std::size_t kMostEvents = 20'000;
constexpr std::uint32_t kMostInvocations = 4000;        // of one callback
constexpr std::uint32_t kInvocationsApart = 1U << 20U;  // on the wire

}  // namespace

std::uint32_t first_invocation(std::size_t given) {
  return static_cast<std::uint32_t>(given + 1) * kInvocationsApart;
}

const Side::Form* Side::CallbackForms::of(std::uint32_t invocation) const {
  if (first.empty() || (!again && invocation >= first.size())) return nullptr;
  const Form& form = first[invocation % first.size()];
  return form.how == "later" ? nullptr : &form;
}

Side::Side(Actor& actor, Trace& trace, const Dialect& dialect, const Forms& forms,
           std::int64_t number, std::int64_t most_older_ticks)
    : actor_{actor},
      trace_{trace},
      dialect_{dialect},
      forms_{forms},
      number_{number},
      most_older_ticks_{most_older_ticks} {}

// ---- what the judge does ----

Side::Step Side::begin(const std::vector<Value>& given) {
  inputs_.resize(trace_.inputs.size());
  invocations_.resize(trace_.given.size());
  for (std::uint32_t i = 0; i < trace_.inputs.size(); ++i) {
    const Input& input = trace_.inputs[i];
    const bool made = input.kind == ControlledKind::promise;
    if (made && settles_later(input)) running_.push_back(i);
  }
  return exchange(FrameType::begin, {{"given", Value{List{given}}}});
}

Side::Step Side::perform(List steps) {
  JUDGE_TRY_VOID(ask_to_perform(std::move(steps)));
  return see_performed();
}

base::Status Side::ask_to_perform(List steps) {
  return ask(FrameType::perform, {{"steps", Value{std::move(steps)}}});
}

Side::Step Side::see_performed() { return accept_answers(); }

// Every WAIT ends at a timer; how far the clock has come is read from the clock. A program with
// many timers pays for them with its CPU limit.
Side::Step Side::advance(Nanoseconds time, Turning turning) {
  const std::optional<Nanoseconds> start = actor_.now();
  if (!start) return base::internal("schedule: a case that needs virtual time runs in real time");
  std::optional<Ended> ended;
  Nanoseconds before{-1};
  std::size_t told_before = 0;
  while (!ended && !is_worn_out()) {
    const Nanoseconds passed = *actor_.now() - *start;
    if (passed >= time) break;
    if (passed == before && told_ == told_before) {
      if (time - passed < std::chrono::microseconds{1}) break;
      JUDGE_TRY(ended, actor_.condemn("answered WAIT though no time had passed"));
      break;
    }
    before = passed;
    told_before = told_;
    JUDGE_TRY_VOID(actor_.ask_to_wait({.number = number_,
                                       .time = time - passed,
                                       .idle = true,
                                       .rough = turning == Turning::rough}));
    JUDGE_TRY(ended, accept_answers());
  }
  return ended;
}

Side::Step Side::wait() {
  JUDGE_TRY_VOID(actor_.ask_to_wait(actor_.longest_wait(number_, !only_turns())));
  return accept_answers();
}

Side::Step Side::inspect() { return exchange(FrameType::inspect, {}); }

void Side::start_clock() {
  began_at_ = actor_.now();
  trace_.events.clear();
}

void Side::record(Event event) {
  event.turn = turn_;
  if (began_at_) {
    event.at = std::chrono::round<std::chrono::milliseconds>(*actor_.now() - *began_at_).count();
  }
  trace_.events.push_back(std::move(event));
}

void Side::add_call(CallMade call) {
  trace_.calls.push_back(std::move(call));
  calls_.emplace_back();
}

void Side::settle_input(std::uint32_t input) {
  inputs_[input].settled = true;
  running_.erase(std::remove(running_.begin(), running_.end(), input), running_.end());
}

bool Side::has_pending_calls() const {
  return std::any_of(calls_.begin(), calls_.end(),
                     [](const CallState& call) { return call.phase == CallState::Phase::pending; });
}

bool Side::only_turns() const { return rest_.busy && !rest_.has_timers(); }

bool Side::waits_for_time() const {
  return rest_.timers || (rest_.may_go_on() && has_pending_calls());
}

// ---- what comes back; an Error is the program's: what it sent makes no sense ----

Side::Step Side::exchange(FrameType type, Fields fields) {
  JUDGE_TRY_VOID(ask(type, std::move(fields)));
  return accept_answers();
}

base::Status Side::ask(FrameType type, Fields fields) {
  fields.insert(fields.begin(), {"case", Value{number_}});
  return actor_.ask(type, Value{Object{std::move(fields)}});
}

Side::Step Side::accept_answers() {
  JUDGE_TRY(auto answers, actor_.await_answers());
  if (auto* ended = std::get_if<Ended>(&answers)) return std::optional<Ended>{std::move(*ended)};
  for (Answer& answer : std::get<std::vector<Answer>>(answers)) {
    if (auto accepted = accept(answer); !accepted) {
      JUDGE_TRY(Ended ended, actor_.condemn(accepted.error().message()));
      return std::optional<Ended>{std::move(ended)};
    }
  }
  return std::optional<Ended>{};
}

base::Status Side::accept(Answer& answer) {
  if (trace_.events.size() >= kMostEvents)
    return base::invalid_input("too many events in one case");
  if (answer.type != FrameType::rest) ++told_;
  JUDGE_TRY_VOID(bound_values(answer, trace_));
  switch (answer.type) {
    case FrameType::started:
      return accept_started(answer.payload);
    case FrameType::invoked:
      return accept_invoked(answer.payload);
    case FrameType::aborted:
      return accept_aborted(answer.payload);
    case FrameType::returned:
      return accept_returned(answer.payload);
    case FrameType::threw:
      return accept_outcome(Kind::threw, answer.payload, "error");
    case FrameType::fulfilled:
      return accept_outcome(Kind::fulfilled, answer.payload, "value");
    case FrameType::rejected:
      return accept_outcome(Kind::rejected, answer.payload, "error");
    case FrameType::unhandled:
      return accept_error(Kind::unhandled, answer.payload);
    case FrameType::uncaught:
      return accept_error(Kind::uncaught, answer.payload);
    case FrameType::rest:
      return accept_rest(answer.payload);
    case FrameType::observed:
      return accept_observed(answer.payload);
    default:
      return base::invalid_input("an answer that does not belong into a case");
  }
}

base::Status Side::accept_rest(const Value& payload) {
  JUDGE_TRY(rest_, read_rest(payload));
  trace_.older_ticks += rest_.ticks;
  // Of several rests with nothing in between the last one stands: a timer may tick for hours.
  if (!trace_.events.empty() && trace_.events.back().kind == Kind::rest) trace_.events.pop_back();
  record({.kind = Kind::rest, .flag = rest_.timers, .value = {}});
  return {};
}

base::Result<std::uint32_t> Side::input_of(const Value& payload) {
  JUDGE_TRY(const std::int64_t wire, integer_field(payload, "index"));
  const auto found = std::find_if(trace_.inputs.begin(), trace_.inputs.end(),
                                  [&](const Input& input) { return input.wire == wire; });
  if (found == trace_.inputs.end()) return base::invalid_input("an input that does not exist");
  return static_cast<std::uint32_t>(found - trace_.inputs.begin());
}

base::Result<std::uint32_t> Side::call_of(const Value& payload) {
  JUDGE_TRY(const std::int64_t call, integer_field(payload, "call"));
  if (call < 0 || call >= static_cast<std::int64_t>(calls_.size())) {
    return base::invalid_input("a call that was not made");
  }
  return static_cast<std::uint32_t>(call);
}

base::Status Side::accept_started(const Value& payload) {
  JUDGE_TRY(const std::uint32_t index, input_of(payload));
  const Input& input = trace_.inputs[index];
  if (input.kind != ControlledKind::task) return base::invalid_input("only tasks start");
  record({.kind = Kind::started, .index = index, .value = {}});
  if (inputs_[index].started) return {};
  inputs_[index].started = true;
  if (settles_later(input)) running_.push_back(index);
  return {};
}

base::Status Side::accept_invoked(const Value& payload) {
  JUDGE_TRY(const std::int64_t wire, integer_field(payload, "index"));
  JUDGE_TRY(const List* arguments, list_field(payload, "arguments"));
  const auto given = static_cast<std::size_t>(wire / kInvocationsApart) - 1;
  if (wire < kInvocationsApart || given >= trace_.given.size() ||
      !trace_.given[given].is_callback || invocations_[given] >= kMostInvocations ||
      wire != first_invocation(given) + invocations_[given]) {
    return base::invalid_input("an invocation that cannot be");
  }
  const std::uint32_t number = invocations_[given]++;
  Input input{.kind = ControlledKind::invocation,
              .how = "later",
              .value = {},
              .error = {},
              .wire = static_cast<std::uint32_t>(wire),
              .callback = static_cast<std::uint32_t>(given),
              .number = number,
              .arguments = Value{*arguments}};
  if (const Form* form = forms_[given].of(number)) {
    input.how = form->how;
    input.fails = form->fails;
    (form->fails ? input.error : input.value) = form->outcome.shown;
  }
  const auto index = static_cast<std::uint32_t>(trace_.inputs.size());
  const bool later = settles_later(input);
  trace_.inputs.push_back(std::move(input));
  inputs_.push_back({.started = true, .settled = !later});
  if (later) running_.push_back(index);
  record({.kind = Kind::invoked, .index = index, .value = {}});
  return {};
}

base::Status Side::accept_aborted(const Value& payload) {
  JUDGE_TRY(const std::uint32_t index, input_of(payload));
  JUDGE_TRY(const Value* reason, field(payload, "reason"));
  Input& input = trace_.inputs[index];
  bool ended = false;
  if (input.how == "heeds" && !dialect_.abort_ends_inputs) {
    JUDGE_TRY(ended, boolean_field(payload, "ended"));
  }
  if (ended) {
    if (inputs_[index].settled && !forget_settlement(index)) {
      return base::invalid_input("the end of an input that had ended before");
    }
    input.fails = true;
    input.error = *reason;
  }
  record({.kind = Kind::aborted, .index = index, .flag = ended, .value = *reason});
  if (ended || dialect_.abort_ends_inputs) settle_input(index);
  return {};
}

// One of the same turn, which came too late; false when there is none.
bool Side::forget_settlement(std::uint32_t index) {
  const auto is_it = [&](const Event& event) {
    return event.kind == Kind::settle && event.index == index && event.turn == turn_;
  };
  return std::erase_if(trace_.events, is_it) > 0;
}

base::Status Side::accept_returned(const Value& payload) {
  JUDGE_TRY(const std::uint32_t call, call_of(payload));
  JUDGE_TRY(const bool promise, boolean_field(payload, "promise"));
  if (calls_[call].phase != CallState::Phase::made) {
    return base::invalid_input("a second return of one call");
  }
  calls_[call].phase = CallState::Phase::pending;
  calls_[call].promise = promise;
  record({.kind = Kind::returned, .flag = promise, .value = {}, .call = call});
  return {};
}

base::Status Side::accept_outcome(Kind kind, const Value& payload, std::string_view name) {
  using Phase = CallState::Phase;
  JUDGE_TRY(const std::uint32_t call, call_of(payload));
  JUDGE_TRY(const Value* value, field(payload, name));
  CallState& state = calls_[call];
  if (kind == Kind::threw ? state.phase == Phase::pending : state.phase == Phase::made) {
    return base::invalid_input("an outcome that does not go with the call's return");
  }
  if (state.phase == Phase::fulfilled || state.phase == Phase::failed) {
    return base::invalid_input("a second outcome of one call");
  }
  state.phase = kind == Kind::fulfilled ? Phase::fulfilled : Phase::failed;
  state.value = *value;
  record({.kind = kind, .value = *value, .call = call});
  return {};
}

base::Status Side::accept_error(Kind kind, const Value& payload) {
  JUDGE_TRY(const Value* error, field(payload, "error"));
  record({.kind = kind, .value = *error});
  return {};
}

base::Status Side::accept_observed(const Value& payload) {
  JUDGE_TRY(trace_.listeners, integer_field(payload, "listeners"));
  JUDGE_TRY(const List* closed, list_field(payload, "closed"));
  for (const Value& count : closed->items) {
    const auto* number = std::get_if<std::int64_t>(&count.data);
    if (number == nullptr) return base::invalid_input("field 'closed' does not hold integers");
    trace_.closed.push_back(*number);
  }
  return {};
}

}  // namespace harness
