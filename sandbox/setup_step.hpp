// SetupStep: everything that is done between "start" and the program's first instruction, in this
// order. Why: when one fails, the person must learn which one and with which errno, not "could not
// start". The reasons for each step stand in the table of README.md.
#pragma once

#include <cstdint>
#include <string_view>

#include "sandbox/base/error.hpp"

namespace sandbox {

enum class SetupStep : std::uint32_t {
  // in the caller
  make_pipes,
  make_group,
  open_bind,
  clone,
  map_ids,
  // in init, pid 1 of the new namespaces
  enter_group,
  wait_for_caller,
  new_session,
  become_init,
  die_with_caller,
  set_host_name,
  private_mounts,
  open_bind_inside,
  mount_root,
  make_folder,
  write_file,
  make_link,
  bind,
  mount_scratch,
  mount_proc,
  pivot_root,
  detach_old_root,
  seal_root,
  drop_init_privilege,
  fork_payload,
  // in the payload, until it is executed
  place_descriptors,
  set_limits,
  drop_privilege,
  change_folder,
  no_new_privileges,
  install_filter,
  install_listener,
  execute,
};

// "pivot_root", "write file"
[[nodiscard]] std::string_view name_of(SetupStep step);

// `sandbox: bind: '/opt/x': No such file or directory (ENOENT); what to do`. `object` may be empty.
[[nodiscard]] base::Error setup_error(SetupStep step, int code, std::string_view object);

}  // namespace sandbox
