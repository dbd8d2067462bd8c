#include "tests/sandbox/rerun.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include <doctest/doctest.h>

#include "sandbox/base/io.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace sandbox::test {
namespace {

constexpr int kNotReachable = 98;

bool become_nobody() {
  constexpr uid_t kNobody = 65534;
  return ::setgroups(0, nullptr) == 0 && ::setresgid(kNobody, kNobody, kNobody) == 0 &&
         ::setresuid(kNobody, kNobody, kNobody) == 0 && ::chdir("/") == 0;
}

}  // namespace

void rerun(const std::string& suites, const Rerun& how) {
  if (how.as_nobody && ::geteuid() != 0) {
    MESSAGE("SKIPPED: this is an ordinary user already");
    return;
  }
  // Kept apart: what is skipped there does not make this case a skipped one.
  const base::UniqueFd output{::memfd_create("output", MFD_CLOEXEC)};
  REQUIRE(output.is_open());
  // A descriptor reaches the probes also where the folders above are closed to others.
  // NOLINTNEXTLINE(android-cloexec-open): the second run inherits it
  const base::UniqueFd probes{::open(JUDGE_PROBES_FOLDER, O_PATH | O_DIRECTORY)};
  REQUIRE(probes.is_open());
  std::string folder = "JUDGE_PROBES_FOLDER=/proc/self/fd/" + std::to_string(probes.get());
  std::string tier = "JUDGE_TEST_TIER=" + how.tier;
  const std::string only = "--test-suite=" + suites;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    if (how.as_nobody) ::putenv(folder.data());  // NOLINT(concurrency-mt-unsafe): alone here
    ::putenv(tier.data());                       // NOLINT(concurrency-mt-unsafe): the same
    if (::dup2(output.get(), 1) != 1 || (how.as_nobody && !become_nobody())) ::_exit(99);
    ::execl("/proc/self/exe", "sandbox_test", only.c_str(), static_cast<char*>(nullptr));
    ::_exit(kNotReachable);  // the build folder is closed to others
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  if (WEXITSTATUS(status) == kNotReachable) {
    MESSAGE("SKIPPED: the test program lies where an ordinary user cannot read it");
    return;
  }
  std::string said = base::read_from_start(output.get(), 100'000).value_or("");
  for (std::size_t at = 0; (at = said.find("SKIPPED:")) != std::string::npos;) {
    said.replace(at, 8, "left out:");
  }
  CAPTURE(said);
  CHECK(WEXITSTATUS(status) == 0);
  if (said.find("[doctest] Status:") == std::string::npos) {
    MESSAGE("SKIPPED: " << said);
    return;
  }
  CHECK(said.find("test cases: 0 ") == std::string::npos);
}

}  // namespace sandbox::test
