// Tries: to gain an identity from a file: a set-uid program of the host (argument: its path, it is
// this same program), a set-uid copy of its own. Executed with "who", it says who it is.
// Must end: with 0; the same user each time, with no new privilege.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/probes/say.h"
#include "tests/probes/scratch.h"

static void run(const char* path) {
  if (fork() == 0) {
    (void)execl(path, path, "who", (char*)NULL);
    (void)say(path, -1);
    _exit(1);
  }
  (void)wait(NULL);
}

int main(int count, char** arguments) {
  if (count == 2 && strcmp(arguments[1], "who") == 0) {
    printf("ids %d %d %d %d\n", getuid(), geteuid(), getgid(), getegid());
    return 0;
  }
  static char bytes[1 << 20];
  const int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  enter_scratch();
  const int copy = open("copy", O_CREAT | O_WRONLY | O_CLOEXEC, 0755);
  const ssize_t size = read(self, bytes, sizeof bytes);
  if (write(copy, bytes, (size_t)size) != size) return 3;
  (void)say("chmod u+s,g+s", fchmod(copy, 06755));
  (void)close(copy);
  run("./copy");
  if (count == 2) run(arguments[1]);
  struct statvfs about;
  for (int i = 0; i < 3; ++i) {
    static const char* const kPlaces[] = {"/usr", "/tmp", "/box"};
    (void)statvfs(kPlaces[i], &about);
    printf("%s nosuid %d\n", kPlaces[i], (about.f_flag & ST_NOSUID) != 0);
  }
  printf("no new privileges %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  return 0;
}
