// SlotRecipe: what a slot's root shows, as a list of entries for the launcher to make. What a
// single program brings along (Program::files) is not in it: RunFiles.
//
//   /usr /bin /lib* /sbin   the host's, read-only     /box  and what else holds files of programs
//   /etc                    a few lines of our own    /tmp  scratch, with /dev/shm
//   /dev                    five harmless devices     /proc own processes only
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/program.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox {

class SlotRecipe {
 public:
  struct Entry {
    wire::RootEntry::Kind kind;
    std::string path{};     // absolute
    std::string content{};  // file: bytes; link: where it points
    std::string source{};   // bind: path on the host
    std::uint32_t mode = 0;
    std::int32_t tree = -1;
    bool is_folder = false;
    std::uint64_t mount_attributes = 0;
  };

  // Equal for programs that can share a slot: same binds, same folders with files.
  static base::Result<std::string> key_for(const Program& program);

  // Error::Kind::invalid_input for a path that is not absolute or goes where nothing may be put;
  // the set-up error `open bind` for a source that does not exist.
  static base::Result<SlotRecipe> make(const Program& program);

  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<base::UniqueFd>& trees() const { return trees_; }
  // The path of an entry, for error messages.
  [[nodiscard]] std::string describe(int index) const;
  // Options of the root's tmpfs: as large as the entries, and little more.
  [[nodiscard]] std::string root_options() const;

 private:
  void add_folder(const std::string& path);
  void add_parents(const std::string& path);
  void add_file(const std::string& path, std::string_view content);
  void add_link(const std::string& path, const std::string& target);
  base::Status add_bind(const std::string& source, const std::string& target,
                        std::uint64_t attributes);
  base::Status add_system();
  base::Status add_system_folder(const std::string& path);
  base::Status add_devices();

  std::string key_;
  std::set<std::string> folders_;
  std::vector<Entry> entries_;
  std::vector<base::UniqueFd> trees_;
};

// The folders directly below / that hold Program::files, /box always among them.
[[nodiscard]] std::set<std::string> file_folders(const Program& program);

}  // namespace sandbox
