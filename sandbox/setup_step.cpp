#include "sandbox/setup_step.hpp"

#include <array>
#include <cstddef>
#include <string>

#include "sandbox/base/escape.hpp"

namespace sandbox {
namespace {

struct Row {
  SetupStep step;
  std::string_view name;
  std::string_view advice;
};

constexpr std::string_view kNamespaces =
    "this host must allow user, mount, pid and network namespaces; `doctor` says what is missing";
constexpr std::string_view kReport = "this is not expected on Linux 5.12 or later";
constexpr std::string_view kMount =
    "mounting inside a user namespace must be allowed; `doctor` says more";

constexpr std::array kRows{
    Row{SetupStep::start_launcher, "start the launcher",
        "memory files must be executable: sysctl vm.memfd_noexec=0"},
    Row{SetupStep::make_pipes, "make pipes", "raise the limit of open files"},
    Row{SetupStep::make_group, "make control group", "see `doctor` for where groups can be made"},
    Row{SetupStep::open_bind, "open bind", "the source must exist on the host and be readable"},
    Row{SetupStep::send_order, "send order", "fewer or smaller files, arguments or descriptors"},
    Row{SetupStep::read_order, "read order", kReport},
    Row{SetupStep::clone_slot, "clone3", kNamespaces},
    Row{SetupStep::map_ids, "map ids", "user namespaces need a writable uid_map and gid_map"},
    Row{SetupStep::enter_group, "enter control group", "see `doctor` for where groups can be made"},
    Row{SetupStep::wait_for_launcher, "wait for the launcher", kReport},
    Row{SetupStep::new_session, "setsid", kReport},
    Row{SetupStep::become_slot_user, "become the set-up user", kNamespaces},
    Row{SetupStep::die_with_parent, "die with the parent", kReport},
    Row{SetupStep::set_host_name, "set host name", kNamespaces},
    Row{SetupStep::private_mounts, "make mounts private", kMount},
    Row{SetupStep::open_bind_inside, "open bind",
        "the source must exist on the host and be readable"},
    Row{SetupStep::mount_root, "mount root", kMount},
    Row{SetupStep::make_folder, "make folder", "no file may stand where a folder is needed"},
    Row{SetupStep::write_file, "write file",
        "files cannot be written below a bind or over another file"},
    Row{SetupStep::make_link, "make link", "nothing may stand where a link is needed"},
    Row{SetupStep::bind, "bind", kMount},
    Row{SetupStep::mount_slot_proc, "mount proc of the slot",
        "in a container, /proc must be unmasked"},
    Row{SetupStep::pivot_root, "pivot_root", kMount},
    Row{SetupStep::detach_old_root, "detach old root", kMount},
    Row{SetupStep::seal_root, "seal root", kMount},
    Row{SetupStep::make_slot_folder, "make folder of the slot",
        "TMPDIR, or /tmp, must be a folder that the caller can write and everybody can enter"},
    Row{SetupStep::bound_capabilities, "bound capabilities", kReport},
    Row{SetupStep::map_region, "map region", "more memory is needed"},
    Row{SetupStep::clone_init, "clone", kNamespaces},
    Row{SetupStep::mount_scratch, "mount scratch", kMount},
    Row{SetupStep::mount_files, "mount files", kMount},
    Row{SetupStep::mount_proc, "mount proc", "in a container, /proc must be unmasked"},
    Row{SetupStep::make_run_folder, "make folder of the run",
        "TMPDIR, or /tmp, must have room for the files of programs"},
    Row{SetupStep::make_ruleset, "make Landlock ruleset", kReport},
    Row{SetupStep::fork_payload, "fork", "allow more processes"},
    Row{SetupStep::drop_init_privilege, "drop init's privilege", kReport},
    Row{SetupStep::place_descriptors, "place descriptors", "allow more open files"},
    Row{SetupStep::set_limits, "set limits", kReport},
    Row{SetupStep::drop_privilege, "drop privilege", kReport},
    Row{SetupStep::change_folder, "change folder", "the working directory must exist inside"},
    Row{SetupStep::no_new_privileges, "no_new_privs", kReport},
    Row{SetupStep::restrict_files, "restrict files", kReport},
    Row{SetupStep::install_filter, "install filter", "the kernel must offer seccomp filters"},
    Row{SetupStep::install_listener, "install filter with listener",
        "the kernel must offer seccomp filters"},
    Row{SetupStep::execute, "execve",
        "the program must exist inside, executable; see Program::files and Program::binds"},
};

// A step comes as a number in a message: it may be none.
const Row& row_of(SetupStep step) {
  static constexpr Row kUnknown{SetupStep::execute, "unknown step", kReport};
  const auto index = static_cast<std::size_t>(step);
  return index < kRows.size() ? kRows[index] : kUnknown;
}

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].step) != i) return false;
  }
  return kRows.size() == static_cast<std::size_t>(SetupStep::execute) + 1;
}
static_assert(in_order(), "every step has its row");

}  // namespace

std::string_view name_of(SetupStep step) { return row_of(step).name; }

base::Error setup_error(SetupStep step, int code, std::string_view object) {
  const Row& row = row_of(step);
  std::string text = "sandbox: " + std::string{row.name} + ": ";
  if (!object.empty()) text += base::quoted(object) + ": ";
  text += base::describe_errno(code) + "; " + std::string{row.advice};
  return base::Error{base::Error::Kind::system, std::move(text)};
}

}  // namespace sandbox
