// WatchSet: descriptors that are seldom ready, watched through one. Looking at eight takes poll(2)
// a microsecond longer than looking at two, and who talks with a program looks before every answer.
#pragma once

#include <poll.h>

#include <span>
#include <vector>

#include "sandbox/base/unique_fd.hpp"

namespace sandbox {

class WatchSet {
 public:
  // To be polled for reading: whether any of these is ready, as poll(2) would say. Those with a
  // negative descriptor are left out. -1 where the kernel cannot tell (epoll(7)): then each has to
  // be polled. A descriptor that is closed and opened again in between must have been missing once.
  [[nodiscard]] int fd_for(std::span<const pollfd> wanted);

 private:
  void watch(std::span<const pollfd> wanted);

  base::UniqueFd epoll_;
  std::vector<pollfd> watched_;
};

}  // namespace sandbox
