// Tries: to look into pid 1 and to change it: trace it, read and write its memory, take its
// descriptors.
// Must end: with 0; each refused. Its own memory can be read so.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "tests/probes/say.h"

static void try_open(const char* path, int flags) { (void)say(path, open(path, flags)); }

int main(void) {
  (void)say("attach", ptrace(PTRACE_ATTACH, 1, NULL, NULL));
  (void)say("seize", ptrace(PTRACE_SEIZE, 1, NULL, NULL));
  char byte = 0;
  struct iovec here = {&byte, 1};
  struct iovec there = {&byte, 1};
  (void)say("read memory", process_vm_readv(1, &here, 1, &there, 1, 0));
  try_open("/proc/1/mem", O_RDWR);
  try_open("/proc/1/maps", O_RDONLY);
  try_open("/proc/1/environ", O_RDONLY);
  try_open("/proc/1/auxv", O_RDONLY);
  try_open("/proc/1/exe", O_RDONLY);
  try_open("/proc/1/fd", O_RDONLY);
  try_open("/proc/1/root", O_RDONLY);
  try_open("/proc/1/syscall", O_RDONLY);
  const int init = (int)syscall(SYS_pidfd_open, 1, 0);
  (void)say("take a descriptor", syscall(SYS_pidfd_getfd, init, 1, 0));
  const int own = open("/proc/self/mem", O_RDONLY);
  static const char kWord[] = "mine";
  char word[8] = "";
  (void)!pread(own, word, 4, (off_t)(size_t)kWord);
  printf("own memory: %s\n", word);
  return 0;
}
