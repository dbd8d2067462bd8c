#include "sandbox/slot_recipe.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <string_view>

#include <climits>

#include "sandbox/base/escape.hpp"
#include "sandbox/setup_step.hpp"

namespace sandbox {
namespace {

using Kind = wire::RootEntry::Kind;

constexpr std::uint64_t kReadOnly = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
constexpr std::uint64_t kDevice = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
constexpr std::uint64_t kPage = 4096;

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

// Absolute, no empty, `.` or `..` part, no NUL.
bool is_plain(std::string_view path) {
  if (path.size() < 2 || path.front() != '/' || path.back() == '/') return false;
  if (path.find('\0') != std::string_view::npos) return false;
  path.remove_prefix(1);
  while (true) {
    const std::string_view part = path.substr(0, path.find('/'));
    if (part.empty() || part == "." || part == "..") return false;
    if (part.size() == path.size()) return true;
    path.remove_prefix(part.size() + 1);
  }
}

bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

// "/box" of "/box/a/b"
std::string top_of(const std::string& path) { return path.substr(0, path.find('/', 1)); }

// Where a file or bind of the program may stand: not on what the sandbox itself makes.
base::Status check_target(std::string_view path) {
  if (!is_plain(path)) {
    return base::invalid_input("sandbox: " + base::quoted(path) +
                               ": not an absolute path without '.' and '..'; write e.g. /box/main");
  }
  for (const std::string_view own : {"/tmp", "/dev", "/proc"}) {
    if (is_below(path, own)) {
      return base::invalid_input("sandbox: " + base::quoted(path) + ": " + std::string{own} +
                                 " is the sandbox's own; choose another place, e.g. below /box");
    }
  }
  return {};
}

// Files live in file systems of their own, one for each folder at the top; those must be nobody
// else's.
base::Status check_file(const std::string& path) {
  JUDGE_TRY_VOID(check_target(path));
  const std::string top = top_of(path);
  bool taken = top == path || top == "/etc";
  for (const std::string_view system : kSystemFolders) taken = taken || top == system;
  if (!taken) return {};
  return base::invalid_input("sandbox: " + base::quoted(path) +
                             ": files stand in /box or another new folder, e.g. /box/main");
}

base::Status check_paths(const Program& program) {
  for (const File& file : program.files) JUDGE_TRY_VOID(check_file(file.path));
  std::set<std::string> folders;
  for (const File& file : program.files) folders.insert(top_of(file.path));
  for (const ReadOnlyBind& bind : program.binds) {
    JUDGE_TRY_VOID(check_target(bind.target));
    if (folders.contains(top_of(bind.target))) {
      return base::invalid_input("sandbox: " + base::quoted(bind.target) + ": the files in " +
                                 top_of(bind.target) +
                                 " would hide this; choose another place for one of them");
    }
  }
  return {};
}

}  // namespace

std::set<std::string> file_folders(const Program& program) {
  std::set<std::string> folders{"/box"};
  for (const File& file : program.files) folders.insert(top_of(file.path));
  return folders;
}

void SlotRecipe::add_folder(const std::string& path) {
  if (!folders_.insert(path).second) return;
  entries_.push_back({.kind = Kind::folder, .path = path, .mode = 0755});
}

void SlotRecipe::add_parents(const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    add_folder(path.substr(0, slash));
  }
}

void SlotRecipe::add_file(const std::string& path, std::string_view content) {
  add_parents(path);
  entries_.push_back(
      {.kind = Kind::file, .path = path, .content = std::string{content}, .mode = 0444});
}

void SlotRecipe::add_link(const std::string& path, const std::string& target) {
  add_parents(path);
  entries_.push_back({.kind = Kind::link, .path = path, .content = target});
}

