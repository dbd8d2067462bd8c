// Tries: memory that belongs to no process and no capped file system: memfd_create, also secret
// and with huge pages.
// Must end: with 0, each refused; a file in the scratch space, which is capped, works.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  (void)say("memfd_create", syscall(SYS_memfd_create, "x", 0));
  (void)say("memfd_create huge", syscall(SYS_memfd_create, "x", 4));
  (void)say("memfd_secret", syscall(SYS_memfd_secret, 0));
  enter_scratch();
  const long fd = say("file in scratch space", open("x", O_CREAT | O_RDWR | O_CLOEXEC, 0600));
  (void)say("write there", write((int)fd, "x", 1));
  return 0;
}
