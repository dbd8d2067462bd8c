// Tries: watches without end: one epoll set that holds every pipe in many ways, sets nested in
// sets.
// Must end: with 0; a circle is refused (ELOOP), nesting has an end, and epoll itself works.
#include <sys/epoll.h>
#include <unistd.h>

#include "tests/probes/say.h"

static long watch(int set, int fd) {
  struct epoll_event event = {.events = EPOLLIN};
  return epoll_ctl(set, EPOLL_CTL_ADD, fd, &event);
}

int main(void) {
  int ends[2];
  if (pipe(ends) < 0) return 3;
  const int first = epoll_create1(0);
  (void)say("watch a pipe", watch(first, ends[0]));
  (void)!write(ends[1], "x", 1);
  struct epoll_event event;
  printf("it is ready: %d\n", epoll_wait(first, &event, 1, 0));
  const int second = epoll_create1(0);
  (void)say("nest", watch(second, first));
  (void)say("circle", watch(first, second));
  int inner = second;
  int depth = 2;
  for (; depth < 50; ++depth) {
    const int outer = epoll_create1(0);
    if (watch(outer, inner) < 0) break;
    inner = outer;
  }
  printf("nesting ends: %d\n", depth < 50);
  return 0;
}
