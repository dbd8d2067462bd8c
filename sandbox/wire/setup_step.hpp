// SetupStep: everything that is done between "start" and the program's first instruction, in this
// order. Why: when one fails, the person must learn which one and with which errno, not "could not
// start". The reasons for each step stand in the table of sandbox/README.md.
#pragma once

#include <cstdint>

namespace sandbox {

enum class SetupStep : std::uint32_t {
  // in the caller
  start_launcher,
  make_pipes,
  make_group,
  open_bind,
  send_order,
  // in the launcher
  read_order,
  clone_slot,
  map_ids,
  // in the slot, once
  enter_group,
  wait_for_launcher,
  new_session,
  become_slot_user,
  die_with_parent,
  set_host_name,
  private_mounts,
  open_bind_inside,
  mount_root,
  make_folder,
  write_file,
  make_link,
  bind,
  mount_slot_proc,
  pivot_root,
  detach_old_root,
  seal_root,
  make_slot_folder,
  bound_capabilities,
  map_region,
  // in init, for every run
  clone_init,
  mount_scratch,
  mount_files,
  mount_proc,
  make_run_folder,
  make_ruleset,
  fork_payload,
  drop_init_privilege,
  // in the payload, until it is executed
  place_descriptors,
  set_limits,
  drop_privilege,
  change_folder,
  no_new_privileges,
  restrict_files,
  install_filter,
  install_listener,
  execute,
};

}  // namespace sandbox
