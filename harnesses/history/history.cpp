#include "harnesses/history/history.hpp"

#include <utility>
#include <variant>

#include "harnesses/protocol/show.hpp"
#include "sandbox/base/escape.hpp"

namespace harness::history {
namespace {

std::string name_of(OperationId id) {
  return "operation " + std::to_string(static_cast<std::uint64_t>(id));
}

tl::unexpected<base::Error> wrong(OperationId id, const std::string& what) {
  return base::invalid_input(name_of(id) + ": " + what);
}

}  // namespace

base::Status Recorder::advance(OperationId id, std::chrono::nanoseconds at) {
  if (at < now_) {
    return wrong(id, "stamped " + std::to_string((now_ - at).count()) +
                         " ns before the last event; record events in their order");
  }
  now_ = at;
  ++events_;
  return {};
}

base::Status Recorder::call(OperationId id, Call call, std::chrono::nanoseconds at) {
  if (index_.contains(id)) return wrong(id, "called twice; give every call an id of its own");
  const ProcessId process = call.process;
  if (const auto running = running_.find(process); running != running_.end()) {
    return wrong(id, "process " + std::to_string(static_cast<std::uint32_t>(process)) +
                         " called it while its " + name_of(running->second) +
                         " runs; what calls several at once is several processes");
  }
  JUDGE_TRY_VOID(advance(id, at));
  running_.emplace(process, id);
  index_.emplace(id, history_.operations_.size());
  history_.operations_.push_back({.id = id,
                                  .call = std::move(call),
                                  .result = std::nullopt,
                                  .called = at,
                                  .call_position = events_ - 1});
  return {};
}

base::Result<Operation*> Recorder::end(OperationId id, std::chrono::nanoseconds at) {
  const auto found = index_.find(id);
  if (found == index_.end()) return wrong(id, "ended without a call");
  Operation& operation = history_.operations_[found->second];
  if (operation.ending != Operation::Ending::pending) return wrong(id, "ended twice");
  JUDGE_TRY_VOID(advance(id, at));
  operation.ended = at;
  operation.end_position = events_ - 1;
  running_.erase(operation.call.process);
  return &operation;
}

base::Status Recorder::returned(OperationId id, std::optional<Value> result,
                                std::chrono::nanoseconds at) {
  JUDGE_TRY(Operation* const operation, end(id, at));
  operation->ending = Operation::Ending::returned;
  operation->result = std::move(result);
  return {};
}

base::Status Recorder::failed(OperationId id, std::chrono::nanoseconds at) {
  JUDGE_TRY(Operation* const operation, end(id, at));
  operation->ending = Operation::Ending::failed;
  return {};
}

History Recorder::finish() && { return std::move(history_); }

std::string to_string(const Operation& operation, std::size_t limit) {
  std::string text = base::escape(operation.call.operation, limit) + "(";
  const char* separator = "";
  for (const Value& argument : operation.call.arguments) {
    text += separator + show(argument, limit);
    separator = ", ";
  }
  text += ")";
  if (operation.ending == Operation::Ending::pending) return text;
  if (operation.ending == Operation::Ending::failed) return text + " -> failed";
  const bool silent =
      !operation.result || std::holds_alternative<Undefined>(operation.result->data);
  return text + " -> " + (silent ? "ok" : show(*operation.result, limit));
}

}  // namespace harness::history
