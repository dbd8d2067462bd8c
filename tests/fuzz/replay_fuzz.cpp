// libFuzzer target: whatever text somebody passes as a replay string, reading it never harms the
// judge, what is read comes back from its spelling unchanged, and any case can be drawn from it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "harnesses/engine/generator.hpp"
#include "harnesses/engine/replay_string.hpp"
#include "harnesses/engine/sources.hpp"
#include "sandbox/base/check.hpp"

namespace {

const harness::Generator kAnything{harness::gen::Json{}};

void replay(const harness::ChoiceSequence& sequence) {
  harness::ReplaySource source{sequence};
  harness::Choices choices{source};
  (void)harness::draw(kAnything, choices);
  harness::ReplaySource again{choices.drawn()};
  harness::Choices repeated{again};
  (void)harness::draw(kAnything, repeated);
  JUDGE_CHECK(repeated.drawn() == choices.drawn(), "what was drawn is drawn again");
}

}  // namespace

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);   // NOLINT
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto cases = harness::parse_replay_string(text);
  if (!cases) return 0;
  JUDGE_CHECK(harness::to_replay_string(*cases) == text, "every case has one spelling");
  for (const harness::RecordedCase& each : *cases) replay(each.choices);
  return 0;
}
