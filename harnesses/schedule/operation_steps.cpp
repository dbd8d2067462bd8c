#include "harnesses/schedule/operation_steps.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/schedule/compare_sides.hpp"
#include "harnesses/schedule/labels.hpp"
#include "harnesses/snake_case.hpp"
#include "sandbox/base/check.hpp"

namespace harness {
namespace {

using Kind = Event::Kind;
using Phase = Side::CallState::Phase;

constexpr std::int64_t kExport = -1;
constexpr std::uint32_t kObject = 0;

Value text(std::string content) { return Value{std::move(content)}; }

Value number(std::uint32_t value) { return Value{std::int64_t{value}}; }

Value shown_signal(bool aborted) { return Value{Opaque{aborted ? "aborted signal" : "signal"}}; }

Value given_value(std::size_t index) {
  return Value{Controlled{"given", {{"index", number(static_cast<std::uint32_t>(index))}}}};
}

void add(std::string& doing, const std::string& what) {
  doing += (doing.empty() ? "" : " and ") + what;
}

Value call_step(std::uint32_t call, std::int64_t on, const std::string& function, bool is_new,
                Value arguments, Value options) {
  return Value{Object{{{"kind", text("call")},
                       {"call", number(call)},
                       {"on", Value{on}},
                       {"function", text(function)},
                       {"new", Value{is_new}},
                       {"arguments", std::move(arguments)},
                       {"options", std::move(options)}}}};
}

// A call that returned something other than a promise may go on using its signals.
bool is_over(const Side::CallState& call) {
  return call.phase == Phase::failed || (call.phase == Phase::fulfilled && call.promise);
}
bool can_abort(const Side::CallState& call) { return call.phase != Phase::made && !is_over(call); }

Value abort_step(std::int64_t call, std::int64_t signal, Value reason) {
  return Value{Object{{{"kind", text("abort")},
                       {"call", Value{call}},
                       {"signal", Value{signal}},
                       {"reason", std::move(reason)}}}};
}

}  // namespace

// ---- which ----

std::vector<std::uint32_t> OperationSteps::targets(const Operation& operation) const {
  std::vector<std::uint32_t> found;
  const Side& side = *sides_.front();
  const std::string& wanted = operations_.operations[*operation.on].name;
  for (std::uint32_t call = 1; call < side.calls().size(); ++call) {
    const CallMade& made = side.trace().calls[call];
    if (made.operation != wanted) continue;
    const Phase phase = side.calls()[call].phase;
    const Use& use = uses_[call];
    const bool usable = operation.kind == Operation::Kind::abort
                            ? can_abort(side.calls()[call]) && made.has_signal && !use.aborted
                            : phase == Phase::fulfilled && !(operation.once && use.used);
    if (usable) found.push_back(call);
  }
  return found;
}

bool OperationSteps::is_possible(const Operation& operation) const {
  if (operation.kind == Operation::Kind::abort && !operation.on) return can_abort_given();
  // Where a signal is the cancelling of a task there is nothing to cancel before the call.
  const bool aborted_before = is_any_argument(operation, [&](const OperationArgument& each) {
    const auto* own = std::get_if<OwnSignal>(&each);
    return (own != nullptr && own->aborted_before) ||
           (std::holds_alternative<SharedSignal>(each) && is_given_aborted());
  });
  if (aborted_before && dialect_.abort_ends_inputs) return false;
  if (operation.on) return !targets(operation).empty();
  return operation.is_new || !operations_.object ||
         sides_.front()->calls()[kObject].phase == Phase::fulfilled;
}

bool OperationSteps::is_given_aborted() const {
  return has_aborted_given_ || generated_.trace.signal == SignalPlan::before;
}

// A task is not cancelled before it had its turn.
bool OperationSteps::can_abort_given() const {
  bool any = false;
  for (std::uint32_t call = kObject; call < uses_.size(); ++call) {
    const Side::CallState& state = sides_.front()->calls()[call];
    if (!uses_[call].shares || is_over(state)) continue;
    if (state.phase == Phase::made && dialect_.abort_ends_inputs) return false;
    any = true;
  }
  return any && !is_given_aborted();
}

bool OperationSteps::has_operation() const {
  return std::any_of(operations_.operations.begin(), operations_.operations.end(),
                     [&](const Operation& each) { return is_possible(each); });
}

std::uint32_t OperationSteps::pick_target(const Operation& operation) {
  const std::vector<std::uint32_t> all = targets(operation);
  return all[choices_.draw_always(Purpose::pick, all.size())];
}

void OperationSteps::draw_swarm() {
  constexpr std::size_t kMost = 30;
  const auto& all = operations_.operations;
  const std::size_t many = std::min(all.size(), kMost);
  // Above the masks stand twice as many numbers for "without nothing".
  const std::uint64_t masks = std::uint64_t{1} << many;
  const std::uint64_t drawn = many < 2 ? 0 : choices_.draw(Purpose::swarm, 3 * masks);
  const std::uint64_t off = drawn < masks ? drawn : 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    liked_.push_back(i < many && (off >> i & 1U) != 0 ? 0 : all[i].weight);
  }
}

