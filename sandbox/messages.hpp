// The caller's end of the sockets to launcher and slots: whole messages, with descriptors.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace sandbox {

// One message of at most `size` bytes and the descriptor that came with it. 0 bytes: hung up.
struct Received {
  std::size_t size = 0;
  base::UniqueFd attached;
};
base::Result<Received> receive(int socket, void* message, std::size_t size);

// Error::Kind::system when the other side is gone or the message is too large.
base::Status send(int socket, std::string_view message, std::span<const int> attached = {});

// Error::Kind::system when nothing has come in time.
base::Status wait_readable(int fd, std::chrono::milliseconds timeout);

}  // namespace sandbox
