#include "sandbox/watch_set.hpp"

#include <sys/epoll.h>

#include <algorithm>
#include <cstdint>

namespace sandbox {

int WatchSet::fd_for(std::span<const pollfd> wanted) {
  const auto same = [](const pollfd& one, const pollfd& other) {
    return one.fd == other.fd && one.events == other.events;
  };
  if (!std::ranges::equal(wanted, watched_, same)) watch(wanted);
  return epoll_.get();
}

// Begins anew: it changes a few times in a run, mostly when an output is closed.
void WatchSet::watch(std::span<const pollfd> wanted) {
  watched_.assign(wanted.begin(), wanted.end());
  epoll_ = base::UniqueFd{::epoll_create1(EPOLL_CLOEXEC)};
  for (const pollfd& each : wanted) {
    if (each.fd < 0 || !epoll_.is_open()) continue;
    epoll_event event{};
    event.events = static_cast<std::uint32_t>(each.events);  // the same bits
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, each.fd, &event) != 0) epoll_.reset();
  }
}

}  // namespace sandbox
