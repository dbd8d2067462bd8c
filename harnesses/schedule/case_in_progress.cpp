#include "harnesses/schedule/case_in_progress.hpp"

#include <algorithm>

#include "harnesses/protocol/fields.hpp"
#include "harnesses/schedule/bound_answers.hpp"

namespace harness {
namespace {

using Kind = Event::Kind;
using Fields = std::vector<std::pair<std::string, Value>>;

constexpr int kMostActs = 1000;
constexpr int kMostWaits = 20;
constexpr std::size_t kMostEvents = 20'000;

}  // namespace

CaseInProgress::CaseInProgress(Actor& actor, GeneratedCase generated, const Dialect& dialect,
                               std::int64_t number)
    : actor_{actor}, generated_{std::move(generated)}, dialect_{dialect}, number_{number} {
  const std::vector<Input>& inputs = trace().inputs;
  states_.resize(inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].kind == ControlledKind::promise && settles_later(inputs[i])) {
      running_.push_back(static_cast<std::uint32_t>(i));
    }
  }
}

CaseInProgress::Step CaseInProgress::drive(Choices& choices, const CaseOptions& options) {
  JUDGE_TRY(std::optional<Ended> ended, call(options.function));
  int waits = 0;
  for (int acts = 0; acts < kMostActs && !ended; ++acts) {
    if (!running_.empty()) {
      JUDGE_TRY(ended, act(choices, options.same_turn));
    } else if (!trace().settled && rest_.may_go_on() && waits < kMostWaits) {
      ++waits;
      const bool turns = !rest_.has_timers();
      const std::size_t seen = trace().events.size();
      JUDGE_TRY(ended, wait());
      // Nothing but the judge's act and the rest behind it.
      if (turns && trace().events.size() <= seen + 2) break;
    } else {
      break;
    }
  }
  if (ended) return ended;
  trace().stuck = !trace().settled;
  if (!options.inspect_at_end) return std::optional<Ended>{};
  return inspect();
}

bool CaseInProgress::can_cancel() const {
  return generated_.trace.signal == SignalPlan::during && !cancelled_ && !generated_.trace.settled;
}

// What the judge does next while something runs: settle one, settle two in one turn, or cancel the
// call. A shim that carries out a script does the same (PROTOCOL.md, SCRIPT).
CaseInProgress::Step CaseInProgress::act(Choices& choices, bool same_turn) {
  enum class Act { settle_one, settle_two, cancel };
  std::vector<Act> acts{Act::settle_one};
  std::vector<unsigned> weights{3};
  if (same_turn && running_.size() >= 2) {
    acts.push_back(Act::settle_two);
    weights.push_back(1);
  }
  if (can_cancel()) {
    acts.push_back(Act::cancel);
    weights.push_back(1);
  }
  const auto span = choices.span("act");
  const Act chosen = acts[choices.draw(Purpose::act, weights)];
  if (chosen == Act::cancel) return cancel();
  std::vector<std::uint32_t> left = running_;
  std::vector<std::uint32_t> picked;
  for (std::size_t i = 0; i < (chosen == Act::settle_two ? 2U : 1U); ++i) {
    const auto at = left.begin() + static_cast<std::ptrdiff_t>(choices.pick(left));
    picked.push_back(*at);
    left.erase(at);
  }
  return settle(picked);
}

CaseInProgress::Step CaseInProgress::call(const std::string& function) {
  return exchange(FrameType::call, [&] {
    return Fields{{"function", Value{function}},
                  {"arguments", generated_.arguments},
                  {"options", generated_.options}};
  });
}

CaseInProgress::Step CaseInProgress::settle(const std::vector<std::uint32_t>& indices) {
  ++turn_;
  for (const std::uint32_t index : indices) {
    finish(index);
    record(
        {.kind = Kind::settle, .index = index, .flag = !trace().inputs[index].fails, .value = {}});
  }
  return exchange(FrameType::settle, [&] {
    List list;
    for (const std::uint32_t index : indices) {
      list.items.push_back(Value{Object{{{"index", Value{std::int64_t{index}}},
                                         {"ok", Value{!trace().inputs[index].fails}},
                                         {"value", generated_.outcomes[index]}}}});
    }
    return Fields{{"settle", Value{std::move(list)}}};
  });
}

CaseInProgress::Step CaseInProgress::cancel() {
  ++turn_;
  cancelled_ = true;
  record({.kind = Kind::cancel, .value = {}});
  return exchange(FrameType::abort, [&] { return Fields{{"reason", generated_.cancel_reason}}; });
}

CaseInProgress::Step CaseInProgress::wait() {
  ++turn_;
  record({.kind = Kind::wait, .value = {}});
  if (script_ != nullptr) {
    if (const base::Status left = leave_script(); !left) return condemn(left.error());
  }
  JUDGE_TRY_VOID(actor_.ask_to_wait(actor_.longest_wait(number_, rest_.has_timers())));
  return accept_answers();
}

CaseInProgress::Step CaseInProgress::inspect() {
  return exchange(FrameType::inspect, [] { return Fields{}; });
}

void CaseInProgress::record(Event event) {
  event.turn = turn_;
  trace().events.push_back(std::move(event));
}

void CaseInProgress::finish(std::uint32_t index) {
  states_[index].settled = true;
  running_.erase(std::remove(running_.begin(), running_.end(), index), running_.end());
}

