// Policy: which system calls a program may make, as data: the files of policies/, read once. What
// no file names answers ENOSYS, as an older kernel would: runtimes know how to live with that, and
// a call that a newer kernel brings is closed until somebody has read about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/program.hpp"

namespace sandbox {

enum class Answer {
  allow,
  refuse,     // EPERM: a program may try it for good reasons, and must cope
  missing,    // ENOSYS: said aloud where the C library has a way around that we want it to take
  forbidden,  // only an attack does this: the program is ended and the call named
};

// On the lower 32 bits of one argument: where the policy looks at one, the kernel takes an int or
// flags that fit one, so what stands in the upper half must not make a difference.
struct Condition {
  enum class Kind {
    is,   // equals one of the values
    has,  // shares a bit with one of the values
  };
  Kind kind = Kind::is;
  unsigned argument = 0;
  std::vector<std::uint32_t> values{};
  Answer otherwise = Answer::refuse;
};

struct Rule {
  std::string name;  // as the kernel calls it
  int number;        // negative: another processor's call, which this one does not have
  Answer answer;     // where the condition holds, if there is one
  std::optional<Condition> condition{};
};

// The rules of one profile; no call stands in two of them. An error is our own: a file of
// policies/ is wrong, or libseccomp is older than it.
[[nodiscard]] base::Result<std::vector<Rule>> policy_for(Profile profile);

}  // namespace sandbox
