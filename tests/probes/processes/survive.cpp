// Tries: to outlive its end. Argument: "daemon" leaves processes in sessions of their own behind,
// "chain" a process that forks a follower and ends, on and on, "subreaper" collects its own orphans
// and stays. All hold descriptor 3, which hangs up when the last of them is gone, and say on it
// that they have begun. Must end: with 0, or stay, when asked to; nothing of it survives.
#include <sys/prctl.h>
#include <unistd.h>

#include <cstring>
#include <string>

static void begin() { (void)!write(3, "b", 1); }

[[noreturn]] static void daemon_below(int depth) {
  setsid();
  if (depth > 0 && fork() == 0) daemon_below(depth - 1);
  begin();
  for (;;) pause();
}

[[noreturn]] static void chain() {
  begin();
  for (;;) {
    if (fork() != 0) _exit(0);
    setsid();
  }
}

int main(int count, char** arguments) {
  const std::string how = count > 1 ? arguments[1] : "";
  const bool stays = count > 2;
  if (how == "subreaper") prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (fork() == 0) {
    if (how == "chain") chain();
    if (fork() != 0) _exit(0);
    daemon_below(3);
  }
  begin();
  while (stays) pause();
  usleep(20'000);  // so that some of it is there when this ends
  return 0;
}
