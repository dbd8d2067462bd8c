// HistoryCheck: whether the calls of a case, as they were made and ended, have one order in which a
// sequential object would have answered the same (harnesses/history). Runs in the judge's own
// process; costs are counted in steps and bytes, so that every host gives the same answer.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harnesses/history/history.hpp"
#include "harnesses/history/model.hpp"
#include "harnesses/schedule/plan.hpp"
#include "harnesses/schedule/trace.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

class HistoryCheck {
 public:
  // Of a plan with operations and an object. Keeps nothing of what it is given.
  HistoryCheck(const SchedulePlan& plan, const Linearizability& wanted);

  struct Fits {};
  struct Differs {
    std::size_t event;  // index of the end of the call that no order gets past
  };
  // Never a pass.
  struct Unknown {
    std::string why;
  };
  using Answer = std::variant<Fits, Differs, Unknown>;

  // The Error is ours: what the loader has let pass.
  [[nodiscard]] base::Result<Answer> judge(const Trace& trace) const;

  // Of a trace that differs, for people: which calls cannot all have happened, drawn as lanes, then
  // how far an order goes. ASCII, but for values that are labelled.
  [[nodiscard]] base::Result<std::string> explain(const Trace& trace) const;

  // The calls that the model knows: call number n is operation n. A result is used by the process
  // that got it, every other call is a process of its own.
  [[nodiscard]] base::Result<history::History> history_of(const Trace& trace,
                                                          const history::AnyModel& model) const;
  [[nodiscard]] base::Result<history::AnyModel> model_for(const Trace& trace) const;

 private:
  // How an operation of the plan is one of the model's.
  struct Part {
    std::string name;                    // the model's
    std::vector<std::size_t> arguments;  // places of those that the model sees
  };

  [[nodiscard]] history::Call call_of(const Trace& trace, const Event& event, const Part& part,
                                      const history::AnyModel& model) const;

  std::string model_;
  std::vector<std::pair<std::string, Argument>> parameters_;
  std::map<std::string, Part> parts_;  // by operation
};

}  // namespace harness
