// Tries: folders in folders in folders, to exhaust whoever walks or removes them.
// Must end: with 0, refused at the cap of files; a folder works before.
#include <sys/stat.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

int main(void) {
  enter_scratch();
  int depth = 0;
  for (; depth < 100000; ++depth) {
    if (mkdir("d", 0700) < 0) break;
    if (chdir("d") < 0) return 4;
  }
  printf("%s after %d\n", errno_name(errno), depth);
  return 0;
}
