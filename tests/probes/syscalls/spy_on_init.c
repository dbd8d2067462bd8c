// Tries: to look into init, its parent, and to change it: trace it, read and write its memory, take
// its descriptors. Must end: with 0; each refused. Its own memory can be read so.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/probes/say.h"

static pid_t init;

static void try_open(const char* name, int flags) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/%s", init, name);
  (void)say(name, open(path, flags));
}

int main(void) {
  init = getppid();
  (void)say("attach", ptrace(PTRACE_ATTACH, init, NULL, NULL));
  (void)say("seize", ptrace(PTRACE_SEIZE, init, NULL, NULL));
  char byte = 0;
  struct iovec here = {&byte, 1};
  struct iovec there = {&byte, 1};
  (void)say("read memory", process_vm_readv(init, &here, 1, &there, 1, 0));
  try_open("mem", O_RDWR);
  try_open("maps", O_RDONLY);
  try_open("environ", O_RDONLY);
  try_open("auxv", O_RDONLY);
  try_open("exe", O_RDONLY);
  try_open("fd", O_RDONLY);
  try_open("root", O_RDONLY);
  try_open("syscall", O_RDONLY);
  const int held = (int)syscall(SYS_pidfd_open, init, 0);
  (void)say("take a descriptor", syscall(SYS_pidfd_getfd, held, 1, 0));
  const int own = open("/proc/self/mem", O_RDONLY);
  static const char kWord[] = "mine";
  char word[8] = "";
  (void)!pread(own, word, 4, (off_t)(size_t)kWord);
  printf("own memory: %s\n", word);
  return 0;
}
