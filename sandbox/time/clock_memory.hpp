// The memory that programs under a clock map, and ours of it (clock_page.hpp).
#pragma once

#include <sys/mman.h>

#include <cerrno>
#include <string>
#include <utility>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/time/clock_page.hpp"

namespace sandbox::time {

// A page that others write or read at the same time: word by word.
template <typename Page>
class SharedPage {
 public:
  static base::Result<SharedPage> map(int fd) {
    void* at = ::mmap(nullptr, kPageSize, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) return base::system_failure("sandbox: virtual clock: mmap", errno);
    return SharedPage{static_cast<Page*>(at)};
  }
  SharedPage(SharedPage&& other) noexcept : page_{std::exchange(other.page_, nullptr)} {}
  SharedPage(const SharedPage&) = delete;
  SharedPage& operator=(const SharedPage&) = delete;
  SharedPage& operator=(SharedPage&&) = delete;
  ~SharedPage() {
    if (page_ != nullptr) ::munmap(page_, kPageSize);
  }

  [[nodiscard]] std::uint64_t load(std::uint64_t Page::*word) const {
    return __atomic_load_n(&(page_->*word), __ATOMIC_ACQUIRE);
  }
  void store(std::uint64_t Page::*word, std::uint64_t value) const {
    __atomic_store_n(&(page_->*word), value, __ATOMIC_RELEASE);
  }
  // For futex(2), in this process.
  [[nodiscard]] const void* address(std::uint64_t Page::*word) const { return &(page_->*word); }

 private:
  explicit SharedPage(Page* page) : page_{page} {}
  Page* page_;
};

// Nobody can change its size: what we have mapped stays there, whatever a program does to it.
base::Result<base::UniqueFd> make_memory(const char* name, std::uint64_t size);

struct ClockMemory {
  // The clock's page and the code behind it; nothing can be written through this descriptor, nor
  // through another one of the same memory, but by `page`.
  base::UniqueFd read_only;
  SharedPage<ClockPage> page;

  static base::Result<ClockMemory> make();
};

}  // namespace sandbox::time
