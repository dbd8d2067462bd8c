#include "harnesses/schedule/history_check.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include "harnesses/history/check.hpp"
#include "harnesses/history/explain.hpp"
#include "harnesses/history/find_model.hpp"
#include "harnesses/history/report.hpp"
#include "harnesses/schedule/labels.hpp"
#include "sandbox/base/check.hpp"

namespace harness {
namespace {

using Kind = Event::Kind;
using history::ProcessId;
using namespace base::literals;

// A case of twenty calls takes some tens of steps; these are for what goes wild.
constexpr history::Budget kCheck{.steps = 100'000, .memory = 8_MiB};
constexpr history::Budget kExplain{.steps = 1'000'000, .memory = 32_MiB};

std::chrono::nanoseconds moment_of(const Event& event) {
  return std::chrono::milliseconds{event.at};
}

bool ends_call(const Event& event) {
  return event.kind == Kind::fulfilled || event.kind == Kind::rejected || event.kind == Kind::threw;
}

std::size_t end_of(std::uint32_t call, const Trace& trace) {
  const auto found =
      std::find_if(trace.events.begin(), trace.events.end(),
                   [&](const Event& event) { return event.call == call && ends_call(event); });
  JUDGE_CHECK(found != trace.events.end(), "only a call that ended can block an order");
  return static_cast<std::size_t>(found - trace.events.begin());
}

// A call over which time passed, where the model says that it took effect at one moment; nothing:
// there is none.
std::optional<std::string> straddling_call(const history::History& history, const Trace& trace) {
  const std::chrono::nanoseconds last =
      trace.events.empty() ? std::chrono::nanoseconds{} : moment_of(trace.events.back());
  for (const history::Operation& each : history.operations()) {
    const bool is_open = each.ending == history::Operation::Ending::pending;
    if ((is_open ? last : each.ended) == each.called) continue;
    return "call " + std::to_string(static_cast<std::uint64_t>(each.id)) +
           " went on while time passed, so that nobody knows at which moment it took effect";
  }
  return {};
}

std::string why_unknown(history::Unknown::Reason reason, const history::History& history) {
  const bool steps = reason == history::Unknown::Reason::steps;
  return "whether " + std::to_string(history.operations().size()) +
         " calls have an order was not known after " +
         (steps ? std::to_string(kCheck.steps) + " steps" : to_string(kCheck.memory));
}

}  // namespace

HistoryCheck::HistoryCheck(const SchedulePlan& plan, const Linearizability& wanted)
    : model_{wanted.model}, parameters_{wanted.parameters} {
  const std::vector<Operation>& operations = plan.operations->operations;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    if (!wanted.as[i]) continue;
    Part part{.name = *wanted.as[i], .arguments = {}};
    for (std::size_t at = 0; at < operations[i].arguments.size(); ++at) {
      if (!is_signal(operations[i].arguments[at])) part.arguments.push_back(at);
    }
    parts_.emplace(operations[i].name, std::move(part));
  }
}

base::Result<history::AnyModel> HistoryCheck::model_for(const Trace& trace) const {
  Object parameters;
  for (const auto& [name, argument] : parameters_) {
    if (const auto* literal = std::get_if<Value>(&argument.data)) {
      parameters.fields.emplace_back(name, *literal);
      continue;
    }
    const auto& reference = std::get<Reference>(argument.data);
    const auto drawn =
        std::find_if(trace.given.begin(), trace.given.end(),
                     [&](const Trace::Drawn& each) { return each.name == reference.name; });
    JUDGE_CHECK(drawn != trace.given.end(), "the loader refuses references to nothing");
    parameters.fields.emplace_back(name, drawn->value);
  }
  return history::find_model(model_, parameters);
}

history::Call HistoryCheck::call_of(const Trace& trace, const Event& event, const Part& part,
                                    const history::AnyModel& model) const {
  const CallMade& made = trace.calls[event.call];
  const auto& shown = std::get<List>(made.arguments.data).items;
  history::Call call{.process = ProcessId{event.call}, .operation = part.name, .arguments = {}};
  for (const std::size_t at : part.arguments) call.arguments.push_back(shown[at]);
  if (model.regards_time()) call.arguments.push_back(Value{event.at});
  return call;
}

base::Result<history::History> HistoryCheck::history_of(const Trace& trace,
                                                        const history::AnyModel& model) const {
  history::Recorder recorder;
  std::map<std::uint32_t, ProcessId> open;  // calls that have not ended, and who made them
  for (const Event& event : trace.events) {
    if (event.kind != Kind::operation && !ends_call(event)) continue;
    const CallMade& made = trace.calls[event.call];
    const auto part = parts_.find(made.operation);
    if (part == parts_.end()) continue;
    const history::OperationId id{event.call};
    if (event.kind == Kind::operation) {
      history::Call call = call_of(trace, event, part->second, model);
      const auto is_theirs = [&](const auto& each) { return each.second == ProcessId{*made.on}; };
      if (made.on && std::none_of(open.begin(), open.end(), is_theirs)) {
        call.process = ProcessId{*made.on};
      }
      open.emplace(event.call, call.process);
      JUDGE_TRY_VOID(recorder.call(id, std::move(call), moment_of(event)));
      continue;
    }
    open.erase(event.call);
    if (event.kind == Kind::fulfilled) {
      JUDGE_TRY_VOID(recorder.returned(id, event.value, moment_of(event)));
    } else {
      JUDGE_TRY_VOID(recorder.failed(id, moment_of(event)));
    }
  }
  return std::move(recorder).finish();
}

base::Result<HistoryCheck::Answer> HistoryCheck::judge(const Trace& trace) const {
  JUDGE_TRY(const history::AnyModel model, model_for(trace));
  JUDGE_TRY(const history::History history, history_of(trace, model));
  if (model.regards_time()) {
    if (auto call = straddling_call(history, trace)) return Answer{Unknown{std::move(*call)}};
  }
  JUDGE_TRY(const history::Checked checked, history::check(history, model, kCheck));
  if (const auto* unknown = std::get_if<history::Unknown>(&checked.answer)) {
    return Answer{Unknown{why_unknown(unknown->reason, history)}};
  }
  const auto* failure = std::get_if<history::NotLinearizable>(&checked.answer);
  if (failure == nullptr) return Answer{Fits{}};
  const history::OperationId blocked = history.operations()[failure->blocked].id;
  return Answer{Differs{.event = end_of(static_cast<std::uint32_t>(blocked), trace)}};
}

base::Result<std::string> HistoryCheck::explain(const Trace& trace) const {
  JUDGE_TRY(const history::AnyModel model, model_for(trace));
  JUDGE_TRY(const history::History history, history_of(trace, model));
  JUDGE_TRY(const history::Checked checked, history::check(history, model, kCheck));
  const auto* failure = std::get_if<history::NotLinearizable>(&checked.answer);
  JUDGE_CHECK(failure != nullptr, "the same trace gets the same answer");
  JUDGE_TRY(const history::Explanation explanation,
            history::explain(history, model, *failure, kExplain));
  return with_labels(history::report(history, *failure, explanation, "call"), trace);
}

}  // namespace harness
