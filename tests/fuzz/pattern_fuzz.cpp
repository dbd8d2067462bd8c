// libFuzzer target: whatever an author writes as a pattern, it is refused or a match can be drawn.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "harnesses/engine/generator.hpp"
#include "harnesses/engine/sources.hpp"
#include "harnesses/protocol/utf8.hpp"
#include "sandbox/base/check.hpp"

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);   // NOLINT
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  auto pattern = harness::parse_pattern(text);
  if (!pattern) return 0;
  const harness::Generator generator{harness::gen::Matching{std::move(*pattern)}};
  harness::ReplaySource source{{1, 2, 3, 4, 5, 6, 7, 8}};
  harness::Choices choices{source};
  const harness::Value match = harness::draw(generator, choices);
  JUDGE_CHECK(harness::is_generalised_utf8(std::get<std::string>(match.data)),
              "what is drawn can be sent");
  return 0;
}
