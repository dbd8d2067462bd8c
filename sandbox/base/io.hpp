// Whole reads and writes of small host files and pipes: control groups, /proc, identity maps.
// Every read is bounded. Nothing here follows a path that a sandboxed program can change.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace base {

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

// Close-on-exec on both ends.
Result<Pipe> make_pipe();

// Two connected AF_UNIX SOCK_SEQPACKET ends, close-on-exec: messages keep their borders,
// descriptors can travel.
struct SocketPair {
  UniqueFd first;
  UniqueFd second;
};
Result<SocketPair> make_socket_pair();

// The whole file, at most `limit` bytes of it. Errors name the path.
Result<std::string> read_file(const std::string& path, std::size_t limit = std::size_t{1} << 20U);

// From the start of an open file, without moving its position; at most `limit` bytes.
Result<std::string> read_from_start(int fd, std::size_t limit);

// One write(2) of the whole text, as control files want it. Errors name the path.
Status write_file(const std::string& path, std::string_view text);

// Of a fresh pipe or socket: one that has no other status flags yet.
Status set_nonblocking(int fd);

}  // namespace base
