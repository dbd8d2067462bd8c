// Policy: which system calls a program may make, as data. What is not named answers ENOSYS, as an
// older kernel would: runtimes know how to live with that, and a call that a newer kernel brings is
// closed until somebody has read about it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sandbox/program.hpp"

namespace sandbox {

enum class Answer {
  allow,
  refuse,     // EPERM: a program may try it for good reasons, and must cope
  missing,    // ENOSYS: said aloud where the C library has a way around that we want it to take
  forbidden,  // only an attack does this: the program is ended and the call named
};

// On one argument of the call; at most one of them holds.
struct Condition {
  enum class Kind { always, equals, differs, no_bits, any_bit };
  Kind kind = Kind::always;
  unsigned argument = 0;
  std::uint64_t value =
      0;  // for `equals`, the lower 32 bits are compared: the kernel takes an int there
};

struct Rule {
  std::string_view name;  // as the kernel calls it
  Answer answer;
  Condition condition{};
};

// The rules of one profile. A name may occur more than once, with conditions that exclude each
// other.
[[nodiscard]] std::vector<Rule> policy_for(Profile profile);

}  // namespace sandbox
