// The memory of a program, as process_vm_readv(2) and process_vm_writev(2) reach it: never more
// than the program itself could write, and false where an address is not what the program said.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

namespace sandbox::time {

bool read_memory(pid_t process, std::uint64_t address, void* to, std::size_t size);
bool write_memory(pid_t process, std::uint64_t address, const void* from, std::size_t size);

template <typename T>
std::optional<T> read_value(pid_t process, std::uint64_t address) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value{};
  if (!read_memory(process, address, &value, sizeof value)) return std::nullopt;
  return value;
}

template <typename T>
std::optional<std::vector<T>> read_values(pid_t process, std::uint64_t address, std::size_t count) {
  static_assert(std::is_trivially_copyable_v<T>);
  std::vector<T> values(count);
  if (count > 0 && !read_memory(process, address, values.data(), count * sizeof(T))) return {};
  return values;
}

template <typename T>
bool write_value(pid_t process, std::uint64_t address, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  return write_memory(process, address, &value, sizeof value);
}

}  // namespace sandbox::time
