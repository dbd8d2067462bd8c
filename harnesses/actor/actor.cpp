#include "harnesses/actor/actor.hpp"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <utility>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/fields.hpp"
#include "harnesses/protocol/show.hpp"
#include "sandbox/time/virtual_clock.hpp"

namespace harness {
namespace {

constexpr int kChannelNumber = 3;
// All answers to one request together; above it the program is flooding the judge.
constexpr std::size_t kMostAnswerBytes = std::size_t{32} << 20U;
constexpr std::size_t kMostAnswers = 200'000;

// Of one WAIT.
constexpr std::chrono::milliseconds kLongestWait{std::chrono::hours{24}};
constexpr std::chrono::milliseconds kLongestReal{250};

// Of one request, less the frame around it.
constexpr std::size_t kMostPayload = kMaxRequestBytes - 64;

struct Channel {
  base::UniqueFd ours;
  base::UniqueFd theirs;
};

base::Result<Channel> open_channel() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return base::system_failure("actor: socketpair", errno);
  }
  Channel channel{base::UniqueFd{ends[0]}, base::UniqueFd{ends[1]}};
  if (::fcntl(channel.ours.get(), F_SETFL, O_NONBLOCK) != 0) {
    return base::system_failure("actor: fcntl O_NONBLOCK", errno);
  }
  return channel;
}

Value load_request(const ActorPlan& plan, std::string path, bool pauses) {
  List exports;
  for (const std::string& name : plan.exports) exports.items.push_back(Value{name});
  return Value{Object{{{"path", Value{std::move(path)}},
                       {"exports", Value{std::move(exports)}},
                       {"pauses", Value{pauses}}}}};
}

// The Error is the program's: its LOAD_FAILED makes no sense.
base::Result<LoadFailed> read_load_failure(const Value& payload) {
  LoadFailed failure;
  JUDGE_TRY(failure.phase, text_field(payload, "phase"));
  JUDGE_TRY(const Value* error, field(payload, "error"));
  failure.error = *error;
  JUDGE_TRY(const List* missing, list_field(payload, "missing"));
  for (const Value& name : missing->items) {
    const auto* text = std::get_if<std::string>(&name.data);
    if (text == nullptr) return base::invalid_input("field 'missing' does not hold texts");
    failure.missing.push_back(*text);
  }
  return failure;
}

Value milliseconds(std::chrono::nanoseconds time) {
  constexpr std::int64_t kMs = 1'000'000;
  if (time.count() % kMs == 0) return Value{time.count() / kMs};
  return Value{static_cast<double>(time.count()) / kMs};
}

// Who answers beside the shim must not be able to guess which number is right.
std::uint32_t another_number(base::RandomWords& random, std::uint32_t last) {
  std::uint32_t next = random.next();
  while (next == last) next = random.next();
  return next;
}

}  // namespace

using sandbox::time::VirtualClock;

Actor::Actor(sandbox::Process process, base::UniqueFd channel, std::shared_ptr<VirtualClock> clock)
    : process_{std::move(process)}, channel_{std::move(channel)}, clock_{std::move(clock)} {}

std::optional<std::chrono::nanoseconds> Actor::now() const {
  if (!clock_) return {};
  return clock_->now();
}

bool Actor::may_pause() const { return clock_ && clock_->mode() == sandbox::TimeMode::notified; }

std::chrono::nanoseconds Actor::age() const { return now().value_or(loaded_at_) - loaded_at_; }

int Actor::added_processes() const {
  return process_.processes().value_or(processes_at_first_) - processes_at_first_;
}

std::optional<std::chrono::nanoseconds> Actor::time_of_day() const {
  if (!clock_) return {};
  return clock_->realtime();
}

void Actor::set_time_of_day(std::chrono::nanoseconds since_1970) {
  if (clock_) clock_->set_realtime(since_1970);
}

Wait Actor::longest_wait(std::int64_t number, bool has_timer) const {
  std::chrono::milliseconds time = has_timer ? kLongestWait : kLongestTurning;
  if (!clock_) time = kLongestReal;
  return {.number = number, .time = time, .idle = !has_timer, .rough = !has_timer};
}

