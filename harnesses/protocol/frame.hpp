// Frames: how messages are cut out of the byte stream between the judge and a shim (PROTOCOL.md,
// "Transport"). Errors: Kind::invalid_input with what the peer did; after one, the stream is lost
// and the reader refuses to go on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/base/result.hpp"

namespace harness {

enum class FrameType : std::uint8_t {
  load = 1,
  call = 2,
  settle = 3,
  abort = 4,
  wait = 5,
  inspect = 6,
  begin = 7,
  perform = 8,  // DO, which C++ keeps for itself
  go_on = 9,
  batch = 10,
  script = 11,
  ready = 64,
  load_failed = 65,
  started = 66,
  aborted = 67,
  returned = 68,
  threw = 69,
  fulfilled = 70,
  rejected = 71,
  unhandled = 72,
  uncaught = 73,
  rest = 74,
  observed = 75,
  refused = 76,
  invoked = 77,
  paused = 78,
  outcome = 79,
  events = 80,
};

// As PROTOCOL.md spells it, e.g. "LOAD_FAILED".
[[nodiscard]] std::string_view to_string(FrameType type);
// Whether the shim sends it: an event or a closing frame. Else it is a request.
[[nodiscard]] bool is_answer(FrameType type);
// Whether it ends the answer to a request: READY, LOAD_FAILED, REST, REFUSED, PAUSED.
[[nodiscard]] bool is_closing(FrameType type);

inline constexpr std::size_t kMaxRequestBytes = std::size_t{16} << 20U;  // judge to shim
inline constexpr std::size_t kMaxAnswerBytes = std::size_t{8} << 20U;    // shim to judge

struct Frame {
  FrameType type;
  std::uint32_t sequence;
  std::string payload;
};

[[nodiscard]] std::string encode_frame(const Frame& frame);

// Takes bytes as they come, gives frames. Accepts one direction only: what the judge reads are
// answers.
class FrameReader {
 public:
  enum class Direction { answers, requests };
  explicit FrameReader(Direction direction = Direction::answers) : direction_{direction} {}

  void feed(std::string_view bytes);
  // The next whole frame, nothing when more bytes are needed.
  [[nodiscard]] base::Result<std::optional<Frame>> next();
  // Bytes of a frame that is not whole yet; above 0 at the end of the stream: it was cut off.
  [[nodiscard]] std::size_t pending() const { return buffer_.size() - taken_; }

 private:
  Direction direction_;
  std::string buffer_;
  std::size_t taken_ = 0;
  bool lost_ = false;
};

}  // namespace harness
