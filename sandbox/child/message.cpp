#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

#include <climits>

#include "sandbox/child/plan.hpp"

namespace sandbox::child {

void send_message(int socket, const void* message, std::size_t size,
                  std::span<const int> attached) {
  iovec part{const_cast<void*>(message), size};
  alignas(cmsghdr) char control[CMSG_SPACE(kMostAttached * sizeof(int))] = {};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (!attached.empty()) {
    header.msg_control = control;
    header.msg_controllen = CMSG_SPACE(attached.size_bytes());
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(attached.size_bytes());
    std::memcpy(CMSG_DATA(rights), attached.data(), attached.size_bytes());
  }
  // Failure means that the caller is gone, and then so are we in a moment.
  (void)::sendmsg(socket, &header, MSG_NOSIGNAL);
}

void give_up(const Plan& plan, SetupStep step, int code, int object) {
  const SetupMessage message{SetupMessage::Kind::failed, step, code, object};
  send_message(plan.setup, &message, sizeof message);
  ::_exit(127);
}

void close_all_but(std::span<const int> kept) {
  unsigned next = 0;
  for (const int fd : kept) {
    const auto number = static_cast<unsigned>(fd);
    if (number > next) (void)::close_range(next, number - 1, 0);
    if (number >= next) next = number + 1;
  }
  (void)::close_range(next, UINT_MAX, 0);
}

}  // namespace sandbox::child
