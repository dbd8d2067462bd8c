#include "sandbox/launcher/bare/remove_tree.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "sandbox/launcher/system_call.hpp"

namespace sandbox::launcher {
namespace {

// getdents64(2), as the kernel writes it.
struct Entry {
  std::uint64_t inode;
  std::int64_t offset;
  std::uint16_t size;
  std::uint8_t type;
  char name[1];  // and what follows
};
constexpr std::size_t kNameOffset = offsetof(Entry, name);

bool is_dots(const char* name) {
  return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

// Entries vanish while they are read, so it is read again from the start until a whole reading has
// found nothing that could be removed. False when something is left.
template <typename Remove>
bool empty(int folder, Remove remove) {
  alignas(Entry) char batch[4096] = {};
  for (;;) {
    bool removed = false;
    bool left = false;
    (void)call(SYS_lseek, folder, 0, SEEK_SET);
    long size = 0;
    while ((size = call(SYS_getdents64, folder, batch, sizeof batch)) > 0) {
      for (long at = 0; at < size;) {
        const char* entry = batch + at;
        std::uint16_t length = 0;
        std::memcpy(&length, entry + offsetof(Entry, size), sizeof length);
        at += length;
        const char* name = entry + kNameOffset;
        if (is_dots(name)) continue;
        (remove(name) ? removed : left) = true;
      }
    }
    if (!removed) return !left && size == 0;
  }
}

bool is_folder_error(long code) { return code == -EISDIR || code == -EPERM; }

// A file, or an empty folder.
long remove_simple(int folder, const char* name) {
  const long removed = call(SYS_unlinkat, folder, name, 0);
  if (!is_folder_error(removed)) return removed;
  return call(SYS_unlinkat, folder, name, AT_REMOVEDIR);
}

// A new name in `top`, "~" and a number that has not been taken yet.
bool move_up(int folder, const char* name, int top) {
  static_assert(sizeof(unsigned) == 4);
  // To move a folder its ".." is written, for which it must be writable.
  (void)call(SYS_fchmodat, folder, name, 0700);
  for (unsigned number = 0; number < 100'000; ++number) {
    char fresh[12] = "~";
    std::size_t place = 1;
    for (unsigned rest = number; place == 1 || rest != 0; rest /= 10) {
      fresh[place++] = static_cast<char>('0' + rest % 10);
    }
    fresh[place] = '\0';
    const long moved = call(SYS_renameat, folder, name, top, fresh);
    if (moved == 0) return true;
    if (moved != -ENOTEMPTY && moved != -EEXIST && moved != -ENOTDIR) return false;
  }
  return false;
}

// Whatever is no more than one level below `top`: deeper folders are moved up, so that depth costs
// neither descriptors nor stack.
bool remove_entry(int top, const char* name) {
  const long removed = remove_simple(top, name);
  if (removed == 0 || removed == -ENOENT) return true;
  (void)call(SYS_fchmodat, top, name, 0700);
  const long folder = call(SYS_openat, top, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder < 0) return false;
  const auto fd = static_cast<int>(folder);
  (void)empty(
      fd, [&](const char* each) { return remove_simple(fd, each) == 0 || move_up(fd, each, top); });
  close_fd(fd);
  return call(SYS_unlinkat, top, name, AT_REMOVEDIR) == 0;
}

}  // namespace

bool empty_folder(int folder) {
  return empty(folder, [&](const char* name) { return remove_entry(folder, name); });
}

}  // namespace sandbox::launcher
