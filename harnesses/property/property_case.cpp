#include "harnesses/property/property_case.hpp"

#include <algorithm>
#include <utility>

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

struct Weighing {
  // Of a tag and a length; descriptions for the oracle add about as much again.
  static constexpr std::size_t kEach = 24;

  std::size_t operator()(const List& list) const { return sum(list.items); }
  std::size_t operator()(const Set& set) const { return sum(set.items); }
  std::size_t operator()(const Object& object) const { return sum(object.fields); }
  std::size_t operator()(const Map& map) const {
    std::size_t total = kEach;
    for (const auto& [key, value] : map.entries) total += weight_of(key) + weight_of(value);
    return total;
  }
  std::size_t operator()(const ErrorValue& error) const {
    return sum(error.fields) + error.message.size() + kEach * error.classes.size();
  }
  std::size_t operator()(const std::string& text) const { return kEach + text.size(); }
  std::size_t operator()(const BigInt& big) const { return kEach + big.decimal.size(); }
  std::size_t operator()(const Blob& blob) const { return kEach + 2 * blob.bytes.size(); }
  template <typename Small>
  std::size_t operator()(const Small& /*value*/) const {
    return kEach;
  }

 private:
  static std::size_t sum(const std::vector<Value>& items) {
    std::size_t total = kEach;
    for (const Value& item : items) total += weight_of(item);
    return total;
  }
  static std::size_t sum(const std::vector<std::pair<std::string, Value>>& fields) {
    std::size_t total = kEach;
    for (const auto& [name, value] : fields) {
      total += kEach + name.size() + weight_of(value);
    }
    return total;
  }
};

}  // namespace

std::size_t weight_of(const Value& value) { return std::visit(Weighing{}, value.data); }

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
