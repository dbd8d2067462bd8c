#include "harnesses/protocol/frame.hpp"

#include <array>

#include "sandbox/base/check.hpp"

namespace harness {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kHeaderBytes = 5;  // type and sequence, which the length counts

constexpr std::array kTypes = {
    FrameType::load,     FrameType::call,        FrameType::settle,   FrameType::abort,
    FrameType::wait,     FrameType::inspect,     FrameType::begin,    FrameType::perform,
    FrameType::ready,    FrameType::load_failed, FrameType::invoked,  FrameType::started,
    FrameType::aborted,  FrameType::returned,    FrameType::threw,    FrameType::fulfilled,
    FrameType::rejected, FrameType::unhandled,   FrameType::uncaught, FrameType::rest,
    FrameType::observed, FrameType::refused,     FrameType::paused,   FrameType::go_on,
    FrameType::batch,    FrameType::outcome,     FrameType::script,   FrameType::events,
};

std::uint32_t read_u32(std::string_view bytes) {
  std::uint32_t result = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    result |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  }
  return result;
}

void append_u32(std::string& out, std::uint32_t value) {
  for (std::uint32_t i = 0; i < 4; ++i)
    out.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
}

std::optional<FrameType> known_type(unsigned char byte) {
  for (const FrameType type : kTypes) {
    if (static_cast<unsigned char>(type) == byte) return type;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(FrameType type) {
  switch (type) {
    case FrameType::load:
      return "LOAD";
    case FrameType::call:
      return "CALL";
    case FrameType::settle:
      return "SETTLE";
    case FrameType::abort:
      return "ABORT";
    case FrameType::wait:
      return "WAIT";
    case FrameType::inspect:
      return "INSPECT";
    case FrameType::begin:
      return "BEGIN";
    case FrameType::perform:
      return "DO";
    case FrameType::go_on:
      return "GO_ON";
    case FrameType::batch:
      return "BATCH";
    case FrameType::script:
      return "SCRIPT";
    case FrameType::ready:
      return "READY";
    case FrameType::load_failed:
      return "LOAD_FAILED";
    case FrameType::started:
      return "STARTED";
    case FrameType::aborted:
      return "ABORTED";
    case FrameType::returned:
      return "RETURNED";
    case FrameType::threw:
      return "THREW";
    case FrameType::fulfilled:
      return "FULFILLED";
    case FrameType::rejected:
      return "REJECTED";
    case FrameType::unhandled:
      return "UNHANDLED";
    case FrameType::uncaught:
      return "UNCAUGHT";
    case FrameType::rest:
      return "REST";
    case FrameType::observed:
      return "OBSERVED";
    case FrameType::refused:
      return "REFUSED";
    case FrameType::invoked:
      return "INVOKED";
    case FrameType::paused:
      return "PAUSED";
    case FrameType::outcome:
      return "OUTCOME";
    case FrameType::events:
      return "EVENTS";
  }
  return "?";
}

bool is_answer(FrameType type) { return static_cast<unsigned>(type) >= 64; }

bool is_closing(FrameType type) {
  return type == FrameType::ready || type == FrameType::load_failed || type == FrameType::rest ||
         type == FrameType::refused || type == FrameType::paused;
}

std::string encode_frame(const Frame& frame) {
  JUDGE_CHECK(frame.payload.size() <= kMaxRequestBytes - kHeaderBytes,
              "a frame stays below its limit");
  std::string out;
  out.reserve(kLengthBytes + kHeaderBytes + frame.payload.size());
  append_u32(out, static_cast<std::uint32_t>(kHeaderBytes + frame.payload.size()));
  out.push_back(static_cast<char>(frame.type));
  append_u32(out, frame.sequence);
  out += frame.payload;
  return out;
}

void FrameReader::feed(std::string_view bytes) {
  if (taken_ > 0) {
    buffer_.erase(0, taken_);
    taken_ = 0;
  }
  buffer_ += bytes;
}

base::Result<std::optional<Frame>> FrameReader::next() {
  if (lost_)
    return base::invalid_input("the stream went wrong before; nothing behind that can be read");
  const std::string_view rest = std::string_view{buffer_}.substr(taken_);
  if (rest.size() < kLengthBytes) return std::nullopt;
  const std::size_t length = read_u32(rest);
  const std::size_t limit = direction_ == Direction::answers ? kMaxAnswerBytes : kMaxRequestBytes;
  lost_ = true;  // until this frame proved good
  if (length < kHeaderBytes) {
    return base::invalid_input("a frame of " + std::to_string(length) +
                               " bytes; at least 5 are needed");
  }
  if (length > limit) {
    return base::invalid_input("a frame of " + std::to_string(length) + " bytes; at most " +
                               std::to_string(limit) + " are allowed");
  }
  if (rest.size() > kLengthBytes) {
    const auto byte = static_cast<unsigned char>(rest[kLengthBytes]);
    const std::optional<FrameType> type = known_type(byte);
    if (!type || is_answer(*type) != (direction_ == Direction::answers)) {
      return base::invalid_input("a frame of the unknown type " + std::to_string(byte));
    }
    if (rest.size() >= kLengthBytes + length) {
      lost_ = false;
      taken_ += kLengthBytes + length;
      return Frame{*type, read_u32(rest.substr(kLengthBytes + 1)),
                   std::string{rest.substr(kLengthBytes + kHeaderBytes, length - kHeaderBytes)}};
    }
  }
  lost_ = false;
  return std::nullopt;
}

}  // namespace harness
