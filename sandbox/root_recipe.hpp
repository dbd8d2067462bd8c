// RootRecipe: what one run finds in its file system, as a list of entries for the child to make,
// and the memory that the list points into. Made in the caller, where allocating and saying no in
// words is possible.
//
//   /usr /bin /lib* /sbin   the host's, read-only      /box   Program::files; read-only, also for
//   its owner /etc                    a few lines of our own     /tmp   scratch, the one writable
//   place, with /dev/shm /dev                    five harmless devices      /proc  own processes
//   only
#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/child/plan.hpp"
#include "sandbox/program.hpp"

namespace sandbox {

class RootRecipe {
 public:
  // Error::Kind::invalid_input for a path that is not absolute or goes where nothing may be put;
  // the set-up error `open bind` for a source that does not exist.
  static base::Result<RootRecipe> make(const Program& program);

  [[nodiscard]] std::span<child::RootEntry> entries() { return entries_; }
  // The path of an entry, for error messages.
  [[nodiscard]] std::string describe(int index) const;
  // Every detached mount that the child has to keep open.
  [[nodiscard]] std::vector<int> trees() const;
  // Options of the root's tmpfs: as large as the files, and little more.
  [[nodiscard]] const char* root_options();

 private:
  const char* keep(std::string text);
  void add_folder(const std::string& path, unsigned mode = 0755);
  void add_parents(const std::string& path);
  void add_file(const std::string& path, const char* content, std::size_t size, bool executable);
  void add_link(const std::string& path, const std::string& target);
  base::Status add_bind(const std::string& source, const std::string& target,
                        std::uint64_t attributes);
  base::Status add_system();
  base::Status add_system_folder(const std::string& path);
  base::Status add_devices();
  base::Status add_program(const Program& program);

  std::deque<std::string> texts_;
  std::set<std::string> folders_;
  std::vector<child::RootEntry> entries_;
  std::vector<base::UniqueFd> trees_;
  std::vector<std::shared_ptr<const std::string>> contents_;
  std::size_t bytes_ = 0;
};

}  // namespace sandbox
