// A 64-bit number that is added to; it wraps around.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "harnesses/history/model.hpp"

namespace harness::history {

struct CounterModel {
  Word initial_count = 0;

  enum Call : std::size_t { get, add, add_and_get, get_and_add };
  static constexpr std::string_view kName = "counter";
  static constexpr Keys kKeys = Keys::one_object;
  static constexpr std::array kOperations = {
      OperationSpec{.name = "get", .result = Kind::integer, .effect = Effect::never},
      OperationSpec{.name = "add", .arguments = {Kind::integer}},
      OperationSpec{.name = "add_and_get", .arguments = {Kind::integer}, .result = Kind::integer},
      OperationSpec{.name = "get_and_add", .arguments = {Kind::integer}, .result = Kind::integer}};

  [[nodiscard]] bool regards_processes() const { return false; }
  [[nodiscard]] State initial(Values& /*values*/) const { return {initial_count}; }
  [[nodiscard]] std::optional<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
