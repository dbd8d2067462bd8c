#include "tests/sandbox/launcher/interception.hpp"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "sandbox/base/check.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "tests/sandbox/launcher/remains.hpp"

namespace sandbox::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{5};
constexpr int kCalls = 512;

struct ProcText {
  std::array<char, 512> bytes{};
  [[nodiscard]] std::string_view text() const { return bytes.data(); }
};

// Between a call and its answer nothing here allocates: the caller may hold the heap's lock.
ProcText read_proc(pid_t pid, const char* name, bool link) {
  std::array<char, 64> path{};
  (void)std::snprintf(path.data(), path.size(), "/proc/%d/%s", pid, name);
  ProcText text;
  if (link) {
    (void)!::readlink(path.data(), text.bytes.data(), text.bytes.size() - 1);
    return text;
  }
  const base::UniqueFd fd{::open(path.data(), O_RDONLY | O_CLOEXEC)};
  if (fd.is_open()) (void)!::read(fd.get(), text.bytes.data(), text.bytes.size() - 1);
  return text;
}

pid_t find_parent(pid_t pid) {
  const ProcText stat = read_proc(pid, "stat", false);
  const char* close = std::strrchr(stat.bytes.data(), ')');
  return close == nullptr || std::strlen(close) < 4 ? 0 : std::atoi(close + 4);
}

// A payload has become a program when it does not run the launcher's image any more. (Of one that
// still does, an ordinary user may not know it: it is undumpable.)
bool is_program(pid_t pid) {
  const ProcText image = read_proc(pid, "exe", true);
  return !image.text().empty() && image.text().find("sandbox-launcher") == std::string_view::npos;
}

Role role_of(pid_t pid) {
  int depth = 0;
  for (pid_t at = pid; at > 1 && at != ::getpid() && depth < 6; at = find_parent(at)) ++depth;
  if (depth <= 3) return static_cast<Role>(depth);
  return depth == 4 && !is_program(pid) ? Role::payload : Role::program;
}

int install(const std::vector<sock_filter>& filter, unsigned flags) {
  if (::geteuid() != 0) (void)::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const sock_fprog program{static_cast<unsigned short>(filter.size()),
                           const_cast<sock_filter*>(filter.data())};
  return static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program));
}

// What is asked about each reported call: the errno to fail with, 0 to let it happen.
using Decide = std::function<int(Role role, int call)>;

class Supervisor {
 public:
  Supervisor(std::vector<sock_filter> filter, Decide decide, std::function<void()> work)
      : filter_{std::move(filter)}, decide_{std::move(decide)}, work_{std::move(work)} {}

  // Returns when the work is done; true when it hung.
  bool run();

 private:
  static void* start(void* self) {
    static_cast<Supervisor*>(self)->work();
    return nullptr;
  }
  void work() {
    worker_ = ::gettid();
    listener_ = install(filter_, SECCOMP_FILTER_FLAG_NEW_LISTENER);
    work_();
  }
  void answer(int listener);

  std::vector<sock_filter> filter_;
  Decide decide_;
  std::function<void()> work_;
  std::atomic<int> listener_{-1};
  std::atomic<pid_t> worker_{0};
};

void Supervisor::answer(int listener) {
  seccomp_notif call{};
  if (::ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) != 0) return;  // killed meanwhile
  const auto pid = static_cast<pid_t>(call.pid);
  const Role role = pid == worker_ ? Role::caller : role_of(pid);
  const int code = decide_(role, call.data.nr);
  seccomp_notif_resp response{};
  response.id = call.id;
  response.error = -code;
  response.flags = code == 0 ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0;
  (void)::ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

bool Supervisor::run() {
  pthread_t thread{};
  JUDGE_CHECK(::pthread_create(&thread, nullptr, &start, this) == 0, "there is a thread to be had");
  const Clock::time_point begin = Clock::now();
  Clock::time_point patience = begin + kPatience;
  bool hung = false;
  while (::pthread_tryjoin_np(thread, nullptr) != 0) {
    pollfd calls{listener_, POLLIN, 0};
    if (::poll(&calls, 1, 1) > 0 && (calls.revents & POLLIN) != 0) answer(calls.fd);
    if (Clock::now() < patience) continue;
    hung = true;
    patience = Clock::now() + kPatience;
    for (const pid_t pid : living_descendants(::getpid())) (void)::kill(pid, SIGKILL);
    JUDGE_CHECK(Clock::now() < begin + 8 * kPatience, "the caller itself hangs");
  }
  JUDGE_CHECK(listener_ >= 0, "the test's own filter can be installed");
  (void)::close(listener_);
  return hung;
}

}  // namespace

std::string_view name_of(Role role) {
  constexpr std::array<std::string_view, kRoles> kNames{"caller", "launcher", "slot",
                                                        "init",   "payload",  "program"};
  return kNames.at(static_cast<std::size_t>(role));
}

std::vector<Observed> observe_calls(const std::function<void()>& work) {
  std::array<std::array<unsigned, kCalls>, kRoles> counts{};
  const auto count = [&](Role role, int call) {
    if (call >= 0 && call < kCalls)
      ++counts.at(static_cast<std::size_t>(role)).at(static_cast<std::size_t>(call));
    return 0;
  };
  const std::vector<sock_filter> all{BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF)};
  const bool hung = Supervisor{all, count, work}.run();
  JUDGE_CHECK(!hung, "what is only watched ends");
  std::vector<Observed> observed;
  for (int role = 0; role < kRoles; ++role) {
    for (int call = 0; call < kCalls; ++call) {
      const unsigned seen =
          counts.at(static_cast<std::size_t>(role)).at(static_cast<std::size_t>(call));
      if (seen > 0) observed.push_back({static_cast<Role>(role), call, seen});
    }
  }
  return observed;
}

Outcome inject(const Fault& fault,
               const std::function<void(const std::function<bool()>& fired)>& work) {
  const std::vector<sock_filter> one{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<unsigned>(fault.call), 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
  unsigned seen = 0;
  std::atomic<unsigned> failed{0};
  const auto decide = [&](Role role, int call) {
    if (role != fault.role || call != fault.call) return 0;
    ++seen;
    if (fault.nth != 0 && seen != fault.nth) return 0;
    ++failed;
    return fault.code;
  };
  const bool hung = Supervisor{one, decide, [&] { work([&] { return failed > 0; }); }}.run();
  return Outcome{failed, hung};
}

void run_under(const std::vector<sock_filter>& filter, const std::function<void()>& work) {
  struct Job {
    const std::vector<sock_filter>& filter;
    const std::function<void()>& work;
  } job{filter, work};
  pthread_t thread{};
  const auto start = [](void* argument) -> void* {
    const Job& own = *static_cast<Job*>(argument);
    JUDGE_CHECK(install(own.filter, 0) == 0, "the test's own filter can be installed");
    own.work();
    return nullptr;
  };
  JUDGE_CHECK(::pthread_create(&thread, nullptr, start, &job) == 0, "there is a thread to be had");
  (void)::pthread_join(thread, nullptr);
}

}  // namespace sandbox::test
