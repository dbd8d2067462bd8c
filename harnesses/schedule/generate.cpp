#include "harnesses/schedule/generate.hpp"

#include <algorithm>
#include <array>

#include "sandbox/base/check.hpp"

namespace harness {
namespace {

Value text(std::string content) { return Value{std::move(content)}; }

bool always_fails(const std::string& how) { return how == "throws" || how == "rejected"; }
bool never_fails(const std::string& how) {
  return how == "returns" || how == "fulfilled" || how == "value";
}

class Drawing {
 public:
  Drawing(const SchedulePlan& plan, Choices& choices, ValueMaker& values, GeneratedCase& out)
      : plan_{plan}, choices_{choices}, values_{values}, out_{out} {}

  void run() {
    for (const Given& given : plan_.given) {
      out_.given.push_back(std::visit(
          [&](const auto& generator) { return draw(given.name, generator); }, given.generator));
    }
    if (plan_.operations) return;
    List list;
    for (const Argument& argument : plan_.call.arguments) list.items.push_back(resolve(argument));
    out_.arguments = Value{std::move(list)};
    if (plan_.call.options) out_.options = resolve_object(*plan_.call.options);
  }

 private:
  // ---- what is drawn: each answers the value that the call hands over ----

  Value draw(const std::string& name, const Generator& generator) {
    Value value = harness::draw(generator, choices_);
    out_.trace.given.push_back({.name = name, .value = value, .collection = {}});
    return value;
  }

  // Its first forms are drawn by whoever knows how many operations there will be.
  Value draw(const std::string& name, const CallbackPlan&) {
    out_.trace.given.push_back({.name = name, .value = {}, .is_callback = true, .collection = {}});
    return {};
  }

  Value draw(const std::string& name, const GivenSignal& plan) {
    static constexpr std::array kWords = {"never", "before", "during"};
    out_.trace.signal = plan.when;
    ValueMaker::Made reason = values_.reason(plan.any_reason, "the cancel reason");
    out_.trace.cancel_reason = std::move(reason.shown);
    out_.cancel_reason = std::move(reason.sent);
    out_.trace.given.push_back({.name = name,
                                .value = text(kWords[static_cast<std::size_t>(plan.when)]),
                                .collection = {}});
    const bool aborted = plan.when == SignalPlan::before;
    Controlled signal{
        "signal", {{"state", text(aborted ? "aborted" : "live")}, {"call", Value{kGivenSignal}}}};
    if (aborted) signal.fields.emplace_back("reason", out_.cancel_reason);
    return Value{std::move(signal)};
  }

  Value draw(const std::string& name, const ControlledInputs& inputs) {
    const auto sizes = static_cast<std::uint64_t>(inputs.high - inputs.low) + 1;
    const std::int64_t count =
        inputs.low + static_cast<std::int64_t>(choices_.draw(Purpose::size, sizes));
    const auto first = static_cast<std::uint32_t>(out_.trace.inputs.size());
    List list;
    bool one_fails = false;
    for (std::int64_t i = 0; i < count; ++i) {
      const bool must_fail =
          inputs.rejecting == Rejecting::at_least_one && !one_fails && i + 1 == count;
      list.items.push_back(draw_input(inputs, must_fail));
      one_fails = one_fails || out_.trace.inputs.back().fails;
    }
    const std::string collection =
        inputs.collections[choices_.draw(Purpose::variant, inputs.collections.size())];
    out_.trace.given.push_back({.name = name,
                                .value = {},
                                .is_inputs = true,
                                .first_input = first,
                                .input_count = static_cast<std::uint32_t>(count),
                                .collection = collection});
    if (collection == "array") return Value{std::move(list)};
    Controlled iterable{"iterable", {{"of", Value{std::move(list)}}, {"how", text(collection)}}};
    if (collection == "iterator-throws") {
      ValueMaker::Made error = values_.labelled_error("the iterator's error");
      out_.trace.iterator_error = std::move(error.shown);
      iterable.fields.emplace_back("value", std::move(error.sent));
    }
    return Value{std::move(iterable)};
  }

