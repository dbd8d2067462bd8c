#include "sandbox/messages.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sandbox/base/check.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox {

base::Result<Received> receive(int socket, void* message, std::size_t size) {
  iovec part{message, size};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = CMSG_LEN(sizeof(int));  // padding would be room for a second one
  ssize_t got = -1;
  do {
    got = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && errno == ECONNRESET) got = 0;  // it died before it had read everything
  if (got < 0) return base::system_failure("recvmsg", errno);
  Received received;
  received.size = static_cast<std::size_t>(got);
  const cmsghdr* rights = CMSG_FIRSTHDR(&header);
  if (rights != nullptr && rights->cmsg_type == SCM_RIGHTS) {
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(rights), sizeof fd);
    received.attached.reset(fd);
  }
  return received;
}

base::Status send(int socket, std::string_view message, std::span<const int> attached) {
  JUDGE_CHECK(attached.size() <= wire::kMostDescriptors, "descriptors were counted before");
  iovec part{const_cast<char*>(message.data()), message.size()};
  alignas(cmsghdr) char control[CMSG_SPACE(wire::kMostDescriptors * sizeof(int))];
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (!attached.empty()) {
    header.msg_control = control;
    header.msg_controllen = CMSG_SPACE(attached.size_bytes());
    std::memset(control, 0, header.msg_controllen);
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(attached.size_bytes());
    std::memcpy(CMSG_DATA(rights), attached.data(), attached.size_bytes());
  }
  while (::sendmsg(socket, &header, MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) return base::system_failure("sendmsg", errno);
  }
  return {};
}

base::Status wait_readable(int fd, std::chrono::milliseconds timeout) {
  pollfd poll_fd{fd, POLLIN, 0};
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    const int got = ::poll(&poll_fd, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (got > 0) return {};
    if (got == 0) return base::system_failure("poll", ETIMEDOUT);
    if (errno != EINTR) return base::system_failure("poll", errno);
  }
}

}  // namespace sandbox
