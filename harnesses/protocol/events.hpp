// Events as EVENTS packs them (PROTOCOL.md): one byte for the type, then the values of the fields.
#pragma once

#include <string_view>

#include "harnesses/protocol/frame.hpp"
#include "harnesses/protocol/value.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

// `payload` has the fields of a frame of that type, but for the case. CALL with `number`: that case
// begins.
struct PackedEvent {
  FrameType type;
  Value payload;
};

// Takes the first event off `bytes`, which are not empty. Errors: Kind::invalid_input with what is
// wrong.
[[nodiscard]] base::Result<PackedEvent> take_event(std::string_view& bytes);

}  // namespace harness
