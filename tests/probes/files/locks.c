// Tries: to hold locks and leases on files that others use too.
// Must end: with 0. Leases and record locks for writing are refused on files of the host; flock
// there works, because every program may ask for it on what it can read.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  enter_scratch();
  const int host = open("/usr/bin/env", O_RDONLY | O_CLOEXEC);
  struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  (void)say("lease on a host file", fcntl(host, F_SETLEASE, F_RDLCK));
  (void)say("write lease on a host file", fcntl(host, F_SETLEASE, F_WRLCK));
  (void)say("notify on a host folder", fcntl(open("/usr", O_RDONLY), F_NOTIFY, DN_CREATE));
  (void)say("record lock on a host file", fcntl(host, F_SETLK, &whole));
  (void)say("open record lock on a host file", fcntl(host, F_OFD_SETLK, &whole));
  (void)say("flock on a host file", flock(host, LOCK_EX | LOCK_NB));
  const int own = open("own", O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  (void)say("record lock on an own file", fcntl(own, F_SETLK, &whole));
  (void)say("flock on an own file", flock(own, LOCK_EX | LOCK_NB));
  return 0;
}
