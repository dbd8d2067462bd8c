// The instructions that filters are made of (seccomp(2)), and where a call's parts lie.
#pragma once

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstddef>
#include <cstdint>

namespace sandbox {

#if defined(__x86_64__)
inline constexpr std::uint32_t kNativeArch = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
inline constexpr std::uint32_t kNativeArch = AUDIT_ARCH_AARCH64;
#else
#error "the filter knows x86-64 and AArch64"
#endif

// The halves of an argument; both processors have the lower one first.
constexpr std::size_t lower_half(unsigned argument) {
  return offsetof(seccomp_data, args) + sizeof(std::uint64_t) * argument;
}
constexpr std::size_t upper_half(unsigned argument) { return lower_half(argument) + 4; }

inline sock_filter load(std::size_t offset) {
  return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

inline sock_filter answer_with(std::uint32_t action) { return BPF_STMT(BPF_RET | BPF_K, action); }

// Compares what was loaded (BPF_JEQ, BPF_JGE, BPF_JSET); skips `then` instructions where it holds,
// `otherwise` where not.
inline sock_filter compare(unsigned how, std::uint32_t value, std::size_t then,
                           std::size_t otherwise) {
  return BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | how | BPF_K), value,
                  static_cast<std::uint8_t>(then), static_cast<std::uint8_t>(otherwise));
}

}  // namespace sandbox
