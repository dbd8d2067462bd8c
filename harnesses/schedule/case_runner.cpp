#include "harnesses/schedule/case_runner.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "harnesses/protocol/fields.hpp"
#include "harnesses/schedule/operations_run.hpp"

namespace harness {
namespace {

using Kind = Event::Kind;

constexpr int kMostActs = 1000;
constexpr int kMostWaits = 20;
constexpr std::size_t kMostEvents = 20'000;

// Everything the judge knows of the case while it runs.
class CaseInProgress {
 public:
  CaseInProgress(Actor& actor, GeneratedCase generated, const Dialect& dialect, std::int64_t number)
      : actor_{actor}, generated_{std::move(generated)}, dialect_{dialect}, number_{number} {
    const std::vector<Input>& inputs = trace().inputs;
    states_.resize(inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (inputs[i].kind == ControlledKind::promise && is_open(inputs[i])) {
        running_.push_back(static_cast<std::uint32_t>(i));
      }
    }
  }

  [[nodiscard]] Trace& trace() { return generated_.trace; }
  [[nodiscard]] const std::vector<std::uint32_t>& running() const { return running_; }
  [[nodiscard]] bool settled() const { return trace_settled_; }
  [[nodiscard]] bool timers_pending() const { return timers_pending_; }
  [[nodiscard]] bool can_cancel() const {
    return generated_.trace.signal == SignalPlan::during && !cancelled_ && !trace_settled_;
  }

  // Each act answers how the program ended, if it did.
  using Step = base::Result<std::optional<Ended>>;

  Step call(const std::string& function) {
    return exchange(FrameType::call, {{"function", Value{function}},
                                      {"arguments", generated_.arguments},
                                      {"options", generated_.options}});
  }

  Step settle(const std::vector<std::uint32_t>& indices) {
    ++turn_;
    List list;
    for (const std::uint32_t index : indices) {
      const bool ok = !trace().inputs[index].fails;
      list.items.push_back(Value{Object{{{"index", Value{std::int64_t{index}}},
                                         {"ok", Value{ok}},
                                         {"value", generated_.outcomes[index]}}}});
      finish(index);
      record({.kind = Kind::settle, .index = index, .flag = ok, .value = {}});
    }
    return exchange(FrameType::settle, {{"settle", Value{std::move(list)}}});
  }

  Step cancel() {
    ++turn_;
    cancelled_ = true;
    record({.kind = Kind::cancel, .value = {}});
    return exchange(FrameType::abort, {{"reason", generated_.cancel_reason}});
  }

  Step wait() {
    ++turn_;
    record({.kind = Kind::wait, .value = {}});
    return exchange(FrameType::wait, {{"ms", Value{actor_.longest_wait().count()}}});
  }

  Step inspect() { return exchange(FrameType::inspect, {}); }

 private:
  struct InputState {
    bool started = false;
    bool settled = false;
  };

  static bool is_open(const Input& input) {
    return input.how == "later" || input.how.starts_with("thenable");
  }

  void record(Event event) {
    event.turn = turn_;
    trace().events.push_back(std::move(event));
  }

  void finish(std::uint32_t index) {
    states_[index].settled = true;
    running_.erase(std::remove(running_.begin(), running_.end(), index), running_.end());
  }

  Step exchange(FrameType type, std::vector<std::pair<std::string, Value>> fields) {
    fields.insert(fields.begin(), {"case", Value{number_}});
    JUDGE_TRY(auto answers, actor_.request(type, Value{Object{std::move(fields)}}));
    if (auto* ended = std::get_if<Ended>(&answers)) return std::optional<Ended>{std::move(*ended)};
    for (Answer& answer : std::get<std::vector<Answer>>(answers)) {
      if (auto accepted = accept(answer); !accepted) {
        JUDGE_TRY(Ended ended, actor_.condemn(accepted.error().message()));
        return std::optional<Ended>{std::move(ended)};
      }
    }
    return std::optional<Ended>{};
  }

  // The Error is the program's: what it sent makes no sense.
  base::Status accept(Answer& answer) {
    if (trace().events.size() >= kMostEvents)
      return base::invalid_input("too many events in one case");
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
      case FrameType::rest: {
        JUDGE_TRY(const bool own, boolean_field(answer.payload, "timers"));
        JUDGE_TRY(const bool older, boolean_field(answer.payload, "older"));
        timers_pending_ = own || older;
        record({.kind = Kind::rest, .flag = own, .value = {}});
        return {};
      }
      case FrameType::observed:
        return accept_observed(answer.payload);
      default:
        return base::invalid_input("an answer that does not belong into a case");
    }
  }

  base::Result<std::uint32_t> controlled_index(const Value& payload) {
    JUDGE_TRY(const std::int64_t index, integer_field(payload, "index"));
    if (index < 0 || index >= static_cast<std::int64_t>(states_.size())) {
      return base::invalid_input("an input that does not exist");
    }
    return static_cast<std::uint32_t>(index);
  }

