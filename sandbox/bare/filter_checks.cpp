#include "sandbox/bare/filter_checks.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include "sandbox/filter/instructions.hpp"

namespace sandbox {
namespace {

constexpr std::size_t kNumber = offsetof(seccomp_data, nr);
constexpr std::uint32_t kDenied = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t kMissing = SECCOMP_RET_ERRNO | ENOSYS;

// Every check begins with the call's number in the accumulator and leaves it there.
void answer(FilterCode& code, long number, std::uint32_t with) {
  code.push_back(compare(BPF_JEQ, static_cast<std::uint32_t>(number), 0, 1));
  code.push_back(answer_with(with));
}

// A body that runs for this call alone; it either answers or falls through.
void when(FilterCode& code, long number, FilterCode body) {
  body.push_back(load(kNumber));
  code.push_back(compare(BPF_JEQ, static_cast<std::uint32_t>(number), 0, body.size()));
  code.insert(code.end(), body.begin(), body.end());
}

// A datagram socket of a pair can be pointed at any other socket of the host, one of a connected
// kind cannot. unix(7).
FilterCode only_connected_pairs() {
  constexpr std::uint32_t kTypeMask = 0xF;
  return {load(lower_half(1)), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, kTypeMask),
          compare(BPF_JEQ, SOCK_STREAM, 2, 0), compare(BPF_JEQ, SOCK_SEQPACKET, 1, 0),
          answer_with(kDenied)};
}

// Both halves of the argument are 0.
FilterCode only_zero(unsigned index, bool is_pointer) {
  if (!is_pointer) {
    return {load(lower_half(index)), compare(BPF_JEQ, 0, 1, 0), answer_with(kDenied)};
  }
  return {load(lower_half(index)), compare(BPF_JEQ, 0, 0, 2), load(upper_half(index)),
          compare(BPF_JEQ, 0, 1, 0), answer_with(kDenied)};
}

FilterCode not_everybody() {
  return {load(lower_half(0)), compare(BPF_JEQ, UINT32_MAX, 0, 1), answer_with(kDenied)};
}

// open(2) with O_RDONLY | O_TRUNC empties a file for which reading is enough for Landlock.
FilterCode no_truncation_of_read_only(unsigned index) {
  return {load(lower_half(index)), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, O_ACCMODE | O_TRUNC),
          compare(BPF_JEQ, O_TRUNC, 0, 1), answer_with(kDenied)};
}

}  // namespace

void put_bare_checks_in_front(FilterCode& code, const BareRules& rules) {
  FilterCode front{load(kNumber)};
  // No socket but the given ones and pairs: path sockets of the host answer to nobody else.
  for (const long number : {SYS_socket, SYS_connect}) answer(front, number, kDenied);
  when(front, SYS_socketpair, only_connected_pairs());
  // Limits of itself alone, not of others with its id. Watching tells what others do with files.
  when(front, SYS_prlimit64, only_zero(0, false));
  answer(front, SYS_inotify_add_watch, kDenied);
  // Landlock leaves attributes to whoever may write by the file's mode.
  for (const long number : {SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr,
                            SYS_lremovexattr, SYS_fremovexattr}) {
    answer(front, number, kDenied);
  }
  if (rules.landlock < 3) {  // then Landlock does not know truncation
    answer(front, SYS_truncate, kDenied);
    answer(front, SYS_openat2, kMissing);
    when(front, SYS_openat, no_truncation_of_read_only(2));
#ifdef SYS_open
    when(front, SYS_open, no_truncation_of_read_only(1));
#endif
  }
  if (rules.shares_user) {
    // Landlock leaves modes, owners and times to the owner, who the program is.
    for (const long number :
         {SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_setpriority}) {
      answer(front, number, kDenied);
    }
#ifdef SYS_chmod
    for (const long number :
         {SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat}) {
      answer(front, number, kDenied);
    }
#endif
    when(front, SYS_utimensat, only_zero(1, true));
    // Before version 6 this would be the user's session. Single processes cannot be told apart.
    when(front, SYS_kill, not_everybody());
  }
  // Another entry of the processor has other numbers; what follows closes it.
  const FilterCode native{load(offsetof(seccomp_data, arch)), compare(BPF_JEQ, kNativeArch, 1, 0),
                          BPF_STMT(BPF_JMP | BPF_JA, static_cast<std::uint32_t>(front.size()))};
  front.insert(front.begin(), native.begin(), native.end());
  code.insert(code.begin(), front.begin(), front.end());
}

}  // namespace sandbox
