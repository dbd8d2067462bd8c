// JUDGE_CHECK(condition, "why it must hold"): our own invariant. Always on; prints file:line and
// aborts when broken. Why: a broken invariant in a judge must stop it, never turn into somebody's
// grade.
#pragma once

#include <cstdio>
#include <cstdlib>

#define JUDGE_CHECK(condition, message)                                                     \
  do {                                                                                      \
    if (!(condition)) {                                                                     \
      std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__, (message)); \
      std::abort();                                                                         \
    }                                                                                       \
  } while (false)
