// Tries, with "leave": to leave something for a later run: files, a lock, a shared object. With
// "look": to find it.
// Must end: with 0; the one leaves all, the other finds nothing.
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

static int count(const char* path) {
  DIR* folder = opendir(path);
  int entries = -2;  // "." and ".."
  while (folder != NULL && readdir(folder) != NULL) ++entries;
  return entries;
}

int main(int number, char** arguments) {
  enter_scratch();
  if (number == 2 && strcmp(arguments[1], "leave") == 0) {
    (void)say("file", open("left", O_CREAT | O_WRONLY, 0666));
    (void)say("shared object", shm_open("/left", O_CREAT | O_RDWR, 0666));
    (void)say("lock", flock(open("left", O_RDONLY), LOCK_EX));
    return 0;
  }
  printf("entries: %d, /dev/shm %d\n", count("."), count("/dev/shm"));
  (void)say("file", open("left", O_RDONLY));
  (void)say("shared object", shm_open("/left", O_RDWR, 0));
  (void)say("own file", open("own", O_CREAT | O_WRONLY, 0600));
  return 0;
}
