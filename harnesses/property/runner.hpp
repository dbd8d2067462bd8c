// PropertyRunner: keeps an actor, and the reference's beside it, ready to run batch after batch of
// cases, and knows which cases the actor has seen since it started: a program with state of its own
// can fail in a case only for what came before.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/engine/choice.hpp"
#include "harnesses/property/batch.hpp"
#include "harnesses/property/property_case.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

struct PropertySetting {
  const sandbox::Host* host;
  const ActorPlan* actor;
  const ActorPlan* reference = nullptr;  // of a plan that compares with one
  const PropertyPlan* plan;
  std::string language;                  // javascript, typescript, python
  std::vector<std::string> functions;    // that are called
  std::vector<std::size_t> function_of;  // by call, index into these
  bool look = false;                     // predicates ask for arguments after calls
  bool unhandled_ends = true;            // errors that nobody handled end the program
  bool uncaught_ends = true;
};

// How a batch ended when it did not end well. Without `ended`: an error that nobody handled.
struct PropertyCrash {
  std::optional<Ended> ended;
  Value error;
  bool unhandled = false;  // else uncaught
};
using PropertyEnd = std::variant<PropertyCrash, LoadFailed>;

struct DrawnCase {
  PropertyCase what;
  Recording recording;
};
[[nodiscard]] DrawnCase draw_from(const PropertySetting& setting, ChoiceSource& source,
                                  unsigned size = Choices::kFullSize);

class PropertyRunner {
 public:
  explicit PropertyRunner(const PropertySetting& setting) : setting_{setting} {}

  struct Ran {
    std::vector<Observed> cases;     // those that came to an end
    std::optional<PropertyEnd> end;  // in the case behind them, or later
  };
  // Runs the cases in one process; starts it when there is none, or when it has run its share.
  base::Result<Ran> run(std::span<const DrawnCase> cases);

  // All cases that the present process has been given, the latest batch included.
  [[nodiscard]] const std::vector<ChoiceSequence>& seen() const { return seen_; }

  // The next batch meets a fresh process.
  base::Status restart();

  [[nodiscard]] const sandbox::Usage& usage() const { return usage_; }

 private:
  base::Result<std::optional<PropertyEnd>> ensure_actor(std::size_t cases);
  base::Status start_reference();
  base::Result<std::optional<PropertyEnd>> run_some(std::span<const DrawnCase> cases,
                                                    std::vector<Observed>& observed);
  base::Result<std::vector<std::vector<CallOutcome>>> run_reference(
      std::span<const PropertyCase> cases);
  [[nodiscard]] std::optional<PropertyEnd> crash_in(const BatchAnswer& answer) const;

  const PropertySetting& setting_;
  std::optional<Actor> actor_;
  std::optional<Actor> reference_;  // starts and ends with the actor
  std::vector<ChoiceSequence> seen_;
  std::int64_t numbered_ = 0;
  sandbox::Usage usage_;
};

}  // namespace harness
