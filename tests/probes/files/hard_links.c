// Tries: names without end for one file; each costs memory, none is a file of its own. Also to give
// host files another name.
// Must end: with 0, refused at the cap of files; the host's refused at once; one link works.
#include <fcntl.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  enter_scratch();
  (void)say("link a host file", link("/usr/bin/env", "env"));
  (void)say("link the program", link("/proc/self/exe", "exe"));
  (void)close(open("file", O_CREAT | O_WRONLY, 0600));
  int made = 0;
  for (; made < 100000; ++made) {
    char name[64];
    snprintf(name, sizeof name, "link-%d", made);
    if (link("file", name) < 0) break;
  }
  printf("%s, one worked: %d, few: %d\n", errno_name(errno), made > 0, made <= 200);
  return 0;
}
