#include "sandbox/base/pidfd.hpp"

#include <poll.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>
#include <csignal>

namespace base {
namespace {

std::chrono::microseconds to_duration(const timeval& time) {
  return std::chrono::seconds{time.tv_sec} + std::chrono::microseconds{time.tv_usec};
}

}  // namespace

bool Pidfd::has_ended() const {
  pollfd process{fd_.get(), POLLIN, 0};
  return ::poll(&process, 1, 0) != 0;
}

Status Pidfd::send_signal(int signal) const {
  if (::syscall(SYS_pidfd_send_signal, fd_.get(), signal, nullptr, 0) == 0) return {};
  if (errno == ESRCH) return {};
  return system_failure("pidfd_send_signal", errno);
}

Result<Reaped> Pidfd::reap() {
  // The system call itself, because waitid(3) of the C library does not pass on the resource usage.
  siginfo_t info{};
  rusage usage{};
  long got = -1;
  do {
    got = ::syscall(SYS_waitid, P_PIDFD, fd_.get(), &info, WEXITED, &usage);
  } while (got < 0 && errno == EINTR);
  if (got < 0) return system_failure("waitid", errno);
  fd_.reset();
  const bool exited = info.si_code == CLD_EXITED;
  return Reaped{.status = exited ? info.si_status << 8 : info.si_status,
                .cpu_user = to_duration(usage.ru_utime),
                .cpu_system = to_duration(usage.ru_stime)};
}

}  // namespace base
