// One value: read, write, compare-and-set.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "harnesses/history/model.hpp"

namespace harness::history {

struct RegisterModel {
  Value initial_value;

  enum Call : std::size_t { read, write, compare_and_set };
  static constexpr std::string_view kName = "register";
  static constexpr Keys kKeys = Keys::one_object;
  static constexpr std::array kOperations = {
      OperationSpec{.name = "read", .result = Kind::value, .effect = Effect::never},
      OperationSpec{.name = "write", .arguments = {Kind::value}},
      OperationSpec{.name = "compare_and_set",
                    .arguments = {Kind::value, Kind::value},  // expected, new
                    .result = Kind::boolean,
                    .effect = Effect::changes_if_true}};

  [[nodiscard]] bool regards_processes() const { return false; }
  [[nodiscard]] State initial(Values& values) const { return {values.number(initial_value)}; }
  [[nodiscard]] std::optional<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
