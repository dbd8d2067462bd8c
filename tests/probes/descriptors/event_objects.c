// Tries: to have more event objects than files: eventfd, timerfd, signalfd, epoll, inotify, pidfd.
// Must end: with 0, all refused at the limit of open files; they work before.
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "tests/probes/say.h"

static int make(int kind) {
  sigset_t none;
  (void)sigemptyset(&none);
  switch (kind) {
    case 0:
      return eventfd(0, 0);
    case 1:
      return timerfd_create(CLOCK_MONOTONIC, 0);
    case 2:
      return signalfd(-1, &none, 0);
    case 3:
      return epoll_create1(0);
    case 4:
      return inotify_init();
    default:
      return (int)syscall(SYS_pidfd_open, getpid(), 0);
  }
}

int main(void) {
  static const char* const kNames[] = {"eventfd", "timerfd", "signalfd",
                                       "epoll",   "inotify", "pidfd"};
  const int event = eventfd(0, 0);
  uint64_t value = 5;
  (void)!write(event, &value, sizeof value);
  (void)!read(event, &value, sizeof value);
  printf("eventfd carries %d\n", (int)value);
  (void)close(event);
  for (int kind = 0; kind < 6; ++kind) {
    int first = -1;
    for (int fd; (fd = make(kind)) >= 0;) {
      if (first < 0) first = fd;
    }
    printf("%s: %s, worked before: %d\n", kNames[kind], errno_name(errno), first >= 0);
    (void)close_range((unsigned)(first < 0 ? 3 : first), ~0U, 0);
  }
  return 0;
}
