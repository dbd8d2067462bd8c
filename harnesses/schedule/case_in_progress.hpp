// CaseInProgress: a case of one call while it runs, and everything the judge knows of it. What the
// judge does is asked of the actor act by act, or has been done in a script whose answers are read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/engine/choice.hpp"
#include "harnesses/protocol/rest.hpp"
#include "harnesses/schedule/case_options.hpp"
#include "harnesses/schedule/generate.hpp"
#include "harnesses/schedule/script_answers.hpp"
#include "harnesses/schedule/trace.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

class CaseInProgress {
 public:
  CaseInProgress(Actor& actor, GeneratedCase generated, const Dialect& dialect,
                 std::int64_t number);

  [[nodiscard]] Trace& trace() { return generated_.trace; }
  [[nodiscard]] const GeneratedCase& generated() const { return generated_; }

  // What happened stands in `script`, up to where time has to pass: from there on the actor is
  // asked.
  void follow(ScriptAnswers& script) { script_ = &script; }

  // Answers how the program ended, if it did.
  using Step = base::Result<std::optional<Ended>>;
  // Drives the case to its end, by these choices.
  Step drive(Choices& choices, const CaseOptions& options);

 private:
  struct InputState {
    bool started = false;
    bool settled = false;
  };

  [[nodiscard]] bool can_cancel() const;
  Step act(Choices& choices, bool same_turn);
  Step call(const std::string& function);
  Step settle(const std::vector<std::uint32_t>& indices);
  Step cancel();
  Step wait();
  Step inspect();

  void record(Event event);
  void finish(std::uint32_t index);

  // `fields()` makes those of the request, but for the case.
  template <typename MakeFields>
  Step exchange(FrameType type, MakeFields fields);
  // The answers to what the script did.
  base::Result<std::vector<Answer>> recorded(FrameType type);
  base::Status leave_script();
  Step accept_answers();
  Step accept_all(std::vector<Answer>& answers);
  Step condemn(const base::Error& violation);

  // Each Error is the program's: what it sent makes no sense.
  base::Status accept(Answer& answer);
  base::Result<std::uint32_t> controlled_index(const Value& payload) const;
  base::Status accept_started(const Value& payload);
  base::Status accept_aborted(const Value& payload);
  base::Status accept_rest(const Value& payload);
  base::Status accept_final(Event::Kind kind, const Value& payload, std::string_view name);
  base::Status accept_outcome(Event event);
  base::Status accept_error(Event::Kind kind, const Value& payload);
  base::Status accept_observed(const Value& payload);

  Actor& actor_;
  GeneratedCase generated_;
  const Dialect& dialect_;
  std::int64_t number_;
  ScriptAnswers* script_ = nullptr;
  int turn_ = 0;
  bool cancelled_ = false;
  bool returned_ = false;
  Rest rest_;  // the latest
  std::vector<InputState> states_;
  std::vector<std::uint32_t> running_;  // in start order
};

}  // namespace harness
