#include "sandbox/time/vdso_image.hpp"

#include "sandbox/time/clock_page.hpp"

// The build knows where the file lies; its bytes become read-only data.
asm(".pushsection .rodata\n"
    ".balign 16\n"
    ".global sandbox_vdso_begin\n"
    ".global sandbox_vdso_end\n"
    "sandbox_vdso_begin:\n"
    ".incbin \"" JUDGE_VDSO_FILE
    "\"\n"
    "sandbox_vdso_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char sandbox_vdso_begin[];
extern const char sandbox_vdso_end[];
}

namespace sandbox::time {

std::span<const char> vdso_image() { return {sandbox_vdso_begin, sandbox_vdso_end}; }

std::uint64_t vdso_size() { return (vdso_image().size() + kPageSize - 1) / kPageSize * kPageSize; }

}  // namespace sandbox::time
