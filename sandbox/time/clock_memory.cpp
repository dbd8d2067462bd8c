#include "sandbox/time/clock_memory.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "sandbox/time/vdso_image.hpp"

namespace sandbox::time {

base::Result<base::UniqueFd> make_memory(const char* name, std::uint64_t size) {
  base::UniqueFd memory{::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  if (!memory.is_open() || ::ftruncate(memory.get(), static_cast<off_t>(size)) < 0 ||
      ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) < 0) {
    return base::system_failure("sandbox: virtual clock: make memory", errno);
  }
  return memory;
}

base::Result<ClockMemory> ClockMemory::make() {
  JUDGE_TRY(const base::UniqueFd memory, make_memory("clock", kPageSize + vdso_size()));
  const auto code = vdso_image();
  const ssize_t written =
      ::pwrite(memory.get(), code.data(), code.size(), static_cast<off_t>(kPageSize));
  if (written != static_cast<ssize_t>(code.size())) {
    return base::system_failure("sandbox: virtual clock: write memory", errno);
  }
  JUDGE_TRY(auto page, SharedPage<ClockPage>::map(memory.get()));
  // Who holds a descriptor that reads can open the same memory again, through /proc/self/fd.
  if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) < 0)
    return base::system_failure("sandbox: virtual clock: seal memory", errno);
  const std::string again = "/proc/self/fd/" + std::to_string(memory.get());
  base::UniqueFd read_only{::open(again.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!read_only.is_open())
    return base::system_failure("sandbox: virtual clock: open memory", errno);
  return ClockMemory{std::move(read_only), std::move(page)};
}

}  // namespace sandbox::time
