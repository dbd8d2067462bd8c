// Every answer of every profile, as a table under tests/golden/policy/ that a review sees change.
// The table is read off the compiled filter, not off the policy files: it says what the kernel will
// answer. `JUDGE_UPDATE_GOLDEN=1 filter_test -tc='*golden*'` writes it anew.
#include <linux/seccomp.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "sandbox/base/result.hpp"
#include "tests/sandbox/filter/interpreter.hpp"

using namespace sandbox;
using namespace sandbox::test;

namespace {

constexpr int kAboveAll = 1024;  // no call has this number or a higher one, for years to come

std::string word_for(std::uint32_t answer) {
  switch (answer) {
    case SECCOMP_RET_ALLOW:
      return "allow";
    case SECCOMP_RET_ERRNO | EPERM:
      return "refuse";
    case SECCOMP_RET_ERRNO | ENOSYS:
      return "missing";
    case SECCOMP_RET_USER_NOTIF:
      return "forbidden";
    default:
      return "?" + std::to_string(answer);
  }
}

// Finds the comparisons that a call's answer hangs on: a value that equals none of them walks past
// all equalities, and zero past all bits.
void describe(std::ostream& out, const FilterCode& code, int number) {
  constexpr std::uint64_t kNone = 0x5A5A5A5A;
  const Evaluation zero = evaluate(code, number);
  const Evaluation other = evaluate(code, number, {kNone, kNone, kNone, kNone, kNone, kNone});
  const std::string name = name_of_syscall(number);
  if (zero.comparisons.empty()) {
    if (zero.answer != (SECCOMP_RET_ERRNO | ENOSYS)) {
      out << name << ' ' << word_for(zero.answer) << '\n';
    }
    return;
  }
  const bool bits = zero.comparisons[0].bits;
  for (const Comparison& comparison : bits ? zero.comparisons : other.comparisons) {
    Arguments arguments{};
    arguments.at(comparison.argument) = comparison.value;
    out << name << " if arg" << comparison.argument << (bits ? " has 0x" : " is 0x") << std::hex
        << comparison.value << std::dec << ' ' << word_for(evaluate(code, number, arguments).answer)
        << '\n';
  }
  out << name << " else " << word_for(bits ? zero.answer : other.answer) << '\n';
}

std::string table(Profile profile) {
  const auto code = compile_filter(profile, OnForbidden::ask_listener);
  REQUIRE_MESSAGE(code.has_value(), code.error().message());
  std::ostringstream out;
  for (int number = 0; number < kAboveAll; ++number) describe(out, *code, number);
  return out.str();
}

}  // namespace

TEST_SUITE("sandbox/filter/golden") {
#if defined(__x86_64__)
  TEST_CASE("each profile answers as its golden table says, and all else is missing") {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
    const bool update = std::getenv("JUDGE_UPDATE_GOLDEN") != nullptr;
    for (const Profile profile : kProfiles) {
      const std::string name{name_of(profile)};
      CAPTURE(name);
      const std::string path = JUDGE_GOLDEN_POLICY "/" + name + ".txt";
      const std::string found = table(profile);
      if (update) std::ofstream{path} << found;
      std::ifstream file{path};
      const std::string golden{std::istreambuf_iterator<char>{file}, {}};
      CHECK(golden.size() > 1000);
      CHECK(found == golden);
    }
  }
#else
  TEST_CASE("each profile answers as its golden table says, and all else is missing") {
    MESSAGE("SKIPPED: the tables are those of x86-64");
  }
#endif
}
