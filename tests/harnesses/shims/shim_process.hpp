// ShimProcess: a real shim beside a small submission, for tests. No sandbox: what is tested is the
// conversation. Every request comes back as one line of text, the answers in their order, e.g.
//   STARTED 0 | RETURNED promise | REST
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harnesses/protocol/frame.hpp"
#include "harnesses/protocol/value.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace shim_test {

enum class Runtime { node, python };

// Whether the runtime can be started here; says "SKIPPED: why" when not.
[[nodiscard]] bool is_available(Runtime runtime);

class ShimProcess {
 public:
  // `submission` becomes `file_name` in a folder of its own, whose files live as long as this.
  ShimProcess(Runtime runtime, std::string_view file_name, std::string_view submission);
  ShimProcess(const ShimProcess&) = delete;
  ShimProcess& operator=(const ShimProcess&) = delete;
  ShimProcess(ShimProcess&&) = delete;
  ShimProcess& operator=(ShimProcess&&) = delete;
  ~ShimProcess();

  // `watched`: as under a virtual clock, the shim may pause until its other threads sleep.
  enum class Threads { unseen, watched };
  std::string load(const std::vector<std::string>& exports, Threads threads = Threads::unseen);
  // Begins the next case; cases are numbered from 1.
  std::string call(std::string_view function, std::vector<harness::Value> arguments,
                   harness::Value options = harness::undefined());
  // Begins the next case without a call; `step`, `settling`, `aborting` below make what is done.
  std::string begin(std::vector<harness::Value> given);
  std::string perform(std::vector<harness::Value> steps);
  // Begins as many cases as there are lists of calls; `batch_call` makes one.
  std::string batch(const std::vector<std::string>& functions, std::vector<harness::Value> cases,
                    bool look = false);
  // Begins as many cases as there are in the script; its events are told one by one.
  struct Scripted {
    struct Input {
      int way;  // PROTOCOL.md
      harness::Value outcome;
    };
    std::vector<harness::Value> arguments;
    std::vector<Input> inputs;
    std::vector<std::uint32_t> numbers{};
    bool cancels = false;
    harness::Value reason{};
    harness::Value options{};
  };
  std::string script(std::string_view function, const std::vector<Scripted>& cases,
                     bool same_turn = true, bool look = false);
  struct Settlement {
    int index;
    bool ok;
    harness::Value value;
  };
  std::string settle(const std::vector<Settlement>& settlements);
  std::string abort(harness::Value reason);
  // `passed`: so much of it the shim need not sleep for.
  std::string wait(int ms, bool idle = false, int passed = 0);
  std::string inspect();
  // Any request; "CLOSED" when the shim ended instead, "VIOLATION: why" when it broke the protocol.
  std::string ask(harness::FrameType type, const harness::Value& payload);
  // The same, raw.
  std::string ask_bytes(harness::FrameType type, std::string payload);

  // The value of the last FULFILLED, error of the last REJECTED, THREW, UNHANDLED, UNCAUGHT or
  // LOAD_FAILED.
  [[nodiscard]] const harness::Value& last() const { return last_; }
  // How often it has paused so far.
  [[nodiscard]] int pauses() const { return pauses_; }
  // Closes the channel; the exit status of the shim, -signal when it was killed.
  int end();

 private:
  bool send_frame(harness::FrameType type, std::string payload);
  std::string receive();
  // After PAUSED: waits until all threads sleep, and lets the shim go on.
  bool go_on();
  std::string describe(const harness::Frame& frame);
  std::string describe(harness::FrameType type, const harness::Value& payload);
  std::string describe_events(const harness::Value& payload);

  std::filesystem::path folder_;
  std::filesystem::path submission_;
  base::UniqueFd channel_;
  pid_t pid_ = -1;
  std::uint32_t sequence_ = 0;
  std::int64_t case_ = 0;                   // the latest
  std::int64_t current_ = 0;                // that requests name: of a batch the first
  std::map<std::string, std::string> ran_;  // thread -> its counters, at the last pause
  int pauses_ = 0;
  harness::FrameReader reader_;
  harness::Value last_;
};

// Values in few letters.
harness::Value text(std::string content);
harness::Value number(std::int64_t value);
harness::Value list(std::vector<harness::Value> items);
harness::Value object(std::vector<std::pair<std::string, harness::Value>> fields);
harness::Value error(std::vector<std::string> classes, std::string message);
harness::Value define(std::uint32_t id, harness::Value value);
harness::Value task(int index, std::string how = "later",
                    harness::Value value = harness::undefined());
harness::Value promise(int index, std::string how = "later",
                       harness::Value value = harness::undefined());
harness::Value signal(std::string state = "live", harness::Value reason = harness::undefined());
harness::Value callback(int first, std::vector<harness::Value> forms = {});
harness::Value given(int index);
harness::Value signal_of(int call);
harness::Value step(int call, int on, std::string function,
                    std::vector<harness::Value> arguments = {}, bool is_new = false);
harness::Value settling(int index, bool ok, harness::Value value);
harness::Value aborting(int call, harness::Value reason);
harness::Value batch_call(int function, std::vector<harness::Value> arguments,
                          std::vector<harness::Value> origins = {},
                          harness::Value options = harness::undefined());
harness::Value iterable(std::vector<harness::Value> items, std::string how,
                        harness::Value value = harness::undefined());
std::vector<harness::Value> tasks(int count);

}  // namespace shim_test