base::Status Actor::ask_to_wait(const Wait& wait) {
  return ask(FrameType::wait, Value{Object{{{"case", Value{wait.number}},
                                            {"ms", milliseconds(wait.time)},
                                            {"idle", Value{wait.idle}},
                                            {"rough", Value{wait.rough}},
                                            {"passed", milliseconds(pass_ahead(wait))}}}});
}

// It sleeps in its read, and who is alone there is nobody else to do anything meanwhile: so nothing
// has to be looked at, which is most of what a sleep costs. What it says falsely bears on its own
// clock alone.
std::chrono::nanoseconds Actor::pass_ahead(const Wait& wait) {
  if (!clock_ || !rest_.alone || rest_.busy) return {};
  if (rest_.has_timers() ? !rest_.next : !wait.idle) return {};
  const std::chrono::nanoseconds time = std::min(wait.time, rest_.next.value_or(wait.time));
  return clock_->pass(time) ? time : std::chrono::nanoseconds{};
}

base::Result<Actor::Started> Actor::start(const sandbox::Host& host, const ActorPlan& plan) {
  JUDGE_TRY(Channel channel, open_channel());
  sandbox::Program program = plan.program;
  if (plan.virtual_time) {
    JUDGE_TRY(program.clock, VirtualClock::make(host.time_mode()));
  }
  program.inherited.push_back({.source = channel.theirs.get(), .number = kChannelNumber});
  JUDGE_TRY(sandbox::Process process, sandbox::Process::start(host, program, plan.limits));
  channel.theirs.reset();
  std::string path = process.path_inside(plan.path);
  Actor actor{std::move(process), std::move(channel.ours), program.clock};
  JUDGE_TRY(Answers answers,
            actor.request(FrameType::load, load_request(plan, std::move(path), actor.may_pause())));
  if (auto* ended = std::get_if<Ended>(&answers)) return Started{std::move(*ended)};
  const Answer& closing = std::get<std::vector<Answer>>(answers).back();
  if (closing.type == FrameType::ready) {
    actor.loaded_at_ = actor.now().value_or(std::chrono::nanoseconds{});
    actor.processes_at_first_ = actor.process_.processes().value_or(0);
    if (program.clock && !program.clock->is_kept()) actor.clock_.reset();
    return Started{std::move(actor)};
  }
  if (closing.type == FrameType::load_failed) {
    auto failure = read_load_failure(closing.payload);
    if (failure) return Started{std::move(*failure)};
    JUDGE_TRY(Ended ended, actor.condemn(failure.error().message()));
    return Started{std::move(ended)};
  }
  JUDGE_TRY(Ended ended, actor.condemn("answered LOAD with something else"));
  return Started{std::move(ended)};
}

base::Result<Actor::Answers> Actor::request(FrameType type, const Value& payload) {
  JUDGE_TRY_VOID(ask(type, payload));
  return await_answers();
}

base::Status Actor::ask(FrameType type, const Value& payload) {
  JUDGE_TRY(lost_, post(type, payload));
  return {};
}

base::Result<Actor::Answers> Actor::await_answers() {
  Collected collected;
  std::optional<std::string> lost = std::exchange(lost_, std::nullopt);
  if (!lost) {
    JUDGE_TRY(lost, collect(collected));
  }
  while (!lost && collected.answers.back().type == FrameType::paused) {
    collected.answers.pop_back();
    JUDGE_TRY(lost, go_on(collected));
  }
  if (lost) {
    JUDGE_TRY(Ended ended, condemn(std::move(*lost)));
    return Answers{std::move(ended)};
  }
  const Answer& closing = collected.answers.back();
  rest_ = closing.type == FrameType::rest ? read_rest(closing.payload).value_or(Rest{}) : Rest{};
  if (closing.type == FrameType::refused) {
    const auto reason = text_field(closing.payload, "reason");
    JUDGE_TRY(Ended ended, condemn("refused a request: " + reason.value_or("without a reason")));
    return Answers{std::move(ended)};
  }
  return Answers{std::move(collected.answers)};
}

base::Result<std::optional<std::string>> Actor::go_on(Collected& collected) {
  using Found = sandbox::Process::Rest;
  if (!may_pause()) return std::optional<std::string>{"paused where it may not"};
  JUDGE_TRY(const Found found, process_.wait_until_still());
  if (found == Found::ended) return std::optional<std::string>{""};
  const Value news{found == Found::others_ran};
  JUDGE_TRY(std::optional<std::string> lost,
            post(FrameType::go_on, Value{Object{{{"news", news}}}}));
  if (lost) return lost;
  return collect(collected);
}

