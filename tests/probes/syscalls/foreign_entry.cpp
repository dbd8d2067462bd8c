// Tries: to make a call through the other entries of this processor, where numbers mean other
// calls: i386 or x32. Must end: killed by SIGSYS before the next line is printed.
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

int main(int, char** arguments) {
#if defined(__x86_64__)
  if (std::strcmp(arguments[1], "i386") == 0) {
    long result = 20;  // getpid there
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
  }
  if (std::strcmp(arguments[1], "x32") == 0) (void)syscall(SYS_getpid | 0x40000000);
#else
  (void)arguments;
  return 2;
#endif
  std::puts("survived");
  return 0;
}
