// Tries: every signal on pid 1 and on its own parent, by all calls that send one.
// Must end: with 0 and its last line: pid 1 lives, and a child of its own can still be signalled.
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  for (int number = 1; number < NSIG; ++number) {
    const union sigval value = {.sival_int = 0};
    (void)kill(1, number);
    (void)kill(getppid(), number);
    (void)sigqueue(1, number, value);
    (void)syscall(SYS_tgkill, 1, 1, number);
    (void)syscall(SYS_tkill, 1, number);
    const int pidfd = (int)syscall(SYS_pidfd_open, 1, 0);
    (void)syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0);
    (void)close(pidfd);
  }
  const pid_t child = fork();
  if (child == 0) {
    for (;;) pause();
  }
  (void)kill(child, SIGTERM);
  int status = 0;
  (void)waitpid(child, &status, 0);
  printf("parent %d, child ended by %d\n", getppid(), WTERMSIG(status));
  return 0;
}