  base::Status accept_started(const Value& payload) {
    JUDGE_TRY(const std::uint32_t index, controlled_index(payload));
    const Input& input = trace().inputs[index];
    if (input.kind != ControlledKind::task) return base::invalid_input("only tasks start");
    record({.kind = Kind::started, .index = index, .value = {}});
    if (states_[index].started) return {};
    states_[index].started = true;
    if (is_open(input)) running_.push_back(index);
    return {};
  }

  base::Status accept_aborted(Value& payload) {
    JUDGE_TRY(const std::uint32_t index, controlled_index(payload));
    JUDGE_TRY(const Value* reason, field(payload, "reason"));
    record({.kind = Kind::aborted, .index = index, .value = *reason});
    if (dialect_.abort_ends_inputs) finish(index);
    return {};
  }

  base::Status accept_final(Kind kind, const Value& payload, std::string_view name) {
    JUDGE_TRY(const Value* value, field(payload, name));
    if (trace_settled_) return base::invalid_input("a second outcome of one call");
    trace_settled_ = true;
    trace().settled = true;
    return accept_outcome({.kind = kind, .value = *value});
  }

  base::Status accept_outcome(Event event) {
    if (event.kind == Kind::returned || event.kind == Kind::threw) {
      if (returned_) return base::invalid_input("a second return of one call");
      returned_ = true;
    } else if (!returned_) {
      return base::invalid_input("an outcome before the call returned");
    }
    record(std::move(event));
    return {};
  }

  base::Status accept_error(Kind kind, const Value& payload) {
    JUDGE_TRY(const Value* error, field(payload, "error"));
    record({.kind = kind, .value = *error});
    return {};
  }

  base::Status accept_observed(const Value& payload) {
    JUDGE_TRY(trace().listeners, integer_field(payload, "listeners"));
    JUDGE_TRY(const List* closed, list_field(payload, "closed"));
    for (const Value& count : closed->items) {
      const auto* number = std::get_if<std::int64_t>(&count.data);
      if (number == nullptr) return base::invalid_input("field 'closed' does not hold integers");
      trace().closed.push_back(*number);
    }
    return {};
  }

  Actor& actor_;
  GeneratedCase generated_;
  const Dialect& dialect_;
  std::int64_t number_;
  int turn_ = 0;
  bool cancelled_ = false;
  bool returned_ = false;
  bool trace_settled_ = false;
  bool timers_pending_ = false;
  std::vector<InputState> states_;
  std::vector<std::uint32_t> running_;  // in start order
};

// What the judge does next while something runs: settle one, settle two in one turn, or cancel the
// call.
CaseInProgress::Step act(CaseInProgress& progress, Choices& choices, bool same_turn) {
  enum class Act { settle_one, settle_two, cancel };
  std::vector<Act> acts{Act::settle_one};
  std::vector<unsigned> weights{3};
  if (same_turn && progress.running().size() >= 2) {
    acts.push_back(Act::settle_two);
    weights.push_back(1);
  }
  if (progress.can_cancel()) {
    acts.push_back(Act::cancel);
    weights.push_back(1);
  }
  const auto span = choices.span("act");
  const Act chosen = acts[choices.draw(Purpose::act, weights)];
  if (chosen == Act::cancel) return progress.cancel();
  std::vector<std::uint32_t> left = progress.running();
  std::vector<std::uint32_t> picked;
  for (std::size_t i = 0; i < (chosen == Act::settle_two ? 2U : 1U); ++i) {
    const auto at = left.begin() + static_cast<std::ptrdiff_t>(choices.pick(left));
    picked.push_back(*at);
    left.erase(at);
  }
  return progress.settle(picked);
}

// Drives the case to its end; answers how the program ended, if it did.
CaseInProgress::Step drive(CaseInProgress& progress, Choices& choices,
                           const CaseRunner::Options& options) {
  JUDGE_TRY(std::optional<Ended> ended, progress.call(options.function));
  int waits = 0;
  for (int acts = 0; acts < kMostActs && !ended; ++acts) {
    if (!progress.running().empty()) {
      JUDGE_TRY(ended, act(progress, choices, options.same_turn));
    } else if (!progress.settled() && progress.timers_pending() && waits < kMostWaits) {
      ++waits;
      JUDGE_TRY(ended, progress.wait());
    } else {
      break;
    }
  }
  return ended;
}

}  // namespace

base::Result<CaseRunner::Outcome> CaseRunner::run(Actor& actor, Actor* reference, Choices& choices,
                                                  std::int64_t number) {
  if (plan_.operations) {
    OperationsRun run{plan_, dialect_, options_, actor, reference, choices, tokens_, number};
    return run.run();
  }
  CaseInProgress progress{actor, generate(plan_, dialect_, choices, tokens_), dialect_, number};
  JUDGE_TRY(std::optional<Ended> ended, drive(progress, choices, options_));
  if (!ended) {
    progress.trace().stuck = !progress.settled();
    if (options_.inspect_at_end) {
      JUDGE_TRY(ended, progress.inspect());
    }
  }
  if (ended) {
    return Outcome{Interrupted{.ended = std::move(*ended), .so_far = std::move(progress.trace())}};
  }
  return Outcome{std::move(progress.trace())};
}

}  // namespace harness
