// Slot: a prepared sandbox without a program, as its owner sees it (launcher/slot.hpp is the other
// side). Takes one run after the other; each finds fresh processes, files and scratch space.
// Destroying it kills everything inside and removes its control groups.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "sandbox/base/pidfd.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/base/unique_fd.hpp"
#include "sandbox/cgroup/group.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/id_map.hpp"
#include "sandbox/launcher_process.hpp"
#include "sandbox/slot_recipe.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox {

class Slot {
 public:
  static base::Result<std::unique_ptr<Slot>> make(const Host::State& host,
                                                  LauncherProcess& launcher, SlotRecipe recipe,
                                                  const cgroup::GroupLimits& limits);
  Slot(const Slot&) = delete;
  Slot& operator=(const Slot&) = delete;
  ~Slot();

  // Which programs it suits: those of the same recipe.
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const IdMap& ids() const { return ids_; }
  // Of a bare slot, which stands in for the root of the others; empty: it has namespaces.
  [[nodiscard]] const std::string& folder() const { return folder_; }
  [[nodiscard]] cgroup::Group& group() { return group_; }
  [[nodiscard]] int socket() const { return socket_.get(); }  // carries wire::Notice
  [[nodiscard]] pid_t pid() const { return pid_; }            // for /proc alone

  // Starts a run. `block` starts with a wire::RunOrder; what becomes of it comes as notices.
  base::Status start(wire::Command::Kind kind, std::string_view block,
                     std::span<const int> attached);
  // Ends the payload; init still reports. Ends everything of the run.
  void stop() { disturb(wire::Command::Kind::stop); }
  void kill() { disturb(wire::Command::Kind::kill); }
  // Whether a command for the run under way may come too late for it, and meet what follows.
  [[nodiscard]] bool was_disturbed() const { return was_disturbed_; }
  // After a run that was to be kept.
  void leave() const { command(wire::Command::Kind::leave); }
  // Ends the slot itself, which takes everything with it and says nothing more.
  void end() const { (void)process_.send_signal(SIGKILL); }

  // How many runs it has had, and whether another one may follow.
  [[nodiscard]] bool is_fit() const;

 private:
  Slot() = default;
  void command(wire::Command::Kind kind) const;
  void disturb(wire::Command::Kind kind);
  base::Status make_region(std::size_t size);
  base::Status grow_region(std::size_t size);

  std::string key_;
  IdMap ids_;
  std::string folder_;
  cgroup::Group group_;  // outlives the processes
  base::Pidfd process_;
  pid_t pid_ = -1;
  base::UniqueFd socket_;
  base::UniqueFd region_file_;
  char* region_ = nullptr;
  std::size_t region_size_ = 0;
  unsigned runs_ = 0;
  bool was_disturbed_ = false;
};

}  // namespace sandbox