base::Status SlotRecipe::add_bind(const std::string& source, const std::string& target,
                                  std::uint64_t attributes) {
  struct stat about {};
  if (::stat(source.c_str(), &about) < 0) {
    return base::fail(setup_error(SetupStep::open_bind, errno, source));
  }
  // As root this also reaches what only root may see. Others may not clone a mount outside their
  // own namespace (EPERM): then the child does it, inside.
  base::UniqueFd tree{::open_tree(
      AT_FDCWD, source.c_str(), static_cast<unsigned>(OPEN_TREE_CLONE | O_CLOEXEC | AT_RECURSIVE))};
  if (!tree.is_open() && errno != EPERM) {
    return base::fail(setup_error(SetupStep::open_bind, errno, source));
  }
  add_parents(target);
  Entry entry{.kind = Kind::bind, .path = target, .source = source};
  entry.is_folder = S_ISDIR(about.st_mode);
  entry.mount_attributes = attributes;
  if (tree.is_open()) {
    entry.tree = static_cast<std::int32_t>(trees_.size());
    trees_.push_back(std::move(tree));
  }
  entries_.push_back(std::move(entry));
  return {};
}

// On today's systems /bin is a link to usr/bin; on older ones a folder. Whatever the host has is
// shown.
base::Status SlotRecipe::add_system_folder(const std::string& path) {
  char target[PATH_MAX];
  const ssize_t size = ::readlink(path.c_str(), target, sizeof target);
  if (size > 0) {
    add_link(path, std::string{target, static_cast<std::size_t>(size)});
    return {};
  }
  return exists(path) ? add_bind(path, path, kReadOnly) : base::Status{};
}

base::Status SlotRecipe::add_system() {
  for (const std::string_view path : kSystemFolders) {
    JUDGE_TRY_VOID(add_system_folder(std::string{path}));
  }
  for (const std::string_view setting : kSystemSettings) {
    const std::string path{setting};
    if (exists(path)) JUDGE_TRY_VOID(add_bind(path, path, kReadOnly));
  }
  struct Text {
    const char* path;
    std::string_view text;
  };
  // Runtimes ask who they are; nobody needs to know who else lives on the host.
  static constexpr std::array kTexts{
      Text{"/etc/passwd",
           "root:x:0:0:root:/:/usr/sbin/nologin\nsandbox:x:1000:1000:sandbox:/tmp:/bin/sh\n"},
      Text{"/etc/group", "root:x:0:\nsandbox:x:1000:\n"},
      Text{"/etc/hosts", "127.0.0.1 localhost sandbox\n::1 localhost sandbox\n"},
      Text{"/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"},
  };
  for (const Text& file : kTexts) add_file(file.path, file.text);
  return {};
}

base::Status SlotRecipe::add_devices() {
  for (const std::string_view device : kDevices) {
    JUDGE_TRY_VOID(add_bind(std::string{device}, std::string{device}, kDevice));
  }
  add_link("/dev/fd", "/proc/self/fd");
  add_link("/dev/stdin", "/proc/self/fd/0");
  add_link("/dev/stdout", "/proc/self/fd/1");
  add_link("/dev/stderr", "/proc/self/fd/2");
  add_folder("/dev/shm");
  return {};
}

base::Result<std::string> SlotRecipe::key_for(const Program& program) {
  JUDGE_TRY_VOID(check_paths(program));
  std::string key;
  for (const std::string& folder : file_folders(program)) key += folder + '\0';
  key += '\0';
  for (const ReadOnlyBind& bind : program.binds) key += bind.source + '\0' + bind.target + '\0';
  return key;
}

base::Result<SlotRecipe> SlotRecipe::make(const Program& program) {
  SlotRecipe recipe;
  JUDGE_TRY(recipe.key_, key_for(program));
  JUDGE_TRY_VOID(recipe.add_system());
  JUDGE_TRY_VOID(recipe.add_devices());
  for (const char* path : {"/proc", "/tmp"}) recipe.add_folder(path);
  for (const std::string& path : file_folders(program)) recipe.add_folder(path);
  for (const ReadOnlyBind& bind : program.binds) {
    JUDGE_TRY_VOID(recipe.add_bind(bind.source, bind.target, kReadOnly));
  }
  return recipe;
}

std::string SlotRecipe::describe(int index) const {
  if (index < 0 || static_cast<std::size_t>(index) >= entries_.size()) return {};
  const Entry& entry = entries_[static_cast<std::size_t>(index)];
  return entry.kind == Kind::bind ? entry.source : entry.path;
}

std::string SlotRecipe::root_options() const {
  const std::uint64_t size = (entries_.size() + 16) * kPage;
  return "mode=0755,size=" + std::to_string(size) +
         ",nr_inodes=" + std::to_string(entries_.size() + 16);
}

}  // namespace sandbox