base::Result<std::optional<std::string>> Actor::post(FrameType type, const Value& payload) {
  sequence_ = another_number(random_, sequence_);
  Frame frame{.type = type, .sequence = sequence_, .payload = encode(payload)};
  if (frame.payload.size() > kMostPayload) {
    return base::internal("actor: a request of " + std::to_string(frame.payload.size()) +
                          " bytes; at most " + std::to_string(kMostPayload) + " can be sent");
  }
  return send(encode_frame(frame));
}

base::Result<std::optional<std::string>> Actor::collect(Collected& collected) {
  std::optional<std::string> lost;
  for (bool closed = false; !lost && !closed;) {
    auto frame = reader_.next();
    if (!frame) {
      lost = frame.error().message();
    } else if (!*frame) {
      JUDGE_TRY(lost, receive());
    } else {
      closed = is_closing((*frame)->type);
      lost = take(std::move(**frame), collected);
    }
  }
  if (!lost && reader_.pending() > 0) lost = "sent bytes behind the closing frame";
  return lost;
}

// What is wrong with it, if anything.
std::optional<std::string> Actor::take(Frame frame, Collected& collected) const {
  if (frame.sequence != sequence_) return "answered a request that was not asked";
  collected.bytes += frame.payload.size();
  auto value = decode(frame.payload);
  if (!value) return value.error().message();
  if (collected.bytes > kMostAnswerBytes || collected.answers.size() >= kMostAnswers) {
    return "flooded the channel";
  }
  collected.answers.push_back({.type = frame.type, .payload = std::move(*value)});
  return {};
}

// The socket's buffer may be full while the program is busy; then the program must read before more
// can be sent.
base::Result<std::optional<std::string>> Actor::send(const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(channel_.get(), bytes.data() + sent, bytes.size() - sent,
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      sent += static_cast<std::size_t>(count);
    } else if (errno == EAGAIN) {
      // Not readable means that the program is busy, or stuck: its own limits end that. Writable
      // again needs no event of its own, a short wait is enough for the rare request above the
      // buffer's size.
      JUDGE_TRY(const auto wake, process_.wait(-1, std::chrono::milliseconds{1}));
      if (wake == sandbox::Process::Wake::ended) return std::optional<std::string>{""};
    } else if (errno != EINTR) {
      return std::optional<std::string>{""};  // EPIPE, ECONNRESET: nobody listens any more
    }
  }
  return std::optional<std::string>{};
}

base::Result<std::optional<std::string>> Actor::receive() {
  JUDGE_TRY(const auto wake, process_.wait(channel_.get(), std::nullopt));
  if (wake == sandbox::Process::Wake::ended) return std::optional<std::string>{""};
  std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by recv
  const ssize_t count = ::recv(channel_.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count > 0) {
    reader_.feed({buffer.data(), static_cast<std::size_t>(count)});
    return std::optional<std::string>{};
  }
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return std::optional<std::string>{};
  // The channel is closed: usually the program is just ending; one that only closed it gets a
  // moment to do so.
  JUDGE_TRY(const auto end, process_.wait(-1, std::chrono::milliseconds{500}));
  return std::optional<std::string>{end == sandbox::Process::Wake::ended ? ""
                                                                         : "closed the channel"};
}

base::Result<Ended> Actor::condemn(std::string violation) {
  JUDGE_TRY(sandbox::RunReport report, std::move(process_).finish());
  return Ended{.report = std::move(report), .violation = std::move(violation)};
}

base::Result<sandbox::RunReport> Actor::stop() && { return std::move(process_).finish(); }

base::Result<Actor> start_reference(const sandbox::Host& host, const ActorPlan& plan) {
  JUDGE_TRY(Actor::Started started, Actor::start(host, plan));
  if (auto* actor = std::get_if<Actor>(&started)) return std::move(*actor);
  if (const auto* failed = std::get_if<LoadFailed>(&started)) {
    return base::internal("reference: does not load: " + show(failed->error));
  }
  return base::internal("reference: ended while it was loaded");
}

}  // namespace harness