// ---- calls ----

List OperationSteps::create() {
  CallMade made{.operation = {}, .on = {}, .arguments = Value{List{}}, .cancel_reason = {}};
  uses_.emplace_back();
  if (is_object_handed_signal() && !dialect_.abort_ends_inputs) {
    uses_[kObject].shares = true;
    made.cancel_reason = generated_.trace.cancel_reason;
  }
  for (Side* side : sides_) side->add_call(made);
  if (!operations_.object) return {};
  List arguments;
  for (const Argument& argument : operations_.object->arguments) {
    arguments.items.push_back(resolve(argument).sent);
  }
  const ObjectPlan& object = *operations_.object;
  Value options;
  if (object.options) options = resolve(Argument{*object.options}).sent;
  const std::string function =
      object.function.empty() ? exports_.front() : export_name(object.function);
  return List{{call_step(kObject, kExport, function, !object.is_factory,
                         Value{std::move(arguments)}, std::move(options))}};
}

bool OperationSteps::is_object_handed_signal() const {
  const auto is_given_signal = [&](const Argument& argument) {
    const auto* reference = std::get_if<Reference>(&argument.data);
    return reference != nullptr &&
           std::holds_alternative<GivenSignal>(plan_.given[index_of(*reference, plan_)].generator);
  };
  if (!operations_.object) return false;
  const ObjectPlan& object = *operations_.object;
  return std::any_of(object.arguments.begin(), object.arguments.end(), is_given_signal) ||
         (object.options &&
          std::any_of(object.options->fields.begin(), object.options->fields.end(),
                      [&](const auto& option) { return is_given_signal(option.second); }));
}

void OperationSteps::operate(List& steps, std::string& doing) {
  std::vector<unsigned> weights;
  for (const Operation& each : operations_.operations) {
    weights.push_back(is_possible(each) ? each.weight : 0);
  }
  const Operation& operation =
      operations_.operations[choices_.draw_possible(Purpose::variant, weights, liked_)];
  if (operation.kind == Operation::Kind::call) return call(operation, steps, doing);
  operation.on ? abort(operation, steps, doing) : abort_given(steps, doing);
}

