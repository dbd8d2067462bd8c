#include "sandbox/run/prepare.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "sandbox/base/error.hpp"
#include "sandbox/base/escape.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/run/find_command.hpp"
#include "sandbox/time/virtual_clock.hpp"

namespace sandbox_run {
namespace {

constexpr base::Bytes kMostInput{std::uint64_t{256} << 20U};

Outcome<std::string> read_to_end(int fd, const std::string& name, base::Bytes most) {
  std::string text;
  std::string chunk(65536, '\0');
  for (;;) {
    const ssize_t got = ::read(fd, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return refuse(kOwnFailure, base::quoted(name) + ": read: " + base::describe_errno(errno));
    }
    if (got == 0) return text;
    text.append(chunk, 0, static_cast<std::size_t>(got));
    if (text.size() > most.count()) {
      return refuse(kOwnFailure, base::quoted(name) + " is larger than " + base::to_string(most));
    }
  }
}

Outcome<base::UniqueFd> open_file(const std::string& path) {
  base::UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!fd.is_open()) {
    return refuse(kOwnFailure, base::quoted(path) + ": open: " + base::describe_errno(errno));
  }
  return fd;
}

Outcome<std::string> read_input(const std::string& path) {
  if (path == "-") return read_to_end(STDIN_FILENO, "standard input", kMostInput);
  auto fd = open_file(path);
  if (!fd) return tl::unexpected{std::move(fd).error()};
  return read_to_end(fd->get(), path, kMostInput);
}

// Its content counts as the program's memory, so more than that is never needed.
Outcome<sandbox::File> read_copy(const Copy& copy, base::Bytes memory) {
  auto fd = open_file(copy.source);
  if (!fd) return tl::unexpected{std::move(fd).error()};
  struct stat about {};
  const bool executable =
      ::fstat(fd->get(), &about) == 0 && (about.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0;
  auto content = read_to_end(fd->get(), copy.source, memory);
  if (!content) {
    content.error().message.insert(0, "--copy: ");
    return tl::unexpected{std::move(content).error()};
  }
  return sandbox::File{copy.target, std::make_shared<const std::string>(std::move(*content)),
                       executable};
}

}  // namespace

Outcome<sandbox::Program> prepare(const Request& request) {
  auto command = find_command(request);
  if (!command) return tl::unexpected{std::move(command).error()};
  sandbox::Program program;
  program.profile = request.profile;
  program.arguments = request.command;
  program.arguments.front() = command->path;
  program.environment = request.environment;
  program.binds = request.reads;
  if (command->shown) program.binds.push_back(*command->shown);
  for (const Copy& copy : request.copies) {
    auto file = read_copy(copy, request.limits.memory);
    if (!file) return tl::unexpected{std::move(file).error()};
    program.files.push_back(std::move(*file));
  }
  for (const Kept& kept : request.artifacts) {
    program.artifacts.push_back({kept.path, request.limits.file_size});
  }
  if (request.input) {
    auto input = read_input(*request.input);
    if (!input) return tl::unexpected{std::move(input).error()};
    program.input = std::make_shared<const std::string>(std::move(*input));
  }
  if (request.time != sandbox::TimeMode::real) {
    auto clock = sandbox::time::VirtualClock::make(request.time);
    if (!clock) return refuse(kOwnFailure, clock.error().message());
    program.clock = std::move(*clock);
  }
  return program;
}

}  // namespace sandbox_run
