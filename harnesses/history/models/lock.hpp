// A lock that the process which holds it gives back. `acquire` waits.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "harnesses/history/model.hpp"

namespace harness::history {

struct LockModel {
  enum Call : std::size_t { acquire, try_acquire, release };
  static constexpr std::string_view kName = "lock";
  static constexpr Keys kKeys = Keys::one_object;
  static constexpr std::array kOperations = {
      OperationSpec{.name = "acquire", .when_failed = Failure::no_effect},
      OperationSpec{.name = "try_acquire",
                    .result = Kind::boolean,
                    .effect = Effect::changes_if_true,
                    .when_failed = Failure::no_effect},
      OperationSpec{.name = "release", .when_failed = Failure::no_effect}};

  [[nodiscard]] bool regards_processes() const { return true; }
  [[nodiscard]] State initial(Values& /*values*/) const { return {}; }
  [[nodiscard]] std::optional<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
