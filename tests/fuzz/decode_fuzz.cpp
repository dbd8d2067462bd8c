// libFuzzer target: whatever bytes a hostile shim sends, reading them never harms the judge, and
// what is read comes back from its encoding unchanged. The first byte chooses: a payload (even) or
// a stream of frames (odd).
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/frame.hpp"
#include "harnesses/protocol/show.hpp"
#include "sandbox/base/check.hpp"

namespace {

void decode_payload(std::string_view bytes) {
  const auto value = harness::decode(bytes);
  if (!value) return;
  JUDGE_CHECK(harness::encode(*value) == bytes, "every value has one encoding");
  JUDGE_CHECK(harness::same(*value, *value), "every value is the same as itself");
  JUDGE_CHECK(harness::show(*value, 50).size() <= 53, "what is shown is bounded");
}

// In two pieces, so that every cut is tried.
void read_frames(std::string_view bytes) {
  if (bytes.empty()) return;
  const std::size_t cut = static_cast<unsigned char>(bytes.front()) % bytes.size();
  harness::FrameReader reader;
  for (const std::string_view piece :
       {bytes.substr(1, cut), bytes.substr(std::min(bytes.size(), 1 + cut))}) {
    reader.feed(piece);
    for (;;) {
      const auto frame = reader.next();
      if (!frame) return;
      if (!*frame) break;
      decode_payload((*frame)->payload);
    }
  }
}

}  // namespace

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);   // NOLINT
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  if (bytes.empty()) return 0;
  if (static_cast<unsigned char>(bytes.front()) % 2 == 0) {
    decode_payload(bytes.substr(1));
  } else {
    read_frames(bytes.substr(1));
  }
  return 0;
}
