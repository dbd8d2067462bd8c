#include "harnesses/property/property_case.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/protocol/weight.hpp"
#include "sandbox/base/check.hpp"

namespace harness {
namespace {

class Preparing {
 public:
  Preparing(const PropertyPlan& plan, const std::vector<Value>& given)
      : plan_{plan}, given_{given} {}

  PreparedCall prepare(const Call& call, std::size_t function) {
    PreparedCall prepared{.function = function, .arguments = {}, .options = {}, .origins = {}};
    for (const Argument& argument : call.arguments) {
      const auto* reference = std::get_if<Reference>(&argument.data);
      const auto earlier = reference == nullptr ? plan_.calls.end() : call_named(reference->name);
      if (earlier == plan_.calls.end()) {
        prepared.arguments.push_back(resolve(argument));
        continue;
      }
      prepared.origins.push_back({.place = prepared.arguments.size(),
                                  .call = static_cast<std::size_t>(earlier - plan_.calls.begin())});
      prepared.arguments.emplace_back();
    }
    if (call.options) prepared.options = resolve(*call.options);
    return prepared;
  }

 private:
  [[nodiscard]] std::vector<NamedCall>::const_iterator call_named(const std::string& name) const {
    return std::find_if(plan_.calls.begin(), plan_.calls.end(),
                        [&](const NamedCall& each) { return each.name == name; });
  }

  [[nodiscard]] Value resolve(const Argument& argument) const {
    if (const auto* value = std::get_if<Value>(&argument.data)) return *value;
    if (const auto* object = std::get_if<ArgumentObject>(&argument.data)) return resolve(*object);
    if (const auto* reference = std::get_if<Reference>(&argument.data)) {
      const auto found =
          std::find_if(plan_.given.begin(), plan_.given.end(),
                       [&](const DrawnInput& each) { return each.name == reference->name; });
      JUDGE_CHECK(found != plan_.given.end(), "the loader refuses references to nothing");
      return given_[static_cast<std::size_t>(found - plan_.given.begin())];
    }
    List list;
    for (const Argument& item : std::get<ArgumentList>(argument.data).items) {
      list.items.push_back(resolve(item));
    }
    return Value{std::move(list)};
  }

  [[nodiscard]] Value resolve(const ArgumentObject& object) const {
    Object out;
    for (const auto& [name, value] : object.fields) out.fields.emplace_back(name, resolve(value));
    return Value{std::move(out)};
  }

  const PropertyPlan& plan_;
  const std::vector<Value>& given_;
};

}  // namespace

std::size_t weight_of(const PropertyCase& what) {
  std::size_t total = 0;
  for (const PreparedCall& call : what.calls) {
    total += weight_of(call.options);
    for (const Value& argument : call.arguments) total += weight_of(argument);
  }
  return total;
}

bool gave_result(const CallOutcome& outcome) {
  return outcome.state == CallOutcome::State::returned ||
         outcome.state == CallOutcome::State::fulfilled;
}

bool failed(const CallOutcome& outcome) {
  return outcome.state == CallOutcome::State::threw ||
         outcome.state == CallOutcome::State::rejected;
}

PropertyCase draw_case(const PropertyPlan& plan, const std::vector<std::size_t>& functions,
                       Choices& choices) {
  PropertyCase drawn;
  for (const DrawnInput& each : plan.given) {
    const auto span = choices.span("given");
    drawn.given.push_back(draw(each.generator, choices));
  }
  Preparing preparing{plan, drawn.given};
  for (std::size_t i = 0; i < plan.calls.size(); ++i) {
    drawn.calls.push_back(preparing.prepare(plan.calls[i].call, functions[i]));
  }
  return drawn;
}

std::vector<Value> arguments_of(const PropertyCase& what, std::size_t call,
                                const std::vector<CallOutcome>& outcomes) {
  const PreparedCall& prepared = what.calls[call];
  std::vector<Value> arguments = prepared.arguments;
  for (const PreparedCall::Origin& origin : prepared.origins) {
    arguments[origin.place] = outcomes[origin.call].value;
  }
  if (!std::holds_alternative<Undefined>(prepared.options.data)) {
    arguments.push_back(prepared.options);
  }
  return arguments;
}

}  // namespace harness
