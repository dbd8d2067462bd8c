#include "tests/sandbox/filter/interpreter.hpp"

#include <seccomp.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>

#include <doctest/doctest.h>

namespace sandbox::test {
namespace {

bool holds(const sock_filter& op, std::uint32_t accumulator) {
  switch (BPF_OP(op.code)) {
    case BPF_JEQ:
      return accumulator == op.k;
    case BPF_JGE:
      return accumulator >= op.k;
    case BPF_JGT:
      return accumulator > op.k;
    case BPF_JSET:
      return (accumulator & op.k) != 0;
    default:
      FAIL("a jump this interpreter does not know: " << op.code);
      return false;
  }
}

}  // namespace

Evaluation evaluate(const FilterCode& code, const seccomp_data& data) {
  constexpr std::size_t kArguments = offsetof(seccomp_data, args);
  Evaluation evaluation;
  std::uint32_t accumulator = 0;
  std::optional<unsigned> argument;                   // the one whose lower half was loaded last
  for (std::size_t at = 0; at < code.size(); ++at) {  // jumps lead forward: it ends
    const sock_filter& op = code[at];
    ++evaluation.instructions;
    if (op.code == (BPF_RET | BPF_K)) {
      evaluation.answer = op.k;
      return evaluation;
    }
    if (op.code == (BPF_LD | BPF_W | BPF_ABS)) {
      REQUIRE(op.k % 4 == 0);
      REQUIRE(op.k + 4 <= sizeof data);
      std::memcpy(&accumulator, reinterpret_cast<const char*>(&data) + op.k, 4);
      argument.reset();
      if (op.k >= kArguments) {
        argument = static_cast<unsigned>((op.k - kArguments) / 8);
        evaluation.sees_upper_half = evaluation.sees_upper_half || (op.k - kArguments) % 8 != 0;
      }
    } else if (op.code == (BPF_ALU | BPF_AND | BPF_K)) {
      accumulator &= op.k;
    } else if (op.code == (BPF_JMP | BPF_JA)) {
      at += op.k;
    } else if (BPF_CLASS(op.code) == BPF_JMP) {
      if (argument) {
        const bool bits = BPF_OP(op.code) == BPF_JSET;
        evaluation.comparisons.push_back({*argument, bits, op.k});
      }
      at += holds(op, accumulator) ? op.jt : op.jf;
    } else {
      FAIL("an instruction this interpreter does not know: " << op.code);
    }
  }
  FAIL("the filter runs over its end");
  return evaluation;
}

Evaluation evaluate(const FilterCode& code, int number, const Arguments& arguments) {
  seccomp_data data{};
  data.nr = number;
  data.arch = seccomp_arch_native();
  std::copy(arguments.begin(), arguments.end(), std::begin(data.args));
  return evaluate(code, data);
}

}  // namespace sandbox::test
