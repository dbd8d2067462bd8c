// How probes tell what became of an attempt: one line each, "what: worked" or "what: EPERM".
#pragma once

#include <errno.h>
#include <stdio.h>
#include <string.h>

static inline const char* errno_name(int code) {
  const char* name = strerrorname_np(code);
  return name != NULL ? name : "an unknown errno";
}

// `result` is a system call's: below 0 it has failed and errno says why.
static inline long say(const char* what, long result) {
  printf("%s: %s\n", what, result >= 0 ? "worked" : errno_name(errno));
  fflush(stdout);
  return result;
}
