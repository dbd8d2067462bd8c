// OperationsRun: one case of many calls, against the program alone or in lockstep with a reference:
// whatever the judge does, it does to both, and compares at every rest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/schedule/case_runner.hpp"
#include "harnesses/schedule/generate.hpp"
#include "harnesses/schedule/operation_steps.hpp"
#include "harnesses/schedule/side.hpp"

namespace harness {

class OperationsRun {
 public:
  // Everything given outlives it, but for `processes` itself.
  OperationsRun(const SchedulePlan& plan, const Dialect& dialect,
                const CaseRunner::Options& options, const CaseRunner::Processes& processes,
                Choices& choices, TokenSource& tokens, std::int64_t number);

  base::Result<CaseRunner::Outcome> run();

 private:
  // In the order in which they are drawn.
  enum class Act { operate, settle, operate_twice, settle_twice, operate_and_settle, pass_time };
  static constexpr std::size_t kActs = 6;

  Side::Step drive();
  Side::Step begin();
  Side::Step set_time_of_day();
  Side::Step act(Act chosen);
  Side::Step pass_time();
  // How much time that may pass, as `way` says.
  enum class Way { to_timer, before_timer, amount, to_moment, before_moment };
  static constexpr std::size_t kWays = 5;
  [[nodiscard]] std::chrono::nanoseconds draw_time(
      Way way, std::chrono::nanoseconds to_timer,
      const std::vector<std::chrono::nanoseconds>& to_moments);
  Side::Step pass(std::chrono::nanoseconds time);
  Side::Step wait_for_timer();
  Side::Step wait_long();
  // Does `steps`, or lets time pass, on both sides and compares.
  template <typename Do>
  Side::Step on_both(const Do& what);
  Side::Step perform_on_both(const List& steps);
  void compare(std::size_t expected_from, std::size_t actual_from);

  // By Act; 0: not possible now. Nothing: no act is.
  [[nodiscard]] std::optional<std::array<unsigned, kActs>> weights_of_acts() const;
  [[nodiscard]] bool tells_anything_since(std::size_t event) const;
  [[nodiscard]] std::optional<std::chrono::nanoseconds> next_timer() const;
  // In how long it will be one of the author's `after` since an earlier act; each once, the soonest
  // first.
  [[nodiscard]] std::vector<std::chrono::nanoseconds> moments_ahead() const;
  [[nodiscard]] bool is_worn_out() const {
    return side_.is_worn_out() || (reference_ && reference_->is_worn_out());
  }
  [[nodiscard]] bool only_turns() const {
    return side_.only_turns() && !(reference_ && reference_->waits_for_time());
  }
  [[nodiscard]] bool is_virtual() const { return side_.actor().now().has_value(); }

  const SchedulePlan& plan_;
  const Dialect& dialect_;
  const OperationsPlan& operations_;
  const CaseRunner::Options& options_;
  Choices& choices_;
  GeneratedCase generated_;
  Trace reference_trace_;
  ValueMaker values_;
  Side::Forms forms_;
  std::int64_t steps_left_ = 0;
  int time_acts_left_ = 0;
  std::vector<std::chrono::nanoseconds> acted_at_;  // by the clock, one after the other
  unsigned weight_of_pairs_ = 1;
  Side side_;
  std::optional<Side> reference_;  // until the first difference
  OperationSteps steps_;
  std::string doing_;  // what the present act is, for a difference's sentence
};

}  // namespace harness
