// meddle_with_clock: tries to write the page that the replacement vDSO reads the time from, and
// claims on the page that it may write that the end of all days has come.
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static sigjmp_buf back;
static void fault(int number) { siglongjmp(back, number); }

int main(void) {
  const unsigned long code = getauxval(AT_SYSINFO_EHDR);
  volatile uint64_t* const clock_page = (volatile uint64_t*)(code - 0x2000);
  volatile uint64_t* const spin_page = (volatile uint64_t*)(code - 0x1000);
  signal(SIGSEGV, fault);
  if (sigsetjmp(back, 1) == 0) {
    clock_page[0] = 0;
    printf("write to the clock: done\n");
  } else {
    printf("write to the clock: SIGSEGV\n");
  }
  const int result = mprotect((void*)clock_page, 4096, PROT_READ | PROT_WRITE);
  printf("make it writable: %s\n", result == 0 ? "done" : errno == EACCES ? "EACCES" : "refused");
  spin_page[1] = UINT64_MAX / 2;
  printf("write ahead: done\n");
  fflush(stdout);
  const struct timespec second = {1, 0};
  nanosleep(&second, NULL);
  printf("slept\n");
}