void OperationSteps::call(const Operation& operation, List& steps, std::string& doing) {
  const auto call = static_cast<std::uint32_t>(uses_.size());
  CallMade made{.operation = operation.name,
                .on = {},
                .makes_object = operation.is_new,
                .arguments = {},
                .cancel_reason = {}};
  if (operation.on) {
    made.on = pick_target(operation);
    if (operation.once) uses_[*made.on].used = true;
  }
  uses_.emplace_back();
  List sent;
  List shown;
  for (const OperationArgument& argument : operation.arguments) {
    Argued argued = argue(argument, call, made);
    sent.items.push_back(std::move(argued.sent));
    shown.items.push_back(std::move(argued.shown));
  }
  Value options;
  if (!operation.options.empty()) {
    Object sent_options;
    Object shown_options;
    for (const auto& [name, argument] : operation.options) {
      Argued argued = argue(argument, call, made);
      sent_options.fields.emplace_back(name, std::move(argued.sent));
      shown_options.fields.emplace_back(name, std::move(argued.shown));
    }
    options = Value{std::move(sent_options)};
    shown.items.push_back(Value{std::move(shown_options)});
  }
  made.arguments = Value{std::move(shown)};
  for (Side* side : sides_) {
    side->add_call(made);
    side->record({.kind = Kind::operation, .value = {}, .call = call});
    if (uses_[call].shares && is_given_aborted()) {
      side->record({.kind = Kind::abort, .value = {}, .call = call});
    }
  }
  add(doing, call_name(sides_.front()->trace(), call));
  const bool is_method = operations_.object.has_value() && !operation.is_new;
  const std::int64_t on = made.on     ? std::int64_t{*made.on}
                          : is_method ? std::int64_t{kObject}
                                      : kExport;
  steps.items.push_back(
      call_step(call, on, on == kExport ? export_name(operation.function) : operation.function,
                operation.is_new, Value{std::move(sent)}, std::move(options)));
}

void OperationSteps::abort(const Operation& operation, List& steps, std::string& doing) {
  const std::uint32_t call = pick_target(operation);
  uses_[call].aborted = true;
  for (Side* side : sides_) side->record({.kind = Kind::abort, .value = {}, .call = call});
  add(doing, "the abort of " + call_name(sides_.front()->trace(), call));
  const auto which = static_cast<std::uint32_t>(choices_.draw(Purpose::pick, uses_[call].signals));
  steps.items.push_back(abort_step(call, which, uses_[call].reason));
}

// Where a signal is the cancelling of a task, each of its calls is cancelled.
void OperationSteps::abort_given(List& steps, std::string& doing) {
  has_aborted_given_ = true;
  add(doing, "the abort of the shared signal");
  for (std::uint32_t call = kObject; call < uses_.size(); ++call) {
    if (!uses_[call].shares || is_over(sides_.front()->calls()[call])) continue;
    for (Side* side : sides_) side->record({.kind = Kind::abort, .value = {}, .call = call});
    if (dialect_.abort_ends_inputs) steps.items.push_back(abort_step(call, 0, {}));
  }
  if (dialect_.abort_ends_inputs) return;
  steps.items.push_back(abort_step(kGivenSignal, 0, generated_.cancel_reason));
}

// ---- inputs ----

Value OperationSteps::settle(std::string& doing, Outcome wanted) {
  Side& side = *sides_.front();
  const std::uint32_t index =
      side.running()[choices_.draw_always(Purpose::pick, side.running().size())];
  Input& input = side.trace().inputs[index];
  Value outcome;
  std::string name = "task " + std::to_string(index);
  if (input.kind == ControlledKind::invocation) {
    const auto& plan = std::get<CallbackPlan>(plan_.given[input.callback].generator);
    const bool open =
        plan.rejecting == Rejecting::some || plan.rejecting == Rejecting::at_least_one;
    if (open) {
      input.fails =
          wanted == Outcome::alike ? has_failed_last_ : choices_.draw(Purpose::outcome, 2) == 1;
    } else {
      input.fails = plan.rejecting == Rejecting::all;
    }
    has_failed_last_ = input.fails;
    const std::string label =
        side.trace().given[input.callback].name + " " + std::to_string(input.number);
    ValueMaker::Made made = values_.outcome(plan, input.fails, label);
    (input.fails ? input.error : input.value) = std::move(made.shown);
    outcome = std::move(made.sent);
    name = label;
  } else {
    outcome = generated_.outcomes[index];
  }
  add(doing, name + (input.fails ? " fails" : " fulfils"));
  const bool ok = !input.fails;
  const std::uint32_t wire = input.wire;
  for (Side* each : sides_) {
    const auto& inputs = each->trace().inputs;
    const auto found = std::find_if(inputs.begin(), inputs.end(),
                                    [&](const Input& other) { return other.wire == wire; });
    JUDGE_CHECK(found != inputs.end(), "sides in lockstep have the same inputs");
    const auto at = static_cast<std::uint32_t>(found - inputs.begin());
    each->settle_input(at);
    each->record({.kind = Kind::settle, .index = at, .flag = ok, .value = {}});
  }
  return Value{Object{{{"kind", text("settle")},
                       {"index", number(wire)},
                       {"ok", Value{ok}},
                       {"value", std::move(outcome)}}}};
}

