// Real objects, written apart from the models, and random histories of them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/harnesses/history/support.hpp"

namespace harness::history::test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_{seed} {}
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
  std::int64_t number(std::size_t bound) { return static_cast<std::int64_t>(below(bound)); }
  bool one_in(std::size_t bound) { return below(bound) == 0; }

 private:
  std::mt19937_64 engine_;
};

// What an object answers, and does, now. Nothing: the call has to wait. Undefined: it says nothing.
using Real = std::function<std::optional<Value>(const Call&)>;

struct Subject {
  std::string name;
  std::function<AnyModel()> model;
  // The `turn`-th call of a process, at `now`.
  std::function<Call(Random&, unsigned process, std::size_t turn, std::int64_t now)> draw;
  std::function<Real(Random&)> make;
};

// At least one for every model and relaxation.
[[nodiscard]] const std::vector<Subject>& subjects();

struct Event {
  enum class Kind { called, returned, failed };
  Kind kind;
  unsigned id;
  std::optional<Call> call = std::nullopt;
  std::optional<Value> result = std::nullopt;
};

// What 2 or 3 processes saw of a right object: at most 7 operations, each of which took effect
// somewhere within its interval; some failed, some never returned.
[[nodiscard]] std::vector<Event> run_right_object(const Subject& subject, Random& random);

// One to three small changes, each of which may or may not make the history wrong.
[[nodiscard]] std::vector<Event> mutated(std::vector<Event> events, Random& random);

[[nodiscard]] History to_history(const std::vector<Event>& events);

}  // namespace harness::history::test
