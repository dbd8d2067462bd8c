// Keys and values. Keys never influence each other, so each is checked for itself. Absent and
// holding nothing are the same.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "harnesses/history/model.hpp"

namespace harness::history {

struct MapModel {
  enum Call : std::size_t { get, put, remove, compare_and_set };
  static constexpr std::string_view kName = "map";
  static constexpr Keys kKeys = Keys::first_argument;
  static constexpr std::array kOperations = {
      OperationSpec{.name = "get",
                    .arguments = {Kind::value},
                    .result = Kind::value,  // nothing: absent
                    .effect = Effect::never},
      OperationSpec{.name = "put", .arguments = {Kind::value, Kind::value}},
      OperationSpec{.name = "delete",
                    .arguments = {Kind::value},
                    .result = Kind::boolean,  // whether it was there
                    .effect = Effect::changes_if_true},
      OperationSpec{.name = "compare_and_set",
                    .arguments = {Kind::value, Kind::value, Kind::value},  // key, expected, new
                    .result = Kind::boolean,
                    .effect = Effect::changes_if_true}};

  [[nodiscard]] bool regards_processes() const { return false; }
  [[nodiscard]] State initial(Values& /*values*/) const { return {}; }
  [[nodiscard]] std::optional<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
