// OperationSteps: decides which operation comes next, on what and with which arguments, and how an
// input is settled. Writes it down on all sides and as steps of a DO.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harnesses/schedule/generate.hpp"
#include "harnesses/schedule/side.hpp"

namespace harness {

class OperationSteps {
 public:
  OperationSteps(const SchedulePlan& plan, const Dialect& dialect,
                 const std::vector<std::string>& exports, Choices& choices, ValueMaker& values,
                 GeneratedCase& generated)
      : plan_{plan},
        operations_{*plan.operations},
        dialect_{dialect},
        exports_{exports},
        choices_{choices},
        values_{values},
        generated_{generated} {}

  // The sides that the following is written down on; the first decides.
  void on(std::vector<Side*> sides) { sides_ = std::move(sides); }

  // What random cases do without from now on, in a third of them (Groce et al., ISSTA 2012): a bug
  // may need many of one operation without any of another.
  void draw_swarm();

  // Call 0: makes the object, if there is one. Empty: there is none.
  [[nodiscard]] List create();
  // Whether some operation can be carried out now.
  [[nodiscard]] bool has_operation() const;
  // Draws one and adds its steps; `doing` gains what people call it. There is one.
  void operate(List& steps, std::string& doing);
  // The same for an input that runs. `alike`: to end as the one before it, where that is open.
  enum class Outcome { any, alike };
  [[nodiscard]] Value settle(std::string& doing, Outcome outcome = Outcome::any);

 private:
  struct Argued {
    Value sent;
    Value shown;
  };

  [[nodiscard]] bool is_possible(const Operation& operation) const;
  // The given signal, by an act or before the case began.
  [[nodiscard]] bool is_given_aborted() const;
  [[nodiscard]] bool can_abort_given() const;
  [[nodiscard]] bool is_object_handed_signal() const;
  // Calls whose result or signal the operation can use now.
  [[nodiscard]] std::vector<std::uint32_t> targets(const Operation& operation) const;
  [[nodiscard]] std::uint32_t pick_target(const Operation& operation);
  void call(const Operation& operation, List& steps, std::string& doing);
  void abort(const Operation& operation, List& steps, std::string& doing);
  void abort_given(List& steps, std::string& doing);
  Argued argue(const OperationArgument& argument, std::uint32_t call, CallMade& made);
  Argued own_signal(const OwnSignal& signal, std::uint32_t call, CallMade& made);
  Argued resolve(const Argument& argument) const;
  // The export as this language calls it.
  [[nodiscard]] std::string export_name(const std::string& name) const;

  const SchedulePlan& plan_;
  const OperationsPlan& operations_;
  const Dialect& dialect_;
  const std::vector<std::string>& exports_;
  Choices& choices_;
  ValueMaker& values_;
  GeneratedCase& generated_;
  std::vector<Side*> sides_;
  struct Use {
    bool used = false;          // by an operation that uses each result once
    bool aborted = false;       // one of its signals
    std::uint32_t signals = 0;  // that it was given; all have one reason
    Value reason;
    bool shares = false;  // was handed the given signal
  };
  std::vector<Use> uses_;        // by call
  std::vector<unsigned> liked_;  // weights, by operation; 0: random cases do without it
  bool has_aborted_given_ = false;
  bool has_failed_last_ = false;  // the input that was settled last
};

}  // namespace harness
