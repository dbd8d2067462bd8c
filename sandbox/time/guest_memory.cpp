#include "sandbox/time/guest_memory.hpp"

#include <sys/uio.h>

namespace sandbox::time {
namespace {

iovec remote(std::uint64_t address, std::size_t size) {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): an address of another process
  return {reinterpret_cast<void*>(address), size};
}

}  // namespace

bool read_memory(pid_t process, std::uint64_t address, void* to, std::size_t size) {
  const iovec here{to, size};
  const iovec there = remote(address, size);
  return ::process_vm_readv(process, &here, 1, &there, 1, 0) == static_cast<ssize_t>(size);
}

bool write_memory(pid_t process, std::uint64_t address, const void* from, std::size_t size) {
  const iovec here{const_cast<void*>(from), size};  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  const iovec there = remote(address, size);
  return ::process_vm_writev(process, &here, 1, &there, 1, 0) == static_cast<ssize_t>(size);
}

}  // namespace sandbox::time
