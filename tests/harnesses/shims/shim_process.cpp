#include "tests/harnesses/shims/shim_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/events.hpp"
#include "harnesses/protocol/fields.hpp"
#include "harnesses/protocol/show.hpp"
#include "harnesses/shims/shims.hpp"
#include "sandbox/base/check.hpp"

namespace shim_test {

using harness::FrameType;
using harness::Value;

namespace {

constexpr int kPatienceMs = 20'000;  // for one answer, on a busy machine

void write_file(const std::filesystem::path& path, std::string_view content) {
  std::ofstream{path, std::ios::binary} << content;
}

std::vector<std::string> command(Runtime runtime, const std::filesystem::path& folder) {
  if (runtime == Runtime::node) return {"node", "--no-addons", folder / "shim.mjs"};
  return {"python3", "-s", "-B", folder / "shim.py", "1"};
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& each : strings) result.push_back(each.data());
  result.push_back(nullptr);
  return result;
}

pid_t spawn(std::vector<std::string> arguments, int channel) {
  std::vector<std::string> environment = {std::string{"PATH="} + ::getenv("PATH"),
                                          "PYTHONHASHSEED=0", "UV_THREADPOOL_SIZE=1"};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  if (channel >= 0) ::posix_spawn_file_actions_adddup2(&actions, channel, 3);
  pid_t pid = -1;
  const int failure = ::posix_spawnp(&pid, arguments.front().c_str(), &actions, nullptr,
                                     pointers(arguments).data(), pointers(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  return failure == 0 ? pid : -1;
}

int wait_for(pid_t pid) {
  int status = 0;
  ::waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

// The threads of a process, as proc(5) shows them.
struct Seen {
  bool all_sleep = true;
  std::map<std::string, std::string> counters{};  // thread -> schedstat: changes when it has run
};

Seen threads_of(pid_t pid) {
  Seen seen;
  std::error_code ended;
  const std::filesystem::path tasks = "/proc/" + std::to_string(pid) + "/task";
  for (const auto& thread : std::filesystem::directory_iterator{tasks, ended}) {
    std::string line;
    std::getline(std::ifstream{thread.path() / "schedstat"}, line);
    seen.counters[thread.path().filename()] = line;
    std::getline(std::ifstream{thread.path() / "stat"}, line);
    const std::size_t state = line.rfind(") ");
    seen.all_sleep = seen.all_sleep && state != std::string::npos && line[state + 2] == 'S';
  }
  return seen;
}

std::string shown(const Value& payload, const char* name) {
  const auto value = harness::field(payload, name);
  return value ? harness::show(**value, 300) : value.error().message();
}

std::string flag(const Value& payload, const char* name) {
  return harness::boolean_field(payload, name).value_or(false) ? std::string{" "} + name : "";
}

}  // namespace

bool is_available(Runtime runtime) {
  const std::string program = runtime == Runtime::node ? "node" : "python3";
  const pid_t pid = spawn({program, "--version"}, -1);
  if (pid >= 0 && wait_for(pid) == 0) return true;
  std::printf("SKIPPED: %s cannot be started here\n", program.c_str());
  return false;
}

ShimProcess::ShimProcess(Runtime runtime, std::string_view file_name, std::string_view submission) {
  std::string pattern = std::filesystem::temp_directory_path() / "judge-shim-XXXXXX";
  JUDGE_CHECK(::mkdtemp(pattern.data()) != nullptr, "a folder for temporary files can be made");
  folder_ = pattern;
  std::filesystem::create_directory(folder_ / "submission");
  submission_ = folder_ / "submission" / file_name;
  write_file(submission_, submission);
  for (const harness::EmbeddedText& file :
       runtime == Runtime::node ? harness::node_shim() : harness::python_shim()) {
    write_file(folder_ / file.name, file.content);
  }
  std::array<int, 2> ends{};
  JUDGE_CHECK(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0,
              "a pair of sockets");
  channel_.reset(ends[0]);
  const base::UniqueFd theirs{ends[1]};
  pid_ = spawn(command(runtime, folder_), theirs.get());
  JUDGE_CHECK(pid_ >= 0, "the runtime starts");
}

ShimProcess::~ShimProcess() {
  if (pid_ >= 0) {
    ::kill(pid_, SIGKILL);
    (void)wait_for(pid_);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

int ShimProcess::end() {
  channel_.reset();
  return wait_for(std::exchange(pid_, -1));
}

std::string ShimProcess::load(const std::vector<std::string>& exports, Threads threads) {
  std::vector<Value> names;
  for (const std::string& name : exports) names.push_back(text(name));
  return ask(FrameType::load, object({{"path", text(submission_)},
                                      {"exports", list(std::move(names))},
                                      {"pauses", Value{threads == Threads::watched}}}));
}

std::string ShimProcess::call(std::string_view function, std::vector<Value> arguments,
                              Value options) {
  current_ = ++case_;
  return ask(FrameType::call, object({{"case", number(case_)},
                                      {"function", text(std::string{function})},
                                      {"arguments", list(std::move(arguments))},
                                      {"options", std::move(options)}}));
}

std::string ShimProcess::begin(std::vector<Value> given) {
  current_ = ++case_;
  return ask(FrameType::begin,
             object({{"case", number(case_)}, {"given", list(std::move(given))}}));
}

std::string ShimProcess::perform(std::vector<Value> steps) {
  return ask(FrameType::perform,
             object({{"case", number(case_)}, {"steps", list(std::move(steps))}}));
}

std::string ShimProcess::settle(const std::vector<Settlement>& settlements) {
  std::vector<Value> items;
  for (const Settlement& each : settlements) {
    items.push_back(
        object({{"index", number(each.index)}, {"ok", Value{each.ok}}, {"value", each.value}}));
  }
  return ask(FrameType::settle,
             object({{"case", number(case_)}, {"settle", list(std::move(items))}}));
}

std::string ShimProcess::abort(Value reason) {
  return ask(FrameType::abort, object({{"case", number(case_)}, {"reason", std::move(reason)}}));
}

std::string ShimProcess::wait(int ms, bool idle, int passed) {
  return ask(FrameType::wait, object({{"case", number(current_)},
                                      {"ms", number(ms)},
                                      {"idle", Value{idle}},
                                      {"passed", number(passed)}}));
}

std::string ShimProcess::inspect() {
  return ask(FrameType::inspect, object({{"case", number(case_)}}));
}

std::string ShimProcess::ask(FrameType type, const Value& payload) {
  return ask_bytes(type, harness::encode(payload));
}

std::string ShimProcess::ask_bytes(FrameType type, std::string payload) {
  return send_frame(type, std::move(payload)) ? receive() : "CLOSED";
}

bool ShimProcess::send_frame(FrameType type, std::string payload) {
  const std::string frame = harness::encode_frame({type, ++sequence_, std::move(payload)});
  std::size_t sent = 0;
  while (sent < frame.size()) {
    const ssize_t n =
        ::send(channel_.get(), frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return false;
    sent += static_cast<std::size_t>(n);
  }
  return true;
}

bool ShimProcess::go_on() {
  ++pauses_;
  Seen now;
  while (!(now = threads_of(pid_)).all_sleep || now.counters != threads_of(pid_).counters) {
    ::sched_yield();
  }
  now.counters.erase(std::to_string(pid_));
  const bool news = now.counters != std::exchange(ran_, now.counters);
  return send_frame(FrameType::go_on, harness::encode(object({{"news", Value{news}}})));
}

std::string ShimProcess::receive() {
  std::string transcript;
  std::array<char, 65536> buffer{};
  for (;;) {
    auto next = reader_.next();
    if (!next) return "VIOLATION: " + next.error().message();
    if (*next) {
      const harness::Frame& frame = **next;
      if (frame.sequence != sequence_) return "VIOLATION: a wrong sequence";
      if (frame.type == FrameType::paused) {
        if (!go_on()) return "CLOSED";
        continue;
      }
      transcript += (transcript.empty() ? "" : " | ") + describe(frame);
      if (!harness::is_closing(frame.type)) continue;
      return reader_.pending() == 0 ? transcript : "VIOLATION: bytes behind the closing frame";
    }
    pollfd ready{.fd = channel_.get(), .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, kPatienceMs) <= 0) return transcript + " | NO ANSWER";
    const ssize_t n = ::recv(channel_.get(), buffer.data(), buffer.size(), 0);
    if (n <= 0) return "CLOSED";
    reader_.feed({buffer.data(), static_cast<std::size_t>(n)});
  }
}

std::string ShimProcess::describe(const harness::Frame& frame) {
  const auto decoded = harness::decode(frame.payload);
  if (!decoded) return "VIOLATION: " + decoded.error().message();
  return frame.type == FrameType::events ? describe_events(*decoded)
                                         : describe(frame.type, *decoded);
}

std::string ShimProcess::describe_events(const Value& payload) {
  const auto packed = harness::field(payload, "events");
  if (!packed) return "VIOLATION: " + packed.error().message();
  std::string_view left{std::get<harness::Blob>((*packed)->data).bytes};
  std::string transcript;
  while (!left.empty()) {
    const auto event = harness::take_event(left);
    if (!event) return transcript + "VIOLATION: " + event.error().message();
    transcript += (transcript.empty() ? "" : " | ") + describe(event->type, event->payload);
  }
  return transcript;
}

std::string ShimProcess::describe(FrameType type, const Value& payload) {
  std::string name{harness::to_string(type)};
  const auto call = harness::integer_field(payload, "call");
  if (call && *call != 0) name += "#" + std::to_string(*call);
  for (const char* key : {"value", "error"}) {
    if (const auto found = harness::field(payload, key)) last_ = **found;
  }
  switch (type) {
    case FrameType::call:
      return "case " + shown(payload, "number");
    case FrameType::started:
      return name + " " + shown(payload, "index");
    case FrameType::invoked:
      return name + " " + shown(payload, "index") + " " + shown(payload, "arguments");
    case FrameType::aborted:
      return name + " " + shown(payload, "index") + " " + shown(payload, "reason") +
             flag(payload, "ended");
    case FrameType::returned:
      return name + (flag(payload, "promise").empty() ? " value" : " promise");
    case FrameType::fulfilled:
      return name + " " + shown(payload, "value");
    case FrameType::threw:
    case FrameType::rejected:
    case FrameType::unhandled:
    case FrameType::uncaught:
      return name + " " + shown(payload, "error");
    case FrameType::rest:
      return name + flag(payload, "timers") + flag(payload, "older") + flag(payload, "busy");
    case FrameType::observed:
      return name + " " + shown(payload, "listeners") + " " + shown(payload, "closed");
    case FrameType::outcome: {
      const auto after = harness::list_field(payload, "after");
      return "OUTCOME " + shown(payload, "case") + "." + shown(payload, "call") + " state " +
             shown(payload, "state") + " " + shown(payload, "value") +
             (after ? " after " + shown(payload, "after") : "");
    }
    case FrameType::refused:
      return name + " " + shown(payload, "reason");
    case FrameType::load_failed:
      return name + " " + harness::text_field(payload, "phase").value_or("?") + " " +
             shown(payload, "missing");
    default:
      return name;
  }
}

std::string ShimProcess::batch(const std::vector<std::string>& functions, std::vector<Value> cases,
                               bool look) {
  std::vector<Value> names;
  for (const std::string& name : functions) names.push_back(text(name));
  const std::int64_t first = case_ + 1;
  case_ += static_cast<std::int64_t>(cases.size());
  current_ = first;
  return ask(FrameType::batch, object({{"case", number(first)},
                                       {"functions", list(std::move(names))},
                                       {"look", Value{look}},
                                       {"cases", list(std::move(cases))}}));
}

std::string ShimProcess::script(std::string_view function, const std::vector<Scripted>& cases,
                                bool same_turn, bool look) {
  std::string bytes;
  const auto append = [&](const Value& value) { bytes += harness::encode(value); };
  const auto wrapped = [](const Value& value) {
    return Value{harness::Blob{harness::encode(value)}};
  };
  for (const Scripted& each : cases) {
    std::string numbers;
    for (const std::uint32_t number : each.numbers) {
      for (unsigned shift = 0; shift < 32; shift += 8) {
        numbers.push_back(static_cast<char>((number >> shift) & 0xFFU));
      }
    }
    append(list(each.arguments));
    append(each.options);
    append(Value{each.cancels});
    append(wrapped(each.reason));
    append(Value{harness::Blob{std::move(numbers)}});
    append(number(static_cast<std::int64_t>(each.inputs.size())));
    for (const Scripted::Input& input : each.inputs) {
      append(number(input.way));
      append(wrapped(input.outcome));
    }
  }
  const std::int64_t first = case_ + 1;
  case_ += static_cast<std::int64_t>(cases.size());
  current_ = first;
  return ask(FrameType::script, object({{"case", number(first)},
                                        {"function", text(std::string{function})},
                                        {"same_turn", Value{same_turn}},
                                        {"inspect", Value{look}},
                                        {"cases", Value{harness::Blob{std::move(bytes)}}}}));
}

Value batch_call(int function, std::vector<Value> arguments, std::vector<Value> origins,
                 Value options) {
  return list(
      {number(function), list(std::move(arguments)), std::move(options), list(std::move(origins))});
}

Value text(std::string content) { return Value{std::move(content)}; }
Value number(std::int64_t value) { return Value{value}; }
Value list(std::vector<Value> items) { return Value{harness::List{std::move(items)}}; }
Value object(std::vector<std::pair<std::string, Value>> fields) {
  return Value{harness::Object{std::move(fields)}};
}
Value error(std::vector<std::string> classes, std::string message) {
  return Value{harness::ErrorValue{std::move(classes), std::move(message), {}}};
}
Value define(std::uint32_t id, Value value) {
  return Value{harness::Define{id, std::make_shared<const Value>(std::move(value))}};
}

namespace {
Value controlled_input(const char* kind, int index, std::string how, Value value) {
  return Value{harness::Controlled{
      kind,
      {{"index", number(index)}, {"how", text(std::move(how))}, {"value", std::move(value)}}}};
}
}  // namespace

Value task(int index, std::string how, Value value) {
  return controlled_input("task", index, std::move(how), std::move(value));
}
Value promise(int index, std::string how, Value value) {
  return controlled_input("promise", index, std::move(how), std::move(value));
}
Value signal(std::string state, Value reason) {
  return Value{harness::Controlled{
      "signal", {{"state", text(std::move(state))}, {"reason", std::move(reason)}}}};
}
Value callback(int first, std::vector<Value> forms) {
  return Value{harness::Controlled{"callback",
                                   {{"first", number(first)}, {"forms", list(std::move(forms))}}}};
}
Value given(int index) { return Value{harness::Controlled{"given", {{"index", number(index)}}}}; }
Value signal_of(int call) {
  return Value{harness::Controlled{"signal", {{"state", text("live")}, {"call", number(call)}}}};
}
Value step(int call, int on, std::string function, std::vector<Value> arguments, bool is_new) {
  return object({{"kind", text("call")},
                 {"call", number(call)},
                 {"on", number(on)},
                 {"function", text(std::move(function))},
                 {"new", Value{is_new}},
                 {"arguments", list(std::move(arguments))},
                 {"options", harness::undefined()}});
}
Value settling(int index, bool ok, Value value) {
  return object({{"kind", text("settle")},
                 {"index", number(index)},
                 {"ok", Value{ok}},
                 {"value", std::move(value)}});
}
Value aborting(int call, Value reason) {
  return object({{"kind", text("abort")},
                 {"call", number(call)},
                 {"signal", number(0)},
                 {"reason", std::move(reason)}});
}
Value iterable(std::vector<Value> items, std::string how, Value value) {
  return Value{harness::Controlled{"iterable",
                                   {{"of", list(std::move(items))},
                                    {"how", text(std::move(how))},
                                    {"value", std::move(value)}}}};
}
std::vector<Value> tasks(int count) {
  std::vector<Value> result;
  for (int i = 0; i < count; ++i) result.push_back(task(i));
  return result;
}

}  // namespace shim_test
