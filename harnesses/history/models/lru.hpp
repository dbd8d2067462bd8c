// A cache that keeps the most recently used entries, each at most for a time. The judge owns the
// clock and gives the time with every call, in the unit of `ttl`; without `ttl` it can be left out.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "harnesses/history/model.hpp"

namespace harness::history {

// An entry that was put at t is there until just before t + ttl. `get` makes it the most recently
// used and does not prolong it; `put` does both. What has expired is gone: it takes up no place, so
// an entry that is still good is never evicted for it.
struct LruModel {
  std::size_t capacity = 1;
  std::optional<Word> ttl = std::nullopt;

  enum Call : std::size_t { get, put, remove };
  static constexpr std::string_view kName = "lru cache";
  static constexpr Keys kKeys = Keys::one_object;  // they share the capacity
  static constexpr std::array kOperations = {
      OperationSpec{.name = "get",
                    .arguments = {Kind::value, Kind::moment},  // key, now
                    .result = Kind::value},                    // nothing: absent
      OperationSpec{.name = "put", .arguments = {Kind::value, Kind::value, Kind::moment}},
      OperationSpec{.name = "delete",
                    .arguments = {Kind::value, Kind::moment},
                    .result = Kind::boolean}};  // whether it was there

  [[nodiscard]] bool regards_processes() const { return false; }
  [[nodiscard]] bool regards_time() const { return ttl.has_value(); }
  [[nodiscard]] State initial(Values& /*values*/) const { return {}; }
  [[nodiscard]] std::optional<State> step(StateView state, const Action& action) const;
  [[nodiscard]] std::string describe(StateView state, const Values& values) const;
};

}  // namespace harness::history
