// Block: bounds-checked reading of an order in place. Texts become pointers into the block without
// copying. A block that is not as it says yields nothing, never a wild pointer.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>

#include "sandbox/wire/order.hpp"

namespace sandbox::wire {

class Block {
 public:
  Block(char* bytes, std::size_t size) : bytes_{bytes}, size_{size} {}

  // The order at the start; null when the block is too small or not aligned.
  template <typename Order>
  [[nodiscard]] Order* order() const {
    return reinterpret_cast<Order*>(at(0, sizeof(Order), alignof(Order)));
  }

  // Null unless the text lies inside and is followed by a zero byte.
  [[nodiscard]] const char* text(Text text) const {
    const char* start = at(text.offset, std::uint64_t{text.size} + 1, 1);
    return start != nullptr && start[text.size] == '\0' ? start : nullptr;
  }

  // False unless all elements lie inside.
  template <typename Element>
  [[nodiscard]] bool table(Table table, std::span<Element>& elements) const {
    const std::uint64_t bytes = std::uint64_t{table.count} * sizeof(Element);
    if (table.count == 0) {
      elements = {};
      return true;
    }
    char* start = at(table.offset, bytes, alignof(Element));
    if (start == nullptr) return false;
    elements = {reinterpret_cast<Element*>(start), table.count};
    return true;
  }

  // A table of Text whose last element is a placeholder becomes a null-terminated array of strings,
  // in place.
  [[nodiscard]] bool strings(Table table, char**& strings) const;

 private:
  [[nodiscard]] char* at(std::uint64_t offset, std::uint64_t size, std::size_t alignment) const {
    if (offset > size_ || size > size_ - offset) return nullptr;
    char* start = bytes_ + offset;
    return reinterpret_cast<std::uintptr_t>(start) % alignment == 0 ? start : nullptr;
  }

  char* bytes_;
  std::size_t size_;
};

// Whether everything that the orders point to lies inside `block`. The launcher reads nothing
// before it holds; pointers are made afterwards with text() and table(), which then cannot fail.
[[nodiscard]] bool is_sound(const Block& block, const SlotOrder& order);
[[nodiscard]] bool is_sound(const Block& block, const RunOrder& order);

}  // namespace sandbox::wire
