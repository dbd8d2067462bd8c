#include "judge/problem/read_beneath.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

#include "sandbox/base/bytes.hpp"

namespace judge {
namespace {

base::Error why_not_opened(int code, Symlinks symlinks) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      return base::invalid_input_error("does not exist");
    case EACCES:
      return base::invalid_input_error("may not be read (EACCES); grant read permission");
    case EXDEV:
      return base::invalid_input_error("leads outside the folder");
    case ELOOP:
      return base::invalid_input_error(
          symlinks == Symlinks::refused
              ? "is or passes a symbolic link, and none is followed; put the file itself there"
              : "is a symbolic link that goes in circles");
    default:
      return base::invalid_input_error("cannot be opened: " + base::describe_errno(code));
  }
}

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a named pipe";
  if (S_ISSOCK(mode)) return "a socket";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  return "something else";
}

}  // namespace

base::Result<base::UniqueFd> open_folder(const std::filesystem::path& folder) {
  base::UniqueFd fd{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!fd.is_open()) {
    if (errno == ENOTDIR) return base::invalid_input("is not a folder");
    return base::fail(why_not_opened(errno, Symlinks::inside));
  }
  return fd;
}

base::Result<base::UniqueFd> open_beneath(const base::UniqueFd& folder, const std::string& name,
                                          Symlinks symlinks) {
  // O_NONBLOCK: opening a pipe that nobody writes must not wait (open(2)).
  open_how how{};
  how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  if (symlinks == Symlinks::refused) how.resolve |= RESOLVE_NO_SYMLINKS;
  long opened = -1;
  do {
    opened = ::syscall(SYS_openat2, folder.get(), name.c_str(), &how, sizeof how);
  } while (opened < 0 && (errno == EINTR || errno == EAGAIN));  // EAGAIN: raced with a rename
  if (opened < 0) return base::fail(why_not_opened(errno, symlinks));
  base::UniqueFd fd{static_cast<int>(opened)};
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return base::system_failure("fstat", errno);
  if (!S_ISREG(status.st_mode)) {
    return base::invalid_input("is " + std::string{kind_of(status.st_mode)} + ", not a file");
  }
  return fd;
}

base::Result<std::string> read_whole(const base::UniqueFd& file, std::size_t most) {
  std::string content;
  std::array<char, 65'536> buffer{};
  while (true) {
    const ssize_t got = ::read(file.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::invalid_input("cannot be read: " + base::describe_errno(errno));
    if (got == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(got));
    if (content.size() > most) {
      return base::invalid_input("is larger than " + base::to_string(base::Bytes{most}));
    }
  }
}

base::Result<std::string> read_beneath(const base::UniqueFd& folder, const std::string& name,
                                       Symlinks symlinks, std::size_t most) {
  JUDGE_TRY(const base::UniqueFd file, open_beneath(folder, name, symlinks));
  return read_whole(file, most);
}

}  // namespace judge
