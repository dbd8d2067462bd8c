#include "harnesses/protocol/events.hpp"

#include <array>
#include <span>
#include <string>
#include <utility>

#include "harnesses/protocol/codec.hpp"

namespace harness {
namespace {

std::span<const std::string_view> fields_of(FrameType type) {
  static constexpr std::array<std::string_view, 1> kCall{"number"};
  static constexpr std::array<std::string_view, 1> kStarted{"index"};
  static constexpr std::array<std::string_view, 3> kAborted{"index", "reason", "ended"};
  static constexpr std::array<std::string_view, 2> kReturned{"call", "promise"};
  static constexpr std::array<std::string_view, 2> kFailed{"call", "error"};
  static constexpr std::array<std::string_view, 2> kFulfilled{"call", "value"};
  static constexpr std::array<std::string_view, 1> kNobody{"error"};
  static constexpr std::array<std::string_view, 4> kRest{"timers", "older", "ticks", "busy"};
  static constexpr std::array<std::string_view, 2> kObserved{"listeners", "closed"};
  switch (type) {
    case FrameType::call:
      return kCall;
    case FrameType::started:
      return kStarted;
    case FrameType::aborted:
      return kAborted;
    case FrameType::returned:
      return kReturned;
    case FrameType::threw:
    case FrameType::rejected:
      return kFailed;
    case FrameType::fulfilled:
      return kFulfilled;
    case FrameType::unhandled:
    case FrameType::uncaught:
      return kNobody;
    case FrameType::rest:
      return kRest;
    case FrameType::observed:
      return kObserved;
    default:
      return {};
  }
}

}  // namespace

base::Result<PackedEvent> take_event(std::string_view& bytes) {
  const auto type = static_cast<FrameType>(static_cast<unsigned char>(bytes.front()));
  const std::span<const std::string_view> names = fields_of(type);
  if (names.empty()) return base::invalid_input("an event that does not belong into a script");
  bytes.remove_prefix(1);
  Object payload;
  payload.fields.reserve(names.size());
  for (const std::string_view name : names) {
    JUDGE_TRY(Value value, decode_first(bytes));
    payload.fields.emplace_back(std::string{name}, std::move(value));
  }
  return PackedEvent{.type = type, .payload = Value{std::move(payload)}};
}

}  // namespace harness
