#include "sandbox/launcher/message.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <climits>

#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {

void send_message(int socket, const void* message, std::size_t size, int attached) {
  iovec part{const_cast<void*>(message), size};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (attached >= 0) {
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    cmsghdr* rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof attached);
    std::memcpy(CMSG_DATA(rights), &attached, sizeof attached);
  }
  long sent = -EINTR;
  while (sent == -EINTR) sent = call(SYS_sendmsg, socket, &header, MSG_NOSIGNAL);
  if (sent < 0) end_process(126);
}

void send_notice(int socket, const wire::Notice& notice, int attached) {
  send_message(socket, &notice, sizeof notice, attached);
}

void send_failure(int socket, SetupStep step, long code, int object) {
  wire::Notice failed{};
  failed.kind = wire::Notice::Kind::failed;
  failed.step = step;
  failed.code = static_cast<std::int32_t>(-code);
  failed.object = object;
  send_notice(socket, failed);
}

void receive_message(int socket, void* message, std::size_t size, Received& received, int flags) {
  iovec part{message, size};
  alignas(cmsghdr) char control[CMSG_SPACE(wire::kMostDescriptors * sizeof(int))];
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control;
  header.msg_controllen = sizeof control;
  received.count = 0;
  do {
    received.size = call(SYS_recvmsg, socket, &header, MSG_CMSG_CLOEXEC | flags);
  } while (received.size == -EINTR);
  if (received.size <= 0) return;
  for (cmsghdr* part_of = CMSG_FIRSTHDR(&header); part_of != nullptr;
       part_of = CMSG_NXTHDR(&header, part_of)) {
    if (part_of->cmsg_level != SOL_SOCKET || part_of->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part_of->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count && received.count < received.attached.size(); ++i) {
      std::memcpy(&received.attached[received.count++], CMSG_DATA(part_of) + i * sizeof(int),
                  sizeof(int));
    }
  }
}

void close_attached(const Received& received) {
  for (std::size_t i = 0; i < received.count; ++i) close_fd(received.attached[i]);
}

void close_all_but(std::span<int> kept) {
  std::sort(kept.begin(), kept.end());
  unsigned next = 0;
  for (const int fd : kept) {
    if (fd < 0) continue;
    const auto number = static_cast<unsigned>(fd);
    if (number > next) (void)call(SYS_close_range, next, number - 1, 0);
    if (number >= next) next = number + 1;
  }
  (void)call(SYS_close_range, next, UINT_MAX, 0);
}

}  // namespace sandbox::launcher