// ---- arguments ----

OperationSteps::Argued OperationSteps::argue(const OperationArgument& argument, std::uint32_t call,
                                             CallMade& made) {
  if (const auto* fixed = std::get_if<Argument>(&argument)) return resolve(*fixed);
  if (const auto* plain = std::get_if<Generator>(&argument)) {
    const Value drawn = draw(*plain, choices_);
    return {.sent = drawn, .shown = drawn};
  }
  if (const auto* shared = std::get_if<SharedSignal>(&argument)) {
    uses_[call].shares = true;
    made.cancel_reason = generated_.trace.cancel_reason;
    return {.sent = given_value(shared->given), .shown = shown_signal(is_given_aborted())};
  }
  return own_signal(std::get<OwnSignal>(argument), call, made);
}

OperationSteps::Argued OperationSteps::own_signal(const OwnSignal& signal, std::uint32_t call,
                                                  CallMade& made) {
  Use& use = uses_[call];
  if (!made.has_signal) {
    ValueMaker::Made reason =
        values_.reason(signal.any_reason, "the reason of call " + std::to_string(call));
    made.has_signal = true;
    made.cancel_reason = std::move(reason.shown);
    use.reason = std::move(reason.sent);
  }
  ++use.signals;
  Controlled sent{
      "signal",
      {{"state", text(signal.aborted_before ? "aborted" : "live")}, {"call", number(call)}}};
  if (signal.aborted_before) {
    sent.fields.emplace_back("reason", std::exchange(use.reason, made.cancel_reason));
    use.aborted = true;
  }
  return {.sent = Value{std::move(sent)}, .shown = shown_signal(signal.aborted_before)};
}

OperationSteps::Argued OperationSteps::resolve(const Argument& argument) const {
  if (const auto* value = std::get_if<Value>(&argument.data)) return {*value, *value};
  if (const auto* reference = std::get_if<Reference>(&argument.data)) {
    const std::size_t index = index_of(*reference, plan_);
    const Trace::Drawn& drawn = generated_.trace.given[index];
    if (std::holds_alternative<GivenSignal>(plan_.given[index].generator)) {
      return {.sent = given_value(index), .shown = shown_signal(is_given_aborted())};
    }
    if (!drawn.is_inputs && !drawn.is_callback) return {drawn.value, drawn.value};
    return {.sent = given_value(index), .shown = Value{Opaque{reference->name}}};
  }
  if (const auto* object = std::get_if<ArgumentObject>(&argument.data)) {
    Object sent;
    Object shown;
    for (const auto& [name, field] : object->fields) {
      Argued argued = resolve(field);
      sent.fields.emplace_back(name, std::move(argued.sent));
      shown.fields.emplace_back(name, std::move(argued.shown));
    }
    return {.sent = Value{std::move(sent)}, .shown = Value{std::move(shown)}};
  }
  List sent;
  List shown;
  for (const Argument& item : std::get<ArgumentList>(argument.data).items) {
    Argued argued = resolve(item);
    sent.items.push_back(std::move(argued.sent));
    shown.items.push_back(std::move(argued.shown));
  }
  return {.sent = Value{std::move(sent)}, .shown = Value{std::move(shown)}};
}

std::string OperationSteps::export_name(const std::string& name) const {
  return exported_name(name, exports_);
}

}  // namespace harness