template <typename MakeFields>
CaseInProgress::Step CaseInProgress::exchange(FrameType type, MakeFields fields) {
  if (script_ != nullptr) {
    auto answers = recorded(type);
    return answers ? accept_all(*answers) : condemn(answers.error());
  }
  Fields all = fields();
  all.insert(all.begin(), {"case", Value{number_}});
  JUDGE_TRY_VOID(actor_.ask(type, Value{Object{std::move(all)}}));
  return accept_answers();
}

CaseInProgress::Step CaseInProgress::accept_answers() {
  JUDGE_TRY(auto answers, actor_.await_answers());
  if (auto* ended = std::get_if<Ended>(&answers)) return std::optional<Ended>{std::move(*ended)};
  return accept_all(std::get<std::vector<Answer>>(answers));
}

CaseInProgress::Step CaseInProgress::condemn(const base::Error& violation) {
  JUDGE_TRY(Ended ended, actor_.condemn(violation.message()));
  return std::optional<Ended>{std::move(ended)};
}

// A script that has stopped in the middle of this case, which goes on by requests.
base::Status CaseInProgress::leave_script() {
  JUDGE_TRY(const bool stopped, script_->at_end());
  if (!stopped) return base::invalid_input("a script that lets time pass");
  script_ = nullptr;
  return {};
}

base::Result<std::vector<Answer>> CaseInProgress::recorded(FrameType type) {
  if (type == FrameType::call) JUDGE_TRY_VOID(script_->begin_case(number_));
  return script_->next_rest();
}

CaseInProgress::Step CaseInProgress::accept_all(std::vector<Answer>& answers) {
  for (Answer& answer : answers) {
    if (auto accepted = accept(answer); !accepted) return condemn(accepted.error());
  }
  return std::optional<Ended>{};
}

base::Status CaseInProgress::accept(Answer& answer) {
  if (trace().events.size() >= kMostEvents) {
    return base::invalid_input("too many events in one case");
  }
  JUDGE_TRY_VOID(bound_values(answer, trace()));
  switch (answer.type) {
    case FrameType::started:
      return accept_started(answer.payload);
    case FrameType::aborted:
      return accept_aborted(answer.payload);
    case FrameType::returned: {
      JUDGE_TRY(const bool promise, boolean_field(answer.payload, "promise"));
      return accept_outcome({.kind = Kind::returned, .flag = promise, .value = {}});
    }
    case FrameType::threw:
      return accept_final(Kind::threw, answer.payload, "error");
    case FrameType::fulfilled:
      return accept_final(Kind::fulfilled, answer.payload, "value");
    case FrameType::rejected:
      return accept_final(Kind::rejected, answer.payload, "error");
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

base::Result<std::uint32_t> CaseInProgress::controlled_index(const Value& payload) const {
  JUDGE_TRY(const std::int64_t index, integer_field(payload, "index"));
  if (index < 0 || index >= static_cast<std::int64_t>(states_.size())) {
    return base::invalid_input("an input that does not exist");
  }
  return static_cast<std::uint32_t>(index);
}

base::Status CaseInProgress::accept_started(const Value& payload) {
  JUDGE_TRY(const std::uint32_t index, controlled_index(payload));
  const Input& input = trace().inputs[index];
  if (input.kind != ControlledKind::task) return base::invalid_input("only tasks start");
  record({.kind = Kind::started, .index = index, .value = {}});
  if (states_[index].started) return {};
  states_[index].started = true;
  if (settles_later(input)) running_.push_back(index);
  return {};
}

base::Status CaseInProgress::accept_aborted(const Value& payload) {
  JUDGE_TRY(const std::uint32_t index, controlled_index(payload));
  JUDGE_TRY(const Value* reason, field(payload, "reason"));
  record({.kind = Kind::aborted, .index = index, .value = *reason});
  if (dialect_.abort_ends_inputs) finish(index);
  return {};
}

base::Status CaseInProgress::accept_rest(const Value& payload) {
  JUDGE_TRY(rest_, read_rest(payload));
  trace().older_ticks += rest_.ticks;
  record({.kind = Kind::rest, .flag = rest_.timers, .value = {}});
  return {};
}

base::Status CaseInProgress::accept_final(Kind kind, const Value& payload, std::string_view name) {
  JUDGE_TRY(const Value* value, field(payload, name));
  if (trace().settled) return base::invalid_input("a second outcome of one call");
  trace().settled = true;
  return accept_outcome({.kind = kind, .value = *value});
}

base::Status CaseInProgress::accept_outcome(Event event) {
  if (event.kind == Kind::returned || event.kind == Kind::threw) {
    if (returned_) return base::invalid_input("a second return of one call");
    returned_ = true;
  } else if (!returned_) {
    return base::invalid_input("an outcome before the call returned");
  }
  record(std::move(event));
  return {};
}

base::Status CaseInProgress::accept_error(Kind kind, const Value& payload) {
  JUDGE_TRY(const Value* error, field(payload, "error"));
  record({.kind = kind, .value = *error});
  return {};
}

base::Status CaseInProgress::accept_observed(const Value& payload) {
  JUDGE_TRY(trace().listeners, integer_field(payload, "listeners"));
  JUDGE_TRY(const List* closed, list_field(payload, "closed"));
  for (const Value& count : closed->items) {
    const auto* number = std::get_if<std::int64_t>(&count.data);
    if (number == nullptr) return base::invalid_input("field 'closed' does not hold integers");
    trace().closed.push_back(*number);
  }
  return {};
}

}  // namespace harness
