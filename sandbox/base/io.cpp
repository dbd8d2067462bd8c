#include "sandbox/base/io.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "sandbox/base/escape.hpp"

namespace base {

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) < 0) return system_failure("pipe2", errno);
  return Pipe{UniqueFd{ends[0]}, UniqueFd{ends[1]}};
}

Result<SocketPair> make_socket_pair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0) {
    return system_failure("socketpair", errno);
  }
  return SocketPair{UniqueFd{ends[0]}, UniqueFd{ends[1]}};
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  const UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!fd.is_open()) return system_failure(quoted(path) + ": open", errno);
  auto text = read_from_start(fd.get(), limit);
  if (!text) return fail(std::move(text).error().within(quoted(path)));
  return text;
}

Result<std::string> read_from_start(int fd, std::size_t limit) {
  std::string text;
  while (text.size() < limit) {
    char chunk[16384];
    const std::size_t wanted = std::min(sizeof chunk, limit - text.size());
    const ssize_t got = ::pread(fd, chunk, wanted, static_cast<off_t>(text.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("read", errno);
    if (got == 0) break;
    text.append(chunk, static_cast<std::size_t>(got));
  }
  return text;
}

Status write_file(const std::string& path, std::string_view text) {
  const UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
  if (!fd.is_open()) return system_failure(quoted(path) + ": open", errno);
  if (::write(fd.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    return system_failure(quoted(path) + ": write", errno);
  }
  return {};
}

Status set_nonblocking(int fd) {
  if (::fcntl(fd, F_SETFL, O_NONBLOCK) == 0) return {};
  return system_failure("fcntl O_NONBLOCK", errno);
}

}  // namespace base
