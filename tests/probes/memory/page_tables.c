// Tries: to make the kernel spend memory on page tables: one byte read in every second mebibyte of
// an enormous empty mapping costs no page of data, but 4 KiB of tables. Argument: how many MiB of
// tables to ask for.
// Must end: memory_limit. Asked for little, it ends with 0.
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

int main(int count, char** arguments) {
  const size_t tables = (size_t)atol(arguments[count - 1]) << 8;
  const size_t step = (size_t)2 << 20;
  volatile const char* all =
      mmap(NULL, tables * step, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (all == MAP_FAILED) return 3;
  (void)madvise((void*)all, tables * step, MADV_NOHUGEPAGE);
  unsigned sum = 0;
  for (size_t i = 0; i < tables; ++i) sum += (unsigned)all[i * step];
  printf("all read %u\n", sum);
  return 0;
}
