// Trace: what one case was and what was observed in it. The only thing that judgement sees.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/protocol/value.hpp"
#include "harnesses/schedule/plan.hpp"

namespace harness {

// An input that the judge controls, and what it was going to do.
struct Input {
  ControlledKind kind;
  std::string how;
  bool fails = false;
  Value value;                 // what it fulfils with: a primitive, or a Known of this case
  Value error;                 // what it fails with
  std::uint32_t wire = 0;      // its index on the wire
  std::uint32_t callback = 0;  // of an invocation: index into given
  std::uint32_t number = 0;    // of an invocation: the how manieth of its callback, from 0
  Value arguments;             // of an invocation: a List
};

// A call that an operation made, or call 0: that of the object, or the only one.
struct CallMade {
  std::string operation;  // its name; empty for call 0
  std::optional<std::uint32_t> on;
  bool makes_object = false;  // by `new`, as call 0 does
  Value arguments;            // a List, as predicates see it
  bool has_signal = false;
  Value cancel_reason;  // what its signal is aborted with
};

struct Event {
  enum class Kind {
    started,    // index
    settle,     // index, flag: fulfilled. The judge's act
    cancel,     // the judge's act
    wait,       // the judge let time pass
    aborted,    // index, value: reason, flag: which ended it
    returned,   // flag: a promise
    threw,      // value
    fulfilled,  // value
    rejected,   // value
    unhandled,  // value
    uncaught,   // value
    rest,       // flag: timers pending
    operation,  // call. The judge's act
    abort,      // call: its signal. The judge's act
    advance,    // value: ms. The judge's act
    invoked,    // index: a callback was called
  };
  Kind kind;
  std::uint32_t index = 0;
  bool flag = false;
  Value value;
  int turn = 0;            // which act of the judge it followed; 0: the call itself
  std::uint32_t call = 0;  // returned, threw, fulfilled, rejected, operation, abort: its number
  std::int64_t at = 0;     // virtual ms since the case began; 0 where time is real
};

// A judge-made object with an identity, or an unpredictable string, and what people call it.
struct Named {
  std::uint32_t id;
  std::string label;  // "value 3", "error 3"
};

// Where the program and the reference first differed.
struct Difference {
  std::string text;   // a sentence, hostile inside, with unpredictable strings
  std::size_t event;  // index behind which it was seen
};

struct Trace {
  std::vector<Input> inputs;
  // What was drawn for each Given, in order: a literal, or the range of inputs it stands for.
  struct Drawn {
    std::string name;
    Value value;
    bool is_inputs = false;
    bool is_callback = false;
    std::uint32_t first_input = 0;
    std::uint32_t input_count = 0;
    std::string collection;  // promises: in what they were handed over
  };
  std::vector<Drawn> given;
  std::vector<Event> events;
  std::vector<Named> known;
  std::vector<std::pair<std::string, std::string>> tokens;  // unpredictable string, label
  std::vector<std::string> operations;                      // names; empty: a case of one call
  std::vector<CallMade> calls;                              // by number; of a case of operations
  std::optional<Difference> difference;
  SignalPlan signal = SignalPlan::never;
  Value cancel_reason;
  Value iterator_error;  // what the given iterable throws in the end, if it does
  bool stuck = false;
  bool settled = false;
  std::int64_t older_ticks = 0;  // timers of earlier cases that fired
  std::size_t weight = 0;  // of what the program handed over (harnesses/protocol/weight.hpp)
  std::int64_t listeners = 0;
  std::vector<std::int64_t> closed;
};

}  // namespace harness
