// Actor: a shim process in its sandbox, and the requests and answers exchanged with it.
// Everything it says is hostile: an actor that breaks the protocol has ended, and says so.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harnesses/protocol/frame.hpp"
#include "harnesses/protocol/rest.hpp"
#include "harnesses/protocol/value.hpp"
#include "sandbox/base/random_words.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/process.hpp"

namespace harness {

// How to start one: a program whose descriptor 3 will be the channel, and what its shim then loads.
struct ActorPlan {
  sandbox::Program program;
  sandbox::Limits limits;
  std::string path;                  // of the file to load, inside
  std::vector<std::string> exports;  // what it must export
  bool virtual_time = false;         // each actor has a clock of its own
};

// An actor that is no more: the facts, and what it did wrong on the channel if that is why.
struct Ended {
  sandbox::RunReport report;
  std::string violation;  // empty: it ended by itself or by a limit
};

// An event or closing frame, decoded.
struct Answer {
  FrameType type;
  Value payload;
};

struct LoadFailed {
  std::string phase;  // syntax, execution, missing_export
  Value error;
  std::vector<std::string> missing;
};

// Letting time pass, WAIT of PROTOCOL.md.
struct Wait {
  std::int64_t number = 0;          // of the case
  std::chrono::nanoseconds time{};  // at most
  bool idle = false;                // all of it, also without a timer
  bool rough = false;               // who turns without end may miss its moment a little
};

class Actor {
 public:
  using Started = std::variant<Actor, LoadFailed, Ended>;
  using Answers = std::variant<std::vector<Answer>, Ended>;

  // Starts the process and loads the file. The Error is ours (the sandbox could not be set up),
  // never the program's.
  static base::Result<Started> start(const sandbox::Host& host, const ActorPlan& plan);

  // Sends one request and waits for its closing frame; the answers end with it. After Ended the
  // actor is spent.
  base::Result<Answers> request(FrameType type, const Value& payload);
  // The two halves of a request, for a caller that has something to do meanwhile. What went wrong
  // while it was sent is told with the answers.
  base::Status ask(FrameType type, const Value& payload);
  base::Result<Answers> await_answers();

  // The first half of a WAIT. Where nothing can happen before the next timer, the clock has been
  // moved to it when the program reads this.
  base::Status ask_to_wait(const Wait& wait);
  // Until something happens: until the next timer, or, where there is none and the program turns
  // without end, a while in which it may be looking at the clock. No longer than a person would
  // wait, when time is real.
  [[nodiscard]] Wait longest_wait(std::int64_t number, bool has_timer) const;
  static constexpr std::chrono::milliseconds kLongestTurning{std::chrono::minutes{1}};

  // Its virtual clock, which it cannot move but by waiting; nothing when its time is real, also
  // because it does not live on the clock that it was given.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> now() const;
  // How much virtual time has passed since it had loaded.
  [[nodiscard]] std::chrono::nanoseconds age() const;

  // The time of day by that clock, since 1970, and how it is set forward without letting time pass.
  [[nodiscard]] std::optional<std::chrono::nanoseconds> time_of_day() const;
  void set_time_of_day(std::chrono::nanoseconds since_1970);

  // Its wall limit counts from here.
  void renew_wall() { process_.renew_wall(); }

  [[nodiscard]] std::chrono::microseconds cpu_used() const { return process_.cpu_used(); }
  [[nodiscard]] base::Bytes output() const { return process_.output(); }
  // How many processes and threads it has more than when it had loaded; 0 where nobody counts.
  [[nodiscard]] int added_processes() const;

  // Ends an actor that broke the protocol; what it did goes into Ended::violation (empty: nothing,
  // it died).
  base::Result<Ended> condemn(std::string violation);

  // Ends it and returns what it used.
  base::Result<sandbox::RunReport> stop() &&;

 private:
  Actor(sandbox::Process process, base::UniqueFd channel,
        std::shared_ptr<sandbox::time::VirtualClock> clock);

  // The answers up to a closing one; what belongs to one request of the caller is counted together.
  struct Collected {
    std::vector<Answer> answers;
    std::size_t bytes = 0;
  };
  // Each answers what went wrong while talking; nothing when all is well. The Error is ours.
  base::Result<std::optional<std::string>> post(FrameType type, const Value& payload);
  base::Result<std::optional<std::string>> collect(Collected& collected);
  std::optional<std::string> take(Frame frame, Collected& collected) const;
  // Whether other threads of it are waited for from outside.
  [[nodiscard]] bool may_pause() const;
  // After PAUSED.
  base::Result<std::optional<std::string>> go_on(Collected& collected);
  // How much of a WAIT has passed before it is sent.
  [[nodiscard]] std::chrono::nanoseconds pass_ahead(const Wait& wait);
  base::Result<std::optional<std::string>> send(const std::string& bytes);
  base::Result<std::optional<std::string>> receive();

  sandbox::Process process_;
  base::UniqueFd channel_;
  std::shared_ptr<sandbox::time::VirtualClock> clock_;  // null: real time
  FrameReader reader_;
  base::RandomWords random_;
  int processes_at_first_ = 0;
  std::chrono::nanoseconds loaded_at_{};  // on its virtual clock
  std::uint32_t sequence_ = 0;            // of the last request
  Rest rest_;                             // the latest; of a program that has not rested: none
  std::optional<std::string> lost_;       // what went wrong while it was sent
};

// Starts a reference solution: what that does wrong is an Error, as it is its author's mistake.
base::Result<Actor> start_reference(const sandbox::Host& host, const ActorPlan& plan);

}  // namespace harness
