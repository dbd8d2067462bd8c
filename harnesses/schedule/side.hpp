// Side: one program in a case of operations. Sends what the judge does, checks that what comes back
// makes sense, and writes it into a trace. The program being graded is one side, the reference
// another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/protocol/rest.hpp"
#include "harnesses/schedule/trace.hpp"
#include "harnesses/schedule/values.hpp"

namespace harness {

// Where the invocations of the n-th given begin on the wire, when it is a callback.
[[nodiscard]] std::uint32_t first_invocation(std::size_t given);

class Side {
 public:
  // What became of a call.
  struct CallState {
    enum class Phase { made, pending, fulfilled, failed };
    Phase phase = Phase::made;
    bool promise = false;
    Value value;  // or error
  };
  // What an invocation does that does not settle later.
  struct Form {
    std::string how;
    bool fails = false;
    ValueMaker::Made outcome;
  };
  // Of the n-th given, when it is a callback: what its first invocations do. Those behind them do
  // the same `again`, in this order, or settle later.
  struct CallbackForms {
    std::vector<Form> first;
    bool again = false;
    [[nodiscard]] const Form* of(std::uint32_t invocation) const;
  };
  using Forms = std::vector<CallbackForms>;

  // All outlive the side. `most_older_ticks`: with so many it is worn out.
  Side(Actor& actor, Trace& trace, const Dialect& dialect, const Forms& forms, std::int64_t number,
       std::int64_t most_older_ticks);

  // Each answers how the program ended, if it did.
  using Step = base::Result<std::optional<Ended>>;
  // `trace` has its inputs and given.
  Step begin(const std::vector<Value>& given);
  // What the judge does, recorded already, as steps of one DO.
  Step perform(List steps);
  // The two halves of it, for who has something to do meanwhile.
  base::Status ask_to_perform(List steps);
  Step see_performed();
  // Lets exactly so much time pass, unless it wears out. What turns without end and looks at the
  // clock sees every millisecond, or, `rough`, misses its moment by a 64th of what passed.
  enum class Turning { exact, rough };
  Step advance(std::chrono::nanoseconds time, Turning turning = Turning::exact);
  // Until the next timer, where time is real or nothing is compared; who is busy gets a while.
  Step wait();
  Step inspect();

  // The case begins here and now: forgets what was seen so far.
  void start_clock();

  // The judge's own acts, for the trace; before they are sent.
  void begin_turn() { ++turn_; }
  void record(Event event);
  void add_call(CallMade call);
  void settle_input(std::uint32_t input);

  [[nodiscard]] Trace& trace() { return trace_; }
  [[nodiscard]] const Trace& trace() const { return trace_; }
  [[nodiscard]] const std::vector<CallState>& calls() const { return calls_; }
  [[nodiscard]] const std::vector<std::uint32_t>& running() const { return running_; }
  [[nodiscard]] bool has_pending_calls() const;
  // A timer of this case is pending, or what a pending call may be waiting for: an older one, or a
  // moment that a busy program looks for.
  [[nodiscard]] bool waits_for_time() const;
  // What earlier cases left behind has ticked too often in this one.
  [[nodiscard]] bool is_worn_out() const { return trace_.older_ticks >= most_older_ticks_; }
  // In how long the next timer is due, as the program says.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> due() const { return rest_.due; }
  // It turns without end, may be looking at the clock, and has no timer.
  [[nodiscard]] bool only_turns() const;
  [[nodiscard]] const Actor& actor() const { return actor_; }
  void set_time_of_day(std::chrono::nanoseconds since_1970) { actor_.set_time_of_day(since_1970); }

 private:
  struct InputState {
    bool started = false;
    bool settled = false;
  };

  using Fields = std::vector<std::pair<std::string, Value>>;
  Step exchange(FrameType type, Fields fields);
  base::Status ask(FrameType type, Fields fields);
  Step accept_answers();
  base::Status accept(Answer& answer);
  base::Status accept_rest(const Value& payload);
  base::Status accept_started(const Value& payload);
  base::Status accept_invoked(const Value& payload);
  base::Status accept_aborted(const Value& payload);
  bool forget_settlement(std::uint32_t index);
  base::Status accept_returned(const Value& payload);
  base::Status accept_outcome(Event::Kind kind, const Value& payload, std::string_view name);
  base::Status accept_error(Event::Kind kind, const Value& payload);
  base::Status accept_observed(const Value& payload);
  base::Result<std::uint32_t> input_of(const Value& payload);
  base::Result<std::uint32_t> call_of(const Value& payload);

  Actor& actor_;
  Trace& trace_;
  const Dialect& dialect_;
  const Forms& forms_;
  std::int64_t number_;
  std::int64_t most_older_ticks_;
  std::optional<std::chrono::nanoseconds> began_at_;
  int turn_ = 0;
  std::vector<CallState> calls_;
  std::vector<InputState> inputs_;
  std::vector<std::uint32_t> invocations_;  // by given: how many so far
  std::vector<std::uint32_t> running_;      // in start order
  Rest rest_;                               // the latest
  std::size_t told_ = 0;                    // how much else the program has told
};

}  // namespace harness
