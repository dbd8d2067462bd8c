// What the kernel would answer: runs a compiled filter over one system call, in this process.
#pragma once

#include <linux/seccomp.h>

#include <array>
#include <cstdint>
#include <vector>

#include "sandbox/filter/filter.hpp"

namespace sandbox::test {

// One look at an argument.
struct Comparison {
  unsigned argument;
  bool bits;  // shares a bit with the value; else: equals it
  std::uint32_t value;

  bool operator==(const Comparison&) const = default;
};

struct Evaluation {
  std::uint32_t answer = 0;      // SECCOMP_RET_...
  int instructions = 0;          // executed
  bool sees_upper_half = false;  // of any argument; a policy never does
  std::vector<Comparison> comparisons{};
};

// Fails the test at what seccomp(2) would not take, and at instructions that it does not know.
[[nodiscard]] Evaluation evaluate(const FilterCode& code, const seccomp_data& data);

using Arguments = std::array<std::uint64_t, 6>;

// Of the native architecture.
[[nodiscard]] Evaluation evaluate(const FilterCode& code, int number,
                                  const Arguments& arguments = {});

}  // namespace sandbox::test
