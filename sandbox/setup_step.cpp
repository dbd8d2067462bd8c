#include "sandbox/setup_step.hpp"

#include <array>
#include <cerrno>
#include <string>

#include "sandbox/base/check.hpp"
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
    Row{SetupStep::make_pipes, "make pipes", "raise the limit of open files"},
    Row{SetupStep::make_group, "make control group", "see `doctor` for where groups can be made"},
    Row{SetupStep::open_bind, "open bind", "the source must exist on the host and be readable"},
    Row{SetupStep::clone, "clone3", kNamespaces},
    Row{SetupStep::map_ids, "map ids", "user namespaces need a writable uid_map and gid_map"},
    Row{SetupStep::enter_group, "enter control group", "see `doctor` for where groups can be made"},
    Row{SetupStep::wait_for_caller, "wait for the caller", kReport},
    Row{SetupStep::new_session, "setsid", kReport},
    Row{SetupStep::become_init, "become the set-up user", kNamespaces},
    Row{SetupStep::die_with_caller, "die with the caller", kReport},
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
    Row{SetupStep::mount_scratch, "mount scratch", kMount},
    Row{SetupStep::mount_proc, "mount proc", "in a container, /proc must be unmasked"},
    Row{SetupStep::pivot_root, "pivot_root", kMount},
    Row{SetupStep::detach_old_root, "detach old root", kMount},
    Row{SetupStep::seal_root, "seal root", kMount},
    Row{SetupStep::drop_init_privilege, "drop init's privilege", kReport},
    Row{SetupStep::fork_payload, "fork", "allow more processes"},
    Row{SetupStep::place_descriptors, "place descriptors", "allow more open files"},
    Row{SetupStep::set_limits, "set limits", kReport},
    Row{SetupStep::drop_privilege, "drop privilege", kReport},
    Row{SetupStep::change_folder, "change folder", "the working directory must exist inside"},
    Row{SetupStep::no_new_privileges, "no_new_privs", kReport},
    Row{SetupStep::install_filter, "install filter", "the kernel must offer seccomp filters"},
    Row{SetupStep::install_listener, "install filter with listener",
        "the kernel must offer seccomp filters"},
    Row{SetupStep::execute, "execve",
        "the program must exist inside, executable; see Program::files and Program::binds"},
};

const Row& row_of(SetupStep step) {
  const auto index = static_cast<std::size_t>(step);
  JUDGE_CHECK(index < kRows.size() && kRows[index].step == step,
              "every set-up step has its row, in order");
  return kRows[index];
}

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
