// Messages over sockets that keep their borders, with descriptors attached.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "sandbox/wire/order.hpp"

namespace sandbox::launcher {

// What cannot be told ends the process: mostly the other side is gone, and who else still listens
// learns of the end.
void send_message(int socket, const void* message, std::size_t size, int attached = -1);
void send_notice(int socket, const wire::Notice& notice, int attached = -1);
// `code` is -errno.
void send_failure(int socket, SetupStep step, long code, int object = -1);

struct Received {
  long size = 0;  // 0: hung up; negative: -errno
  std::size_t count = 0;
  std::array<int, wire::kMostDescriptors> attached{};  // close-on-exec
};
// Takes one message of at most `size` bytes; the descriptors are the caller's to close. With
// MSG_DONTWAIT among `flags` the answer may be -EAGAIN.
void receive_message(int socket, void* message, std::size_t size, Received& received,
                     int flags = 0);

void close_attached(const Received& received);

// Closes every descriptor that is not in `kept`, which it sorts; -1 there stands for none.
void close_all_but(std::span<int> kept);

}  // namespace sandbox::launcher
