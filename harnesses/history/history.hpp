// History: which operations were called and how each ended, in the order in which the judge stamped
// it. An operation took effect at one instant between its call and its return, if it did at all.
// Stamps are the judge's own: a call is recorded before the request leaves, a return after the
// answer arrived, so the recorded interval contains the real one.
//
// Order is the order of recording, not of the times: on a virtual clock many events share an
// instant. Several recorders must be merged before: at equal times, calls go before returns, which
// claims no order that nobody saw.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harnesses/protocol/value.hpp"
#include "sandbox/base/result.hpp"

namespace harness::history {

enum class OperationId : std::uint64_t {};
enum class ProcessId : std::uint32_t {};

// What was asked for. `key` names the object that is meant, where several independent ones are
// checked at once.
struct Call {
  ProcessId process;
  std::string operation;
  std::vector<Value> arguments;
  std::optional<Value> key = std::nullopt;
};

struct Operation {
  enum class Ending {
    returned,
    failed,   // an error was reported; what that says about the effect is the model's to declare
    pending,  // no answer when recording ended
  };

  OperationId id;
  Call call;
  Ending ending = Ending::pending;
  std::optional<Value> result;  // nothing: not returned, or nobody looked at what it returned
  std::chrono::nanoseconds called{};
  std::chrono::nanoseconds ended{};  // of returned and failed operations
  std::size_t call_position = 0;     // place among all events
  std::size_t end_position = 0;      // of returned and failed operations
};

class History {
 public:
  // In the order of their calls.
  [[nodiscard]] const std::vector<Operation>& operations() const { return operations_; }

 private:
  friend class Recorder;
  std::vector<Operation> operations_;
};

// Takes events in their order. Errors: Kind::invalid_input, `operation 7: what was wrong`, and the
// event does not count: an id used twice, an end without a call, a second end, a call by a process
// whose last operation still runs, a time before the last one. Durations count from any fixed
// instant.
class Recorder {
 public:
  base::Status call(OperationId id, Call call, std::chrono::nanoseconds at);
  // No result: it was not looked at, so any is right.
  base::Status returned(OperationId id, std::optional<Value> result, std::chrono::nanoseconds at);
  base::Status failed(OperationId id, std::chrono::nanoseconds at);

  // What was called and did not end is pending.
  [[nodiscard]] History finish() &&;

 private:
  base::Result<Operation*> end(OperationId id, std::chrono::nanoseconds at);
  [[nodiscard]] base::Status advance(OperationId id, std::chrono::nanoseconds at);

  History history_;
  std::map<OperationId, std::size_t> index_;
  std::map<ProcessId, OperationId> running_;
  std::size_t events_ = 0;
  std::chrono::nanoseconds now_ = std::chrono::nanoseconds::min();
};

// `put('k', 1) -> ok`, escaped for a terminal, every value cut at `limit` bytes. A result that is
// undefined or was not looked at is "ok"; what did not return shows no result, or "failed".
[[nodiscard]] std::string to_string(const Operation& operation, std::size_t limit = 40);

}  // namespace harness::history
