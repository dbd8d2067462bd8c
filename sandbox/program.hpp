// Program: what to run, and what it finds inside. Plain data, prepared by the caller.
// The sandbox speaks of programs; what they are for is not its business.
// Inside, /box is for what the caller gives: read-only, also for the program itself. /tmp (and
// /dev/shm) is scratch, the only place that can be written; artifacts are left there, and HOME=/tmp
// is a good choice. The user is 1000.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/bytes.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace sandbox {

namespace time {
class VirtualClock;
}

// What of the host every program sees, read-only, where the host has it.
inline constexpr std::array<std::string_view, 7> kSystemFolders{
    "/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin"};

inline constexpr std::array<std::string_view, 2> kSystemSettings{"/etc/alternatives",
                                                                 "/etc/ld.so.cache"};
inline constexpr std::array<std::string_view, 5> kDevices{"/dev/null", "/dev/zero", "/dev/full",
                                                          "/dev/random", "/dev/urandom"};

// Which system calls a program of this kind needs; chooses the seccomp policy.
enum class Profile { c, cpp, python, node, go, rust, java, compile };
inline constexpr std::array kProfiles{Profile::c,    Profile::cpp,    Profile::python,
                                      Profile::node, Profile::go,     Profile::rust,
                                      Profile::java, Profile::compile};

// "c", "cpp", "python", ...
[[nodiscard]] std::string_view name_of(Profile profile);
[[nodiscard]] std::optional<Profile> parse_profile(std::string_view name);

// A file that exists only inside, anywhere but below a bind, /tmp, /dev and /proc: written into the
// sandbox's own memory file system, read-only for the program, gone with it. `content` is shared so
// that many runs need one copy.
struct File {
  std::string path;  // absolute, inside; parent folders are made as needed
  std::shared_ptr<const std::string> content;
  bool executable = false;
};

// A host file or folder, visible read-only inside, without set-uid bits and devices. Run as root,
// the sandbox also shows what only root may reach; the mode bits of the files themselves count for
// the program's user.
struct ReadOnlyBind {
  std::string source;  // absolute, on the host
  std::string target;  // absolute, inside
};

// A descriptor of the caller that the program inherits under `number` (3 or above).
struct InheritedFd {
  int source;  // borrowed until Process::start returns
  int number;
};

// A file that the program leaves behind and the caller wants: read by the sandbox's init after the
// program has ended, through no link, only if it is a regular file of at most `limit` bytes.
struct Artifact {
  std::string path;  // absolute, inside
  base::Bytes limit;
};

struct Program {
  Profile profile = Profile::c;
  std::vector<std::string> arguments{};    // [0] is an absolute path inside
  std::vector<std::string> environment{};  // NAME=value; nothing else is there
  std::string working_directory = "/box";
  std::vector<File> files{};
  std::vector<ReadOnlyBind>
      binds{};  // beyond the system's /usr, /lib*, /bin, /etc/alternatives, ld.so.cache
  std::vector<InheritedFd> inherited{};
  std::shared_ptr<const std::string> input{};  // all of standard input; null: /dev/null
  std::vector<Artifact> artifacts{};
  // The time that the program lives in, with whom else is under that clock; null: the real one.
  std::shared_ptr<time::VirtualClock> clock{};
};

}  // namespace sandbox
