// Permits that are handed out and given back, by whomever. `acquire` waits until there are enough.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "harnesses/history/model.hpp"

namespace harness::history {

struct SemaphoreModel {
  Word permits = 1;

  enum Call : std::size_t { acquire, try_acquire, release };
  static constexpr std::string_view kName = "semaphore";
  static constexpr Keys kKeys = Keys::one_object;
  static constexpr std::array kOperations = {
      OperationSpec{
          .name = "acquire", .arguments = {Kind::count_or_one}, .when_failed = Failure::no_effect},
      OperationSpec{.name = "try_acquire",
                    .arguments = {Kind::count_or_one},
                    .result = Kind::boolean,
                    .effect = Effect::changes_if_true,
                    .when_failed = Failure::no_effect},
      OperationSpec{
          .name = "release", .arguments = {Kind::count_or_one}, .when_failed = Failure::no_effect}};

  [[nodiscard]] bool regards_processes() const { return false; }
  [[nodiscard]] State initial(Values& /*values*/) const { return {permits}; }
  [[nodiscard]] std::optional<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
