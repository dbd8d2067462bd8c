#include "harnesses/schedule/values.hpp"

#include <array>
#include <limits>
#include <memory>

namespace harness {
namespace {

ValueMaker::Made plain(Value value) { return {.shown = value, .sent = value}; }

}  // namespace

bool settles_later(const Input& input) {
  return is_later(input.how) || input.how.starts_with("thenable");
}

bool is_later(std::string_view how) { return how == "later" || how == "heeds"; }

ValueMaker::Made ValueMaker::value(bool any, const std::string& name) {
  static constexpr std::array<unsigned, 8> kWeights = {6, 1, 1, 1, 1, 1, 1, 2};
  switch (any ? choices_.draw(Purpose::value, kWeights) : 0) {
    case 1:
      return plain(dialect_.has_undefined ? Value{} : Value{Null{}});
    case 2:
      return plain(Value{Null{}});
    case 3:
      return plain(Value{std::int64_t{0}});
    case 4:
      return plain(Value{false});
    case 5:
      return plain(Value{std::string{}});
    case 6:
      return plain(Value{std::numeric_limits<double>::quiet_NaN()});
    case 7:
      return define(Value{Object{{{"token", token("token of object " + name)}}}}, "object " + name);
    default:
      return plain(token("value " + name));
  }
}

// Among errors are some that go by the names of those by which programs know who has given up.
ValueMaker::Made ValueMaker::error(bool any, const std::string& name) {
  static constexpr std::array<unsigned, 7> kWeights = {6, 1, 1, 1, 1, 1, 1};
  static constexpr std::array<unsigned, 2> kWeightsOfExceptions = {6, 1};
  const std::string label = "error " + name;
  if (any && !dialect_.throws_any_value) {
    if (choices_.draw(Purpose::value, kWeightsOfExceptions) == 0) return labelled_error(label);
    return labelled_error(label, {"TimeoutError"});
  }
  switch (any ? choices_.draw(Purpose::value, kWeights) : 0) {
    case 1:
      return plain(Value{});
    case 2:
      return plain(Value{Null{}});
    case 3:
      return plain(Value{std::int64_t{0}});
    case 4:
      return plain(token("reason " + name));
    case 5:
      return labelled_error(label, {"AbortError", "DOMException"});
    case 6:
      return labelled_error(label, {"TimeoutError", "DOMException"});
    default:
      return labelled_error(label);
  }
}

ValueMaker::Made ValueMaker::reason(bool any, const std::string& label) {
  static constexpr std::array<unsigned, 4> kWeights = {6, 1, 1, 1};
  switch (any && dialect_.throws_any_value ? choices_.draw(Purpose::value, kWeights) : 0) {
    case 1:
      return plain(Value{std::int64_t{0}});
    case 2:
      return plain(Value{std::string{}});
    case 3:
      return plain(token(label));
    default:
      return labelled_error(label);
  }
}

ValueMaker::Made ValueMaker::outcome(const CallbackPlan& plan, bool fails,
                                     const std::string& name) {
  if (fails) return error(plan.any_values, name);
  if (plan.literals.empty()) return value(plan.any_values, name);
  return plain(plan.literals[choices_.draw(Purpose::value, plan.literals.size())]);
}

ValueMaker::Made ValueMaker::labelled_error(const std::string& label) {
  return labelled_error(label, {dialect_.error_class});
}

// The class that it is made of stands last.
ValueMaker::Made ValueMaker::labelled_error(const std::string& label,
                                            std::vector<std::string> classes) {
  const Value message = token("message of " + label);
  return define(Value{ErrorValue{std::move(classes), std::get<std::string>(message.data), {}}},
                label);
}

Value ValueMaker::token(const std::string& label) {
  std::string fresh = tokens_.next();
  trace_.tokens.emplace_back(fresh, label);
  return Value{std::move(fresh)};
}

ValueMaker::Made ValueMaker::define(Value object, const std::string& label) {
  const std::uint32_t id = next_id_++;
  trace_.known.push_back({id, label});
  return {.shown = Value{Known{id}},
          .sent = Value{Define{id, std::make_shared<const Value>(std::move(object))}}};
}

Dialect dialect_of(const std::string& language) {
  if (language == "python") {
    return {.language = language,
            .has_undefined = false,
            .throws_any_value = false,
            .error_class = "Exception",
            .abort_ends_inputs = true,
            .has_scripts = false};
  }
  return {.language = language,
          .has_undefined = true,
          .throws_any_value = true,
          .error_class = "Error",
          .abort_ends_inputs = false,
          .has_scripts = true};
}

}  // namespace harness
