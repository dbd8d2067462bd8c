// Members. They never influence each other, so each is checked for itself (the example of Horn and
// Kroening, "Faster linearizability checking via P-compositionality", 2015).
#pragma once

#include <array>
#include <optional>
#include <string>

#include "harnesses/history/model.hpp"

namespace harness::history {

struct SetModel {
  enum Call : std::size_t { contains, add, remove };
  static constexpr std::string_view kName = "set";
  static constexpr Keys kKeys = Keys::first_argument;
  static constexpr std::array kOperations = {
      OperationSpec{.name = "contains",
                    .arguments = {Kind::value},
                    .result = Kind::boolean,
                    .effect = Effect::never},
      OperationSpec{.name = "add",
                    .arguments = {Kind::value},
                    .result = Kind::boolean,  // whether it was new
                    .effect = Effect::changes_if_true},
      OperationSpec{.name = "remove",
                    .arguments = {Kind::value},
                    .result = Kind::boolean,  // whether it was there
                    .effect = Effect::changes_if_true}};

  [[nodiscard]] bool regards_processes() const { return false; }
  [[nodiscard]] State initial(Values& /*values*/) const { return {}; }
  [[nodiscard]] std::optional<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
