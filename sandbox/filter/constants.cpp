#include "sandbox/filter/constants.hpp"

#include <asm/ioctls.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace sandbox {
namespace {

struct Constant {
  std::string_view name;
  std::uint32_t value;
};

#define JUDGE_CONSTANT(name) \
  Constant { #name, static_cast < std::uint32_t>(name) }

constexpr std::array kConstants{
    JUDGE_CONSTANT(ADDR_NO_RANDOMIZE),
    JUDGE_CONSTANT(AF_UNIX),
    JUDGE_CONSTANT(CLONE_NEWCGROUP),
    JUDGE_CONSTANT(CLONE_NEWIPC),
    JUDGE_CONSTANT(CLONE_NEWNET),
    JUDGE_CONSTANT(CLONE_NEWNS),
    JUDGE_CONSTANT(CLONE_NEWPID),
    JUDGE_CONSTANT(CLONE_NEWUSER),
    JUDGE_CONSTANT(CLONE_NEWUTS),
    JUDGE_CONSTANT(F_NOTIFY),
    JUDGE_CONSTANT(F_SETLEASE),
    JUDGE_CONSTANT(MADV_MERGEABLE),
    JUDGE_CONSTANT(PER_LINUX),
    JUDGE_CONSTANT(PR_SCHED_CORE),
    // Linux 6.4; headers may be older.
    Constant{"PR_SET_MEMORY_MERGE", 67},
    JUDGE_CONSTANT(PR_SET_MM),
    JUDGE_CONSTANT(PR_SET_PTRACER),
    JUDGE_CONSTANT(PR_SET_SECCOMP),
    JUDGE_CONSTANT(PR_SET_SPECULATION_CTRL),
    JUDGE_CONSTANT(SCHED_BATCH),
    JUDGE_CONSTANT(SCHED_IDLE),
    JUDGE_CONSTANT(SCHED_OTHER),
    JUDGE_CONSTANT(TIOCLINUX),
    JUDGE_CONSTANT(TIOCSETD),
    JUDGE_CONSTANT(TIOCSTI),
};
#undef JUDGE_CONSTANT

}  // namespace

std::optional<std::uint32_t> constant(std::string_view name) {
  const auto* found = std::find_if(kConstants.begin(), kConstants.end(),
                                   [&](const Constant& one) { return one.name == name; });
  if (found == kConstants.end()) return std::nullopt;
  return found->value;
}

std::vector<std::string> names_of_constants() {
  std::vector<std::string> names;
  for (const Constant& one : kConstants) names.emplace_back(one.name);
  return names;
}

}  // namespace sandbox
