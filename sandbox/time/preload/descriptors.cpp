// Waiting for descriptors. What is ready is asked of the kernel first and last, without waiting: so
// its answer is what the program gets, also when the time is over.
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "sandbox/time/preload/raw.hpp"
#include "sandbox/time/preload/waiting.hpp"

namespace sandbox::time::preload {
namespace {

constexpr timespec kAtOnce{};
constexpr std::uint64_t kOurSignal = std::uint64_t{1} << 32U;  // 33

// As the kernel takes it, and without the signal that ends a wait whose time has come.
class Mask {
 public:
  explicit Mask(const sigset_t* set)
      : given_{set != nullptr},
        bits_{set == nullptr ? 0 : *reinterpret_cast<const std::uint64_t*>(set) & ~kOurSignal} {}
  [[nodiscard]] long at() const { return given_ ? address(&bits_) : 0; }

 private:
  bool given_;
  std::uint64_t bits_;
};

std::optional<std::uint64_t> in_milliseconds(int limit) {
  if (limit < 0) return std::nullopt;
  return from_now(static_cast<std::uint64_t>(limit) * 1'000'000);
}

// `ask` takes a time limit, null: none. Without `deadline` it is between program and kernel.
template <typename Ask>
long wait_for_descriptors(std::optional<std::uint64_t> deadline, const Ask& ask) {
  if (!deadline) {
    const long result = ask(nullptr);
    if (result == -EINTR) ::pthread_testcancel();
    return result;
  }
  const long at_once = ask(&kAtOnce);
  if (at_once != 0) return at_once;
  const Ended ended = wait_until(*deadline, [&](const Waiter&) { return ask(nullptr); });
  if (ended.timed_out) return ask(&kAtOnce);
  if (ended.result == -EINTR) ::pthread_testcancel();
  return ended.result;
}

}  // namespace

extern "C" {

int new_poll(pollfd* fds, nfds_t count, int limit) JUDGE_REPLACES(poll);
int new_ppoll(pollfd* fds, nfds_t count, const timespec* limit, const sigset_t* mask)
    JUDGE_REPLACES(ppoll);
int new_poll_chk(pollfd* fds, nfds_t count, int limit, std::size_t size) JUDGE_REPLACES(__poll_chk);
int new_ppoll_chk(pollfd* fds, nfds_t count, const timespec* limit, const sigset_t* mask,
                  std::size_t size) JUDGE_REPLACES(__ppoll_chk);
int new_epoll_wait(int epoll, epoll_event* events, int most, int limit) JUDGE_REPLACES(epoll_wait);
int new_epoll_pwait(int epoll, epoll_event* events, int most, int limit, const sigset_t* mask)
    JUDGE_REPLACES(epoll_pwait);
int new_epoll_pwait2(int epoll, epoll_event* events, int most, const timespec* limit,
                     const sigset_t* mask) JUDGE_REPLACES(epoll_pwait2);
int new_select(int count, fd_set* in, fd_set* out, fd_set* other, timeval* limit)
    JUDGE_REPLACES(select);
int new_pselect(int count, fd_set* in, fd_set* out, fd_set* other, const timespec* limit,
                const sigset_t* mask) JUDGE_REPLACES(pselect);

int new_ppoll(pollfd* fds, nfds_t count, const timespec* limit, const sigset_t* set) {
  if (limit != nullptr && !is_sound(*limit)) return static_cast<int>(say(-EINVAL));
  const Mask mask{set};
  const auto ask = [&](const timespec* time) {
    timespec copy = time != nullptr ? *time : timespec{};  // the kernel writes there
    return raw(SYS_ppoll, address(fds), static_cast<long>(count),
               time != nullptr ? address(&copy) : 0, mask.at(), 8);
  };
  std::optional<std::uint64_t> deadline;
  if (limit != nullptr) deadline = from_now(to_nanoseconds(*limit));
  return static_cast<int>(say(wait_for_descriptors(deadline, ask)));
}

int new_poll(pollfd* fds, nfds_t count, int limit) {
  const timespec time = to_timespec(static_cast<std::uint64_t>(std::max(limit, 0)) * 1'000'000);
  return new_ppoll(fds, count, limit < 0 ? nullptr : &time, nullptr);
}

int new_poll_chk(pollfd* fds, nfds_t count, int limit, std::size_t size) {
  if (size / sizeof *fds < count) std::abort();
  return new_poll(fds, count, limit);
}

int new_ppoll_chk(pollfd* fds, nfds_t count, const timespec* limit, const sigset_t* mask,
                  std::size_t size) {
  if (size / sizeof *fds < count) std::abort();
  return new_ppoll(fds, count, limit, mask);
}

int new_epoll_pwait(int epoll, epoll_event* events, int most, int limit, const sigset_t* set) {
  const Mask mask{set};
  const auto ask = [&](const timespec* time) {
    return raw(SYS_epoll_pwait, epoll, address(events), most, time != nullptr ? 0 : -1, mask.at(),
               8);
  };
  return static_cast<int>(say(wait_for_descriptors(in_milliseconds(limit), ask)));
}

int new_epoll_wait(int epoll, epoll_event* events, int most, int limit) {
  return new_epoll_pwait(epoll, events, most, limit, nullptr);
}

int new_epoll_pwait2(int epoll, epoll_event* events, int most, const timespec* limit,
                     const sigset_t* set) {
  if (limit != nullptr && !is_sound(*limit)) return static_cast<int>(say(-EINVAL));
  const Mask mask{set};
  const auto ask = [&](const timespec* time) {
    return raw(SYS_epoll_pwait, epoll, address(events), most, time != nullptr ? 0 : -1, mask.at(),
               8);
  };
  std::optional<std::uint64_t> deadline;
  if (limit != nullptr) deadline = from_now(to_nanoseconds(*limit));
  return static_cast<int>(say(wait_for_descriptors(deadline, ask)));
}

int new_pselect(int count, fd_set* in, fd_set* out, fd_set* other, const timespec* limit,
                const sigset_t* set) {
  if (limit != nullptr && !is_sound(*limit)) return static_cast<int>(say(-EINVAL));
  // The kernel takes what is not ready out of the sets, so each question needs them anew.
  struct Sets {
    fd_set in, out, other;
  };
  const std::size_t bytes =
      count <= 0 ? 0 : (static_cast<std::size_t>(count) + 63) / 64 * sizeof(long);
  if (bytes > sizeof(fd_set)) return static_cast<int>(say(-EINVAL));
  const auto copy = [&](const fd_set* from, fd_set* to) {
    if (from != nullptr && to != nullptr) __builtin_memcpy(to, from, bytes);
  };
  Sets given;
  copy(in, &given.in);
  copy(out, &given.out);
  copy(other, &given.other);
  const Mask mask{set};
  const struct {
    long at;
    std::size_t size;
  } kernel_mask{mask.at(), 8};
  const auto ask = [&](const timespec* time) {
    copy(&given.in, in);
    copy(&given.out, out);
    copy(&given.other, other);
    timespec limit_copy = time != nullptr ? *time : timespec{};  // the kernel writes there
    return raw(SYS_pselect6, count, address(in), address(out), address(other),
               time != nullptr ? address(&limit_copy) : 0, address(&kernel_mask));
  };
  std::optional<std::uint64_t> deadline;
  if (limit != nullptr) deadline = from_now(to_nanoseconds(*limit));
  return static_cast<int>(say(wait_for_descriptors(deadline, ask)));
}

// Linux tells what is left of the time.
int new_select(int count, fd_set* in, fd_set* out, fd_set* other, timeval* limit) {
  if (limit == nullptr) return new_pselect(count, in, out, other, nullptr, nullptr);
  if (limit->tv_sec < 0 || limit->tv_usec < 0) return static_cast<int>(say(-EINVAL));
  const timespec time{limit->tv_sec + limit->tv_usec / 1'000'000,
                      limit->tv_usec % 1'000'000 * 1000};
  const std::uint64_t deadline = from_now(to_nanoseconds(time));
  const int result = new_pselect(count, in, out, other, &time, nullptr);
  const timespec left = to_timespec(deadline - std::min(deadline, monotonic()));
  *limit = {left.tv_sec, left.tv_nsec / 1000};
  return result;
}

}  // extern "C"

}  // namespace sandbox::time::preload