  Value draw_input(const ControlledInputs& inputs, bool must_fail) {
    const auto span = choices_.span("input");
    const auto index = static_cast<std::uint32_t>(out_.trace.inputs.size());
    Input input{.kind = inputs.kind,
                .how = draw_how(inputs, must_fail),
                .fails = false,
                .value = {},
                .error = {},
                .wire = index,
                .arguments = {}};
    input.fails = draw_fails(inputs.rejecting, input.how, must_fail);
    const std::string number = std::to_string(index);
    ValueMaker::Made made = input.fails ? values_.error(inputs.any_values, number)
                                        : values_.value(inputs.any_values, number);
    (input.fails ? input.error : input.value) = std::move(made.shown);
    Value outcome = std::move(made.sent);
    Controlled controlled{inputs.kind == ControlledKind::task ? "task" : "promise",
                          {{"index", Value{std::int64_t{index}}}, {"how", text(input.how)}}};
    if (!settles_later(input)) controlled.fields.emplace_back("value", outcome);
    out_.outcomes.push_back(outcome);
    out_.trace.inputs.push_back(std::move(input));
    return Value{std::move(controlled)};
  }

  std::string draw_how(const ControlledInputs& inputs, bool must_fail) {
    std::vector<std::string> possible;
    for (const std::string& how : inputs.how) {
      const bool excluded = (must_fail && never_fails(how)) ||
                            (inputs.rejecting == Rejecting::none && always_fails(how));
      if (!excluded) possible.push_back(how);
    }
    JUDGE_CHECK(!possible.empty(), "the loader refuses inputs that cannot be drawn");
    return possible[choices_.draw(Purpose::variant, possible.size())];
  }

  bool draw_fails(Rejecting rejecting, const std::string& how, bool must_fail) {
    if (always_fails(how)) return true;
    if (never_fails(how) || rejecting == Rejecting::none) return false;
    if (must_fail || rejecting == Rejecting::all) return true;
    return choices_.draw(Purpose::outcome, 2) == 1;
  }

  // ---- the call's arguments ----

  Value resolve(const Argument& argument) {
    if (const auto* value = std::get_if<Value>(&argument.data)) return *value;
    if (const auto* reference = std::get_if<Reference>(&argument.data)) {
      return out_.given[index_of(*reference, plan_)];
    }
    if (const auto* object = std::get_if<ArgumentObject>(&argument.data))
      return resolve_object(*object);
    List list;
    for (const Argument& item : std::get<ArgumentList>(argument.data).items) {
      list.items.push_back(resolve(item));
    }
    return Value{std::move(list)};
  }

  Value resolve_object(const ArgumentObject& object) {
    Object out;
    for (const auto& [name, value] : object.fields) out.fields.emplace_back(name, resolve(value));
    return Value{std::move(out)};
  }

  const SchedulePlan& plan_;
  Choices& choices_;
  ValueMaker& values_;
  GeneratedCase& out_;
};

}  // namespace

GeneratedCase generate(const SchedulePlan& plan, const Dialect& dialect, Choices& choices,
                       TokenSource& tokens) {
  GeneratedCase out;
  ValueMaker values{dialect, choices, tokens, out.trace};
  generate(plan, choices, values, out);
  return out;
}

void generate(const SchedulePlan& plan, Choices& choices, ValueMaker& values, GeneratedCase& out) {
  Drawing{plan, choices, values, out}.run();
}

std::size_t index_of(const Reference& reference, const SchedulePlan& plan) {
  const auto found = std::find_if(plan.given.begin(), plan.given.end(),
                                  [&](const Given& given) { return given.name == reference.name; });
  JUDGE_CHECK(found != plan.given.end(), "the loader refuses references to nothing");
  return static_cast<std::size_t>(found - plan.given.begin());
}

}  // namespace harness
