// Tries: to use memory as stack, by calling itself without end.
// Must end: by SIGSEGV at the stack limit, as the program's own fault.
#include <stdio.h>

static int go_down(int depth) {
  volatile char frame[4096];
  frame[0] = (char)depth;
  if (depth == 100) {
    puts("a hundred frames work");
    fflush(stdout);
  }
  return depth < 0 ? 0 : go_down(depth + 1) + frame[0];
}

int main(void) { return go_down(0); }
