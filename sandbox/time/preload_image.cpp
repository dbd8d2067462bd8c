#include "sandbox/time/preload_image.hpp"

// The build knows where the file lies; its bytes become read-only data.
asm(".pushsection .rodata\n"
    ".balign 16\n"
    ".global sandbox_preload_begin\n"
    ".global sandbox_preload_end\n"
    "sandbox_preload_begin:\n"
    ".incbin \"" JUDGE_PRELOAD_FILE
    "\"\n"
    "sandbox_preload_end:\n"
    ".byte 0\n"
    ".popsection\n");

extern "C" {
extern const char sandbox_preload_begin[];
extern const char sandbox_preload_end[];
}

namespace sandbox::time {

std::shared_ptr<const std::string> preload_image() {
  static const auto image =
      std::make_shared<const std::string>(sandbox_preload_begin, sandbox_preload_end);
  return image;
}

}  // namespace sandbox::time
