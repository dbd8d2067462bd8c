#include "harnesses/schedule/bound_answers.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>

#include "harnesses/protocol/weight.hpp"

namespace harness {
namespace {

constexpr std::size_t kLarge = 1024;
constexpr std::size_t kMostLarge = std::size_t{1} << 20U;  // of a case, with large values
constexpr std::size_t kMost = std::size_t{4} << 20U;       // of a case

// The fields of events that hold what the program made.
bool holds_value(std::string_view field) {
  constexpr std::array<std::string_view, 4> kNames{"value", "error", "reason", "arguments"};
  for (const std::string_view name : kNames) {
    if (field == name) return true;
  }
  return false;
}

Value too_large() { return Value{Opaque{"value too large to be judged"}}; }

void bound(Value& value, Trace& trace) {
  const std::size_t weight = weight_of(value);
  if (weight > kLarge && trace.weight + weight > kMostLarge) value = too_large();
  trace.weight += weight_of(value);
}

}  // namespace

base::Status bound_values(Answer& answer, Trace& trace) {
  auto* payload = std::get_if<Object>(&answer.payload.data);
  if (payload == nullptr) return {};
  for (auto& [name, value] : payload->fields) {
    if (!holds_value(name)) continue;
    auto* arguments = name == "arguments" ? std::get_if<List>(&value.data) : nullptr;
    if (arguments == nullptr) {
      bound(value, trace);
    } else {
      for (Value& argument : arguments->items) bound(argument, trace);
    }
  }
  if (trace.weight > kMost) return base::invalid_input("too much for one case");
  return {};
}

}  // namespace harness
