// timed_calls: waits in every call that has a time limit, and says how long each one took by each
// clock that a program can read. With an argument it waits that many milliseconds each time, else
// an hour.
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static long long length_ms = 3600 * 1000;
static int quiet_pipe[2];
static int quiet_epoll;

static long long nanoseconds(const struct timespec* time) {
  return time->tv_sec * 1000000000LL + time->tv_nsec;
}
static long long read_clock(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return nanoseconds(&now);
}
static struct timespec as_timespec(long long ns) {
  struct timespec time = {ns / 1000000000, ns % 1000000000};
  return time;
}
static struct timespec wait_time(void) { return as_timespec(length_ms * 1000000); }
static struct timespec moment(clockid_t clock) {
  return as_timespec(read_clock(clock) + length_ms * 1000000);
}

static long by_nanosleep(void) {
  struct timespec time = wait_time();
  return nanosleep(&time, NULL);
}
static long by_clock_nanosleep(void) {
  struct timespec time = wait_time();
  return clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
}
static long by_monotonic_moment(void) {
  struct timespec time = moment(CLOCK_MONOTONIC);
  return clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}
static long by_realtime_moment(void) {
  struct timespec time = moment(CLOCK_REALTIME);
  return clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &time, NULL);
}
static long by_select(void) {
  struct timeval time = {length_ms / 1000, length_ms % 1000 * 1000};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(quiet_pipe[0], &set);
  const int got = select(quiet_pipe[0] + 1, &set, NULL, NULL, &time);
  return FD_ISSET(quiet_pipe[0], &set) ? -2 : got;
}
static long by_pselect(void) {
  struct timespec time = wait_time();
  return pselect(0, NULL, NULL, NULL, &time, NULL);
}
static long by_poll(void) {
  struct pollfd fd = {quiet_pipe[0], POLLIN, 0x7F};
  const int got = poll(&fd, 1, (int)length_ms);
  return fd.revents != 0 ? -2 : got;
}
static long by_ppoll(void) {
  struct timespec time = wait_time();
  sigset_t none;
  sigemptyset(&none);
  struct pollfd fd = {quiet_pipe[0], POLLIN, 0};
  return ppoll(&fd, 1, &time, &none);
}
static long by_epoll_wait(void) {
  struct epoll_event event;
  return epoll_wait(quiet_epoll, &event, 1, (int)length_ms);
}
static long by_epoll_pwait(void) {
  struct epoll_event event;
  sigset_t none;
  sigemptyset(&none);
  return epoll_pwait(quiet_epoll, &event, 1, (int)length_ms, &none);
}
static long by_epoll_pwait2(void) {
  struct timespec time = wait_time();
  struct epoll_event event;
  return syscall(SYS_epoll_pwait2, quiet_epoll, &event, 1, &time, NULL, 8);
}
static long by_futex(void) {
  uint32_t word = 7;
  struct timespec time = wait_time();
  const long got = syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 7, &time, NULL, 0);
  return got == -1 && errno == ETIMEDOUT ? 0 : -2;
}
static long by_futex_moment(void) {
  uint32_t word = 7;
  struct timespec time = moment(CLOCK_REALTIME);
  const long got = syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 7, &time,
                           NULL, FUTEX_BITSET_MATCH_ANY);
  return got == -1 && errno == ETIMEDOUT ? 0 : -2;
}
static long by_sigtimedwait(void) {
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, SIGUSR1);
  sigprocmask(SIG_BLOCK, &one, NULL);
  struct timespec time = wait_time();
  const int got = sigtimedwait(&one, NULL, &time);
  return got == -1 && errno == EAGAIN ? 0 : -2;
}
static volatile sig_atomic_t rang = 0;
static void ring(int number) {
  (void)number;
  rang = 1;
}
static long by_itimer(void) {
  signal(SIGALRM, ring);
  rang = 0;
  struct itimerval time = {{0, 0}, {length_ms / 1000, length_ms % 1000 * 1000}};
  setitimer(ITIMER_REAL, &time, NULL);
  pause();
  return rang ? 0 : -2;
}
static long by_interrupted_sleep(void) {
  struct sigaction action = {.sa_handler = ring, .sa_flags = SA_RESTART};
  sigaction(SIGALRM, &action, NULL);
  struct itimerval time = {{0, 0}, {length_ms / 1000, length_ms % 1000 * 1000}};
  setitimer(ITIMER_REAL, &time, NULL);
  struct timespec longer = as_timespec(length_ms * 10 * 1000000);
  return nanosleep(&longer, NULL) == -1 && errno == EINTR ? 0 : -2;
}

