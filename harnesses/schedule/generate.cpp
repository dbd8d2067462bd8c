#include "harnesses/schedule/generate.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include "sandbox/base/check.hpp"

namespace harness {
namespace {

Value text(std::string content) { return Value{std::move(content)}; }

bool always_fails(const std::string& how) { return how == "throws" || how == "rejected"; }
bool never_fails(const std::string& how) {
  return how == "returns" || how == "fulfilled" || how == "value";
}
bool settled_by_judge(const std::string& how) {
  return how == "later" || how.starts_with("thenable");
}

class Generator {
 public:
  Generator(const SchedulePlan& plan, const Dialect& dialect, Choices& choices, TokenSource& tokens)
      : plan_{plan}, dialect_{dialect}, choices_{choices}, tokens_{tokens} {}

  GeneratedCase run() {
    for (const Given& given : plan_.given) {
      arguments_.push_back(
          {given.name,
           std::visit([&](const auto& generator) { return draw(given.name, generator); },
                      given.generator)});
    }
    List list;
    for (const Argument& argument : plan_.call.arguments) list.items.push_back(resolve(argument));
    out_.arguments = Value{std::move(list)};
    if (plan_.call.options) out_.options = resolve_object(*plan_.call.options);
    return std::move(out_);
  }

 private:
  // ---- what is drawn: each answers the value that the call hands over ----

  Value draw(const std::string& name, const IntegerRange& range) {
    const auto options = static_cast<std::uint64_t>(range.high - range.low) + 1;
    return literal(
        name, Value{range.low + static_cast<std::int64_t>(choices_.draw(Purpose::data, options))});
  }

  Value draw(const std::string& name, const OneOf& one_of) {
    return literal(name, one_of.values[choices_.draw(Purpose::data, one_of.values.size())]);
  }

  Value draw(const std::string& name, const SignalPlan& plan) {
    static constexpr std::array kWords = {"never", "before", "during"};
    out_.trace.signal = plan;
    out_.trace.cancel_reason = define_error("the cancel reason");
    out_.cancel_reason = last_definition_;
    out_.trace.given.push_back(
        {.name = name, .value = text(kWords[static_cast<std::size_t>(plan)]), .collection = {}});
    const bool aborted = plan == SignalPlan::before;
    Controlled signal{"signal", {{"state", text(aborted ? "aborted" : "live")}}};
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
      out_.trace.iterator_error = define_error("the iterator's error");
      iterable.fields.emplace_back("value", last_definition_);
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
                .error = {}};
    input.fails = draw_fails(inputs.rejecting, input.how, must_fail);
    const std::string number = std::to_string(index);
    Value outcome;
    if (input.fails) {
      input.error = draw_error(inputs, number);
      outcome = last_definition_;
    } else {
      input.value = draw_value(inputs, number);
      outcome = last_definition_;
    }
    Controlled controlled{inputs.kind == ControlledKind::task ? "task" : "promise",
                          {{"index", Value{std::int64_t{index}}}, {"how", text(input.how)}}};
    if (!settled_by_judge(input.how)) controlled.fields.emplace_back("value", outcome);
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

  Value draw_value(const ControlledInputs& inputs, const std::string& number) {
    static constexpr std::array<unsigned, 8> kWeights = {6, 1, 1, 1, 1, 1, 1, 2};
    switch (inputs.any_values ? choices_.draw(Purpose::value, kWeights) : 0) {
      case 1:
        return plain(dialect_.has_undefined ? Value{} : Value{Null{}});
      case 2:
        return plain(Value{Null{}});
      case 3:
        return plain(Value{std::int64_t{0}});
      case 4:
        return plain(Value{false});
      case 5:
        return plain(text(""));
      case 6:
        return plain(Value{std::numeric_limits<double>::quiet_NaN()});
      case 7:
        return define(Value{Object{{{"token", token("token of object " + number)}}}},
                      "object " + number);
      default:
        return token("value " + number);
    }
  }

  Value draw_error(const ControlledInputs& inputs, const std::string& number) {
    static constexpr std::array<unsigned, 5> kWeights = {6, 1, 1, 1, 1};
    const bool any = inputs.any_values && dialect_.throws_any_value;
    switch (any ? choices_.draw(Purpose::value, kWeights) : 0) {
      case 1:
        return plain(Value{});
      case 2:
        return plain(Value{Null{}});
      case 3:
        return plain(Value{std::int64_t{0}});
      case 4:
        return token("reason " + number);
      default:
        return define_error("error " + number);
    }
  }

  // ---- values and their identities: each answers what the trace holds and leaves in
  // last_definition_ what to send ----

  Value plain(Value value) { return last_definition_ = std::move(value); }

  Value token(const std::string& label) {
    std::string fresh = tokens_.next();
    out_.trace.tokens.emplace_back(fresh, label);
    return plain(text(std::move(fresh)));
  }

  Value define(Value object, const std::string& label) {
    const std::uint32_t id = next_id_++;
    out_.trace.known.push_back({id, label});
    last_definition_ = Value{Define{id, std::make_shared<const Value>(std::move(object))}};
    return Value{Known{id}};
  }

  Value define_error(const std::string& label) {
    const Value message = token("message of " + label);
    return define(
        Value{ErrorValue{{dialect_.error_class}, std::get<std::string>(message.data), {}}}, label);
  }

  Value literal(const std::string& name, Value value) {
    out_.trace.given.push_back({.name = name, .value = value, .collection = {}});
    return value;
  }

  // ---- the call's arguments ----

  Value resolve(const Argument& argument) {
    if (const auto* value = std::get_if<Value>(&argument.data)) return *value;
    if (const auto* reference = std::get_if<Reference>(&argument.data)) {
      const auto found = std::find_if(arguments_.begin(), arguments_.end(), [&](const auto& drawn) {
        return drawn.first == reference->name;
      });
      JUDGE_CHECK(found != arguments_.end(), "the loader refuses references to nothing");
      return found->second;
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
  const Dialect& dialect_;
  Choices& choices_;
  TokenSource& tokens_;
  GeneratedCase out_;
  std::vector<std::pair<std::string, Value>> arguments_;
  Value last_definition_;
  std::uint32_t next_id_ = 1;
};

}  // namespace

Dialect dialect_of(const std::string& language) {
  if (language == "python") {
    return {.language = language,
            .has_undefined = false,
            .throws_any_value = false,
            .error_class = "Exception",
            .abort_ends_inputs = true};
  }
  return {.language = language,
          .has_undefined = true,
          .throws_any_value = true,
          .error_class = "Error",
          .abort_ends_inputs = false};
}

GeneratedCase generate(const SchedulePlan& plan, const Dialect& dialect, Choices& choices,
                       TokenSource& tokens) {
  return Generator{plan, dialect, choices, tokens}.run();
}

}  // namespace harness
