// Last in, first out. `pop` waits for an item; `try_pop` answers nothing when there is none.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "harnesses/history/model.hpp"

namespace harness::history {

struct StackModel {
  enum Call : std::size_t { push, pop, try_pop };
  static constexpr std::string_view kName = "stack";
  static constexpr Keys kKeys = Keys::one_object;
  static constexpr std::array kOperations = {
      OperationSpec{.name = "push", .arguments = {Kind::value}, .when_failed = Failure::no_effect},
      OperationSpec{.name = "pop", .result = Kind::value, .when_failed = Failure::no_effect},
      OperationSpec{.name = "try_pop",
                    .result = Kind::value,  // nothing: it was empty
                    .when_failed = Failure::no_effect}};

  [[nodiscard]] bool regards_processes() const { return false; }
  [[nodiscard]] State initial(Values& /*values*/) const { return {}; }
  [[nodiscard]] std::optional<Word> only_value(const Action& action) const;
  [[nodiscard]] std::optional<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
