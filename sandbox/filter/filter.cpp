#include "sandbox/filter/filter.hpp"

#include <seccomp.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <span>

#include "sandbox/filter/instructions.hpp"
#include "sandbox/filter/policy.hpp"

namespace sandbox {
namespace {

std::uint32_t action_for(Answer answer, OnForbidden on_forbidden) {
  switch (answer) {
    case Answer::allow:
      return SECCOMP_RET_ALLOW;
    case Answer::refuse:
      return SECCOMP_RET_ERRNO | EPERM;
    case Answer::missing:
      return SECCOMP_RET_ERRNO | ENOSYS;
    case Answer::forbidden:
      break;
  }
  return on_forbidden == OnForbidden::kill ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_USER_NOTIF;
}

// The instructions that answer one call, `allow` among the answers.
FilterCode code_for(const Rule& rule, OnForbidden on_forbidden, const FilterCode& allow) {
  const auto code_of = [&](Answer answer) {
    return answer == Answer::allow ? allow
                                   : FilterCode{answer_with(action_for(answer, on_forbidden))};
  };
  const FilterCode then = code_of(rule.answer);
  if (!rule.condition) return then;
  const Condition& condition = *rule.condition;
  const FilterCode otherwise = code_of(condition.otherwise);
  FilterCode code = {load(lower_half(condition.argument))};
  std::size_t left = condition.values.size() - 1 + otherwise.size();
  for (const std::uint32_t value : condition.values) {
    code.push_back(
        compare(condition.kind == Condition::Kind::is ? BPF_JEQ : BPF_JSET, value, left, 0));
    --left;
  }
  code.insert(code.end(), otherwise.begin(), otherwise.end());
  code.insert(code.end(), then.begin(), then.end());
  return code;
}

// Numbers from `first` up to the next stretch, which all have one answer.
struct Stretch {
  std::uint32_t first;
  FilterCode code;
};

// The whole number line, in order: neighbours with the same answer share a stretch.
std::vector<Stretch> stretches_of(const std::vector<Rule>& rules, OnForbidden on_forbidden,
                                  std::span<const SpecialCall> special) {
  const FilterCode allow = {answer_with(SECCOMP_RET_ALLOW)};
  std::map<std::uint32_t, FilterCode> named;
  for (const Rule& rule : rules) {
    if (rule.number < 0) continue;  // another processor's call
    const auto found = std::find_if(special.begin(), special.end(), [&](const SpecialCall& call) {
      return call.number == rule.number;
    });
    named.emplace(
        static_cast<std::uint32_t>(rule.number),
        code_for(rule, on_forbidden, found == special.end() ? allow : found->where_allowed));
  }
  const FilterCode missing = {answer_with(action_for(Answer::missing, on_forbidden))};
  std::vector<Stretch> stretches;
  const auto append = [&](std::uint32_t first, const FilterCode& code) {
    const bool same = !stretches.empty() && code.size() == 1 && stretches.back().code.size() == 1 &&
                      stretches.back().code[0].k == code[0].k;
    if (!same) stretches.push_back({first, code});
  };
  std::uint32_t next = 0;
  for (const auto& [number, code] : named) {
    if (number > next) append(next, missing);
    append(number, code);
    next = number + 1;
  }
  append(next, missing);
  return stretches;
}

// A binary search over the stretches, with the number loaded. The depth of recursion is that of the
// tree.
FilterCode search(std::span<const Stretch> stretches) {
  if (stretches.size() == 1) return stretches[0].code;
  const std::size_t middle = stretches.size() / 2;
  const FilterCode below = search(stretches.first(middle));
  const FilterCode above = search(stretches.subspan(middle));
  constexpr std::size_t kFarthest = 255;  // a conditional jump's distance is one byte
  FilterCode code;
  if (below.size() <= kFarthest) {
    code.push_back(compare(BPF_JGE, stretches[middle].first, below.size(), 0));
  } else {
    code.push_back(compare(BPF_JGE, stretches[middle].first, 0, 1));
    code.push_back(BPF_STMT(BPF_JMP | BPF_JA, static_cast<std::uint32_t>(below.size())));
  }
  code.insert(code.end(), below.begin(), below.end());
  code.insert(code.end(), above.begin(), above.end());
  return code;
}

}  // namespace

base::Result<FilterCode> compile_filter(Profile profile, OnForbidden on_forbidden,
                                        std::span<const SpecialCall> special) {
  JUDGE_TRY(const std::vector<Rule> rules, policy_for(profile));
  // A call through another entry (i386, x32) would be looked up in the wrong table.
  const sock_filter foreign = answer_with(action_for(Answer::forbidden, on_forbidden));
  FilterCode code = {load(offsetof(seccomp_data, arch)), compare(BPF_JEQ, kNativeArch, 1, 0),
                     foreign, load(offsetof(seccomp_data, nr))};
#if defined(__x86_64__)
  // -1 is no call of x32, but of programs that ask what a missing call looks like.
  constexpr std::uint32_t kX32 = 0x40000000;
  code.insert(code.end(),
              {compare(BPF_JGE, kX32, 0, 2), compare(BPF_JEQ, 0xFFFFFFFF, 1, 0), foreign});
#endif
  const FilterCode tree = search(stretches_of(rules, on_forbidden, special));
  code.insert(code.end(), tree.begin(), tree.end());
  if (code.size() > BPF_MAXINSNS) return base::internal("sandbox: policy: the filter is too long");
  return code;
}

std::string name_of_call(std::uint32_t arch, int number) {
  constexpr std::uint32_t kOtherTable = 0x40000000;  // x32
  const bool foreign =
      arch != kNativeArch || (static_cast<std::uint32_t>(number) & kOtherTable) != 0;
  return foreign ? "foreign entry" : name_of_syscall(number);
}

std::string name_of_syscall(int number) {
  const std::unique_ptr<char, decltype(&std::free)> name{
      seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number), &std::free};
  return name == nullptr ? "system call " + std::to_string(number) : std::string{name.get()};
}

}  // namespace sandbox
