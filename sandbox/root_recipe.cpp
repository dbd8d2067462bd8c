#include "sandbox/root_recipe.hpp"

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

namespace sandbox {
namespace {

using child::RootEntry;

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

}  // namespace

const char* RootRecipe::keep(std::string text) {
  texts_.push_back(std::move(text));
  return texts_.back().c_str();
}

void RootRecipe::add_folder(const std::string& path, unsigned mode) {
  if (!folders_.insert(path).second) return;
  RootEntry entry;
  entry.kind = RootEntry::Kind::folder;
  entry.path = keep(path.substr(1));
  entry.mode = mode;
  entries_.push_back(entry);
}

void RootRecipe::add_parents(const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    add_folder(path.substr(0, slash));
  }
}

void RootRecipe::add_file(const std::string& path, const char* content, std::size_t size,
                          bool executable) {
  add_parents(path);
  RootEntry entry;
  entry.kind = RootEntry::Kind::file;
  entry.path = keep(path.substr(1));
  entry.mode = executable ? 0555 : 0444;
  entry.content = content;
  entry.size = size;
  entries_.push_back(entry);
  bytes_ += (size + kPage - 1) / kPage * kPage;
}

void RootRecipe::add_link(const std::string& path, const std::string& target) {
  add_parents(path);
  RootEntry entry;
  entry.kind = RootEntry::Kind::link;
  entry.path = keep(path.substr(1));
  entry.content = keep(target);
  entries_.push_back(entry);
}

base::Status RootRecipe::add_bind(const std::string& source, const std::string& target,
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
  RootEntry entry;
  entry.kind = RootEntry::Kind::bind;
  entry.path = keep(target.substr(1));
  entry.source = keep(source);
  entry.tree = tree.get();
  entry.is_folder = S_ISDIR(about.st_mode);
  entry.mount_attributes = attributes;
  entries_.push_back(entry);
  if (tree.is_open()) trees_.push_back(std::move(tree));
  return {};
}

// On today's systems /bin is a link to usr/bin; on older ones a folder. Whatever the host has is
// shown.
base::Status RootRecipe::add_system_folder(const std::string& path) {
  char target[PATH_MAX];
  const ssize_t size = ::readlink(path.c_str(), target, sizeof target);
  if (size > 0) {
    add_link(path, std::string{target, static_cast<std::size_t>(size)});
    return {};
  }
  return exists(path) ? add_bind(path, path, kReadOnly) : base::Status{};
}

base::Status RootRecipe::add_system() {
  for (const char* path : {"/usr", "/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin"}) {
    JUDGE_TRY_VOID(add_system_folder(path));
  }
  for (const char* path : {"/etc/alternatives", "/etc/ld.so.cache"}) {
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
  for (const Text& file : kTexts) add_file(file.path, file.text.data(), file.text.size(), false);
  return {};
}

base::Status RootRecipe::add_devices() {
  for (const char* path : {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}) {
    JUDGE_TRY_VOID(add_bind(path, path, kDevice));
  }
  add_link("/dev/fd", "/proc/self/fd");
  add_link("/dev/stdin", "/proc/self/fd/0");
  add_link("/dev/stdout", "/proc/self/fd/1");
  add_link("/dev/stderr", "/proc/self/fd/2");
  add_folder("/dev/shm");
  return {};
}

base::Status RootRecipe::add_program(const Program& program) {
  for (const File& file : program.files) {
    JUDGE_TRY_VOID(check_target(file.path));
    contents_.push_back(file.content);
    add_file(file.path, file.content->data(), file.content->size(), file.executable);
  }
  for (const ReadOnlyBind& bind : program.binds) {
    JUDGE_TRY_VOID(check_target(bind.target));
    JUDGE_TRY_VOID(add_bind(bind.source, bind.target, kReadOnly));
  }
  return {};
}

base::Result<RootRecipe> RootRecipe::make(const Program& program) {
  RootRecipe recipe;
  JUDGE_TRY_VOID(recipe.add_system());
  JUDGE_TRY_VOID(recipe.add_devices());
  recipe.add_folder("/proc");
  recipe.add_folder("/tmp");
  recipe.add_folder("/box");
  JUDGE_TRY_VOID(recipe.add_program(program));
  return recipe;
}

std::string RootRecipe::describe(int index) const {
  if (index < 0 || static_cast<std::size_t>(index) >= entries_.size()) return {};
  const RootEntry& entry = entries_[static_cast<std::size_t>(index)];
  return entry.kind == RootEntry::Kind::bind ? entry.source : "/" + std::string{entry.path};
}

std::vector<int> RootRecipe::trees() const {
  std::vector<int> fds;
  for (const base::UniqueFd& tree : trees_) fds.push_back(tree.get());
  return fds;
}

const char* RootRecipe::root_options() {
  const std::uint64_t size = bytes_ + 64 * kPage;
  const std::uint64_t inodes = entries_.size() + 16;
  return keep("mode=0755,size=" + std::to_string(size) + ",nr_inodes=" + std::to_string(inodes));
}

}  // namespace sandbox
