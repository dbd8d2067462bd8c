// Reading expected fields out of a decoded payload. Absent or of another type is a protocol
// violation, said in words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harnesses/protocol/value.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

[[nodiscard]] base::Result<const Value*> field(const Value& object, std::string_view name);
[[nodiscard]] base::Result<std::int64_t> integer_field(const Value& object, std::string_view name);
[[nodiscard]] base::Result<bool> boolean_field(const Value& object, std::string_view name);
[[nodiscard]] base::Result<std::string> text_field(const Value& object, std::string_view name);
[[nodiscard]] base::Result<const List*> list_field(const Value& object, std::string_view name);

}  // namespace harness
