// BlockWriter: makes a block for the launcher. The order stands first, what it points to behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/wire/order.hpp"

namespace sandbox::wire {

class BlockWriter {
 public:
  // Leaves room for an order of this size at the start.
  explicit BlockWriter(std::size_t order_size) : bytes_(order_size, '\0') {}

  Text text(std::string_view content);

  template <typename Element>
  Table table(std::span<const Element> elements) {
    align();
    const Table table{here(), static_cast<std::uint32_t>(elements.size())};
    if (!elements.empty()) {
      bytes_.append(reinterpret_cast<const char*>(elements.data()), elements.size_bytes());
    }
    return table;
  }

  // As a null-terminated array of strings is made from: with a placeholder at the end.
  Table strings(const std::vector<std::string>& texts);

  template <typename Order>
  void set_order(const Order& order) {
    std::memcpy(bytes_.data(), &order, sizeof order);
  }

  // Offsets are of 32 bits; what is larger must not be sent.
  [[nodiscard]] bool fits() const { return bytes_.size() <= UINT32_MAX; }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  void align();
  [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(bytes_.size()); }

  std::string bytes_;
};

}  // namespace sandbox::wire
