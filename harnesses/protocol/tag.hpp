// Tag: the first byte of an encoded value, as PROTOCOL.md numbers them.
#pragma once

#include <cstdint>

namespace harness {

enum class Tag : std::uint8_t {
  undefined = 0,
  null = 1,
  no = 2,
  yes = 3,
  integer = 4,
  number = 5,
  big_integer = 6,
  string = 7,
  bytes = 8,
  date = 9,
  list = 10,
  object = 11,
  map = 12,
  set = 13,
  error = 14,
  known = 15,
  opaque = 16,
  define = 17,
  controlled = 18,
};

}  // namespace harness
