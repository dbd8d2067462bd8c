// Tries: to type into a terminal of the caller, by every name of the request, also with bits in the
// upper half that the kernel ignores; to get a terminal at all.
// Must end: with 0; each refused, other requests on descriptors work.
#include <fcntl.h>
#include <linux/tiocl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  (void)say("TIOCSTI", ioctl(0, TIOCSTI, "x"));
  (void)say("TIOCSTI, lying", syscall(SYS_ioctl, 0, 0xABCD00000000UL | TIOCSTI, "x"));
  char paste[2] = {TIOCL_PASTESEL, 0};
  (void)say("TIOCLINUX", ioctl(0, TIOCLINUX, paste));
  (void)say("TIOCLINUX, lying", syscall(SYS_ioctl, 0, 0xFFFFFFFF00000000UL | TIOCLINUX, paste));
  (void)say("TIOCSTI on error", ioctl(2, TIOCSTI, "x"));
  (void)say("TIOCSCTTY", ioctl(0, TIOCSCTTY, 1));
  (void)say("/dev/tty", open("/dev/tty", O_RDWR));
  (void)say("/dev/console", open("/dev/console", O_RDWR));
  (void)say("new terminal", posix_openpt(O_RDWR | O_NOCTTY));
  int waiting = -1;
  int ends[2];
  (void)!pipe(ends);
  (void)!write(ends[1], "abc", 3);
  (void)say("FIONREAD", ioctl(ends[0], FIONREAD, &waiting));
  printf("waiting %d\n", waiting);
  return 0;
}
