#include "sandbox/launcher_image.hpp"

// The build knows where the launcher's program lies; its bytes become read-only data.
asm(".pushsection .rodata\n"
    ".balign 16\n"
    ".global sandbox_launcher_begin\n"
    ".global sandbox_launcher_end\n"
    "sandbox_launcher_begin:\n"
    ".incbin \"" JUDGE_LAUNCHER_FILE
    "\"\n"
    "sandbox_launcher_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char sandbox_launcher_begin[];
extern const char sandbox_launcher_end[];
}

namespace sandbox {

std::span<const char> launcher_image() { return {sandbox_launcher_begin, sandbox_launcher_end}; }

}  // namespace sandbox