// ---- every way to read the time ----

static long long raw(long clock) {
  struct timespec now;
  syscall(SYS_clock_gettime, clock, &now);
  return nanoseconds(&now);
}
static long long time_of_day(void) {
  struct timeval now;
  gettimeofday(&now, NULL);
  return now.tv_sec * 1000000000LL + now.tv_usec * 1000LL;
}
static long long raw_time_of_day(void) {
  struct timeval now;
  syscall(SYS_gettimeofday, &now, NULL);
  return now.tv_sec * 1000000000LL + now.tv_usec * 1000LL;
}

struct reading {
  long long ns[12];
};
static struct reading read_all(void) {
  struct reading all = {{read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_MONOTONIC_RAW),
                         read_clock(CLOCK_MONOTONIC_COARSE), read_clock(CLOCK_BOOTTIME),
                         read_clock(CLOCK_REALTIME), read_clock(CLOCK_REALTIME_COARSE),
                         read_clock(CLOCK_TAI), raw(CLOCK_MONOTONIC), raw(CLOCK_REALTIME),
                         raw(CLOCK_BOOTTIME), time_of_day(), raw_time_of_day()}};
  return all;
}

static void try_one(const char* name, long (*wait)(void)) {
  const struct reading before = read_all();
  const long result = wait();
  const struct reading after = read_all();
  long long least = LLONG_MAX, most = 0;
  for (int i = 0; i < 12; ++i) {
    const long long took = after.ns[i] - before.ns[i];
    if (took < least) least = took;
    if (took > most) most = took;
  }
  printf("%s: %ld, %lld to %lld us\n", name, result, least / 1000, most / 1000);
}

int main(int argc, char** argv) {
  if (argc > 1) length_ms = atoll(argv[1]);
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (pipe(quiet_pipe) != 0) return 1;
  quiet_epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(quiet_epoll, EPOLL_CTL_ADD, quiet_pipe[0], &event);
  try_one("nanosleep", by_nanosleep);
  try_one("clock_nanosleep", by_clock_nanosleep);
  try_one("clock_nanosleep until", by_monotonic_moment);
  try_one("clock_nanosleep until, realtime", by_realtime_moment);
  try_one("select", by_select);
  try_one("pselect", by_pselect);
  try_one("poll", by_poll);
  try_one("ppoll", by_ppoll);
  try_one("epoll_wait", by_epoll_wait);
  try_one("epoll_pwait", by_epoll_pwait);
  try_one("epoll_pwait2", by_epoll_pwait2);
  try_one("futex", by_futex);
  try_one("futex until, realtime", by_futex_moment);
  try_one("sigtimedwait", by_sigtimedwait);
  try_one("setitimer", by_itimer);
  try_one("nanosleep, interrupted", by_interrupted_sleep);
  struct sysinfo about;
  sysinfo(&about);
  const long long up = read_clock(CLOCK_BOOTTIME) / 1000000000;
  printf("sysinfo: %s\n", about.uptime >= up - 1 && about.uptime <= up + 1 ? "same" : "other");
  printf("timerfd: %s\n", timerfd_create(CLOCK_MONOTONIC, 0) >= 0 ? "there"
                          : errno == ENOSYS                       ? "missing"
                                                                  : "refused");
  printf("processor time: %s\n", read_clock(CLOCK_PROCESS_CPUTIME_ID) < 1000000000 ? "real" : "no");
}
