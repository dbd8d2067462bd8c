#include "judge/toolchain/run_tool.hpp"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "sandbox/base/unique_fd.hpp"

namespace judge {
namespace {

constexpr std::size_t kMostOutput = 4096;

std::string read_some(int fd) {
  std::string text;
  std::array<char, 512> buffer{};
  while (text.size() < kMostOutput) {
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

std::optional<std::string> run_tool(const std::vector<std::string>& arguments) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  const base::UniqueFd reading{ends[0]};
  base::UniqueFd writing{ends[1]};

  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  // posix_spawn takes char* and changes nothing behind it.
  for (const std::string& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, writing.get(), 1);
  ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, argv.front(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  writing.reset();
  if (failed != 0) return {};

  std::string text = read_some(reading.get());
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return {};
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return {};
  return text;
}

}  // namespace judge
