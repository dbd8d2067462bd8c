// Attacks on files: of the host, of other runs, of the system; and on the scratch space.
#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;

// A folder has no cap: what is in it is looked at, and too much ends the run.
std::vector<Instead> ended_when_watched() {
  return {{Tier::d, {.ended_by = {EndedBy::scratch_limit}}}};
}

std::vector<Row> scratch_rows() {
  using enum Clause;
  return {
      {.clause = scratch,
       .name = "bytes",
       .probe = "files/fill_scratch",
       .arguments = {"bytes"},
       .expected = {.output = "ENOSPC after 16 MiB\n"},
       .instead = ended_when_watched()},
      {.clause = scratch,
       .name = "bytes in /dev/shm",
       .probe = "files/fill_scratch",
       .arguments = {"shm"},
       .expected = {.output = "ENOSPC after 16 MiB\n"},
       .instead = {{Tier::d, {.output = "Bad file descriptor after 0 MiB\n"}}}},
      {.clause = scratch,
       .name = "files",
       .probe = "files/fill_scratch",
       .arguments = {"files"},
       .expected = {.output = "ENOSPC after 200 files\n"},
       .instead = ended_when_watched()},
      {.clause = scratch,
       .name = "names of one file",
       .probe = "files/hard_links",
       .expected = {.output = "link a host file: EXDEV\nlink the program: EXDEV\n"
                              "ENOSPC, one worked: 1, few: 1\n"},
       .instead = {{Tier::d,
                    {.ended_by = {EndedBy::scratch_limit},
                     .pattern = "link a host file: E[A-Z]+\nlink the program: E[A-Z]+\n"}}}},
      {.clause = scratch,
       .name = "extended attributes",
       .probe = "files/attributes",
       .expected = {.ended_by = {EndedBy::program, EndedBy::memory_limit},
                    .pattern = "starts\n(E[A-Z]+, at most 64 MiB: 1\n)?"}},
      {.clause = odd_names,
       .name = "deep folders",
       .probe = "files/deep_folders",
       .expected = {.output = "ENOSPC after 200\n"},
       .instead = ended_when_watched()},
      {.clause = odd_names,
       .name = "names with line feeds, escapes, no UTF-8, too long",
       .probe = "files/odd_names.py",
       .expected = {.output = "made\nmade\nmade\nmade\nmade\nmade\nENAMETOOLONG\nENAMETOOLONG\n"
                              "6\n",
                    .artifacts = {{.path = "/tmp/a\nb", .contents = {""}},
                                  {.path = "/tmp/\xff\xfe", .contents = {""}},
                                  {.path = "/tmp/" + std::string(300, 'y')}}}},
      {.clause = huge_arguments,
       .name = "arguments for its own programs",
       .probe = "limits/huge_arguments",
       .expected = {.output = "one large: E2BIG\nlarge environment: E2BIG\nmany: E2BIG\n"
                              "small: worked\n"}},
  };
}

std::vector<Row> host_rows() {
  using enum Clause;
  return {
      {.clause = host_files,
       .name = "secrets, devices and other users",
       .probe = "files/host_files.py",
       .arguments = {"{outside}", "{socket}"},
       // What /proc tells of kernel and processors is no secret; kernel messages cannot be opened.
       .expected = {.lines = {"seen: /proc/cmdline /proc/kallsyms /proc/kmsg /proc/sys",
                              "dev: fd full null random shm stderr stdin stdout urandom zero",
                              "etc: alternatives group hosts ld.so.cache nsswitch.conf passwd",
                              "opened: /proc/cmdline /proc/kallsyms /proc/sys",
                              "others:", "needed: True"}},
       .instead = {{Tier::d,
                    {.lines = {"dev: refused", "etc: refused", "top: refused",
                               "opened:", "others:", "needed: True"}}}}},
      {.clause = host_files,
       .name = "which files there are",
       .probe = "files/host_files.py",
       .expected = {.lines = {"seen: /proc/cmdline /proc/kallsyms /proc/kmsg /proc/sys"}},
       .not_expressible = {{.tier = Tier::d,
                            .why =
                                "Landlock refuses to open, not to ask whether a name is there"}}},
      {.clause = host_files,
       .name = "the ways up",
       .probe = "files/climb_out",
       .expected = {.output = "dots: 1\nown root: 1\nfrom scratch: 1\nlink: 1\n"
                              "shadow by dots: ENOENT\nshadow by link: ENOENT\n"
                              "init's root: ENOENT\ninit's folder: ENOENT\n"
                              "program by link: worked\n"},
       .instead = {{Tier::d,
                    {.output = "dots: 1\nown root: 1\nfrom scratch: 1\nlink: 1\n"
                               "shadow by dots: EACCES\nshadow by link: EACCES\n"
                               "init's root: EACCES\ninit's folder: EACCES\n"
                               "program by link: worked\n"}}}},
      {.clause = host_files,
       .name = "places to read and to write",
       .probe = "files/look_around",
       .arguments = {"{outside}"},
       .expected = {.lines = {"write /usr/bin/new: EROFS", "write /etc/passwd: EROFS",
                              "write program: EROFS", "write box: EROFS", "write scratch: worked",
                              "write outside: ENOENT", "outside read: ENOENT",
                              "write /dev/null: worked", "read /etc/shadow: ENOENT",
                              "read /root: ENOENT", "read /proc/1/environ: ENOENT",
                              "read /usr/bin/env: worked", "chmod program: EROFS",
                              "unlink program: EROFS", "rename box: EXDEV", "processes seen: 1"}},
       .instead =
           {{Tier::d,
             {.lines = {"write /usr/bin/new: EACCES", "write /etc/passwd: EACCES",
                        "write program: EACCES", "write box: EACCES", "write scratch: worked",
                        "write outside: EACCES", "outside read: EACCES", "write /dev/null: worked",
                        "read /etc/shadow: EACCES", "read /root: EACCES",
                        "read /proc/1/environ: EACCES", "read /usr/bin/env: worked",
                        "chmod program: EPERM", "unlink program: EACCES", "rename box: EACCES"}}}}},
      {.clause = environments,
       .name = "of the caller and of init",
       .probe = "files/environment",
       .expected = {.pattern = "HOME=/tmp\nPATH=/usr/bin:/bin\nJUDGE_MARK=[0-9-]+\n"
                               "environ of init: ENOENT\ncommand of init: ENOENT\n"
                               "environ of parent: ENOENT\nown environ: worked\n"},
       .instead = {{Tier::d,
                    {.pattern = "HOME=/tmp\nPATH=/usr/bin:/bin\nJUDGE_MARK=[0-9-]+\nTMPDIR=/tmp\n"
                                "environ of init: EACCES\ncommand of init: EACCES\n"
                                "environ of parent: EACCES\nown environ: EACCES\n"}}}},
      {.clause = earlier_runs,
       .name = "files, objects and locks",
       .probe = "files/earlier_state",
       .arguments = {"look"},
       .before = {"leave"},
       .expected = {.output = "entries: 0, /dev/shm 0\nfile: ENOENT\nshared object: ENOENT\n"
                              "own file: worked\n"},
       .instead = {{Tier::d,
                    {.output = "entries: 0, /dev/shm -2\nfile: ENOENT\nshared object: ENOENT\n"
                               "own file: worked\n"}}}},
      {.clause = earlier_runs,
       .name = "a run beside it",
       .probe = "files/neighbour.py",
       .arguments = {"look"},
       .beside = {"hold"},
       .expected = {.output = "connect ECONNREFUSED\nlock ENOENT\nobject ENOENT\nothers 0\n"
                              "alone True\n"},
       .instead = {{Tier::d,
                    {.output = "connect EPERM\nlock ENOENT\nobject ENOENT\nothers out of sight\n"
                               "alone True\n"}}}},
  };
}

std::vector<Row> system_rows() {
  using enum Clause;
  return {
      {.clause = system_writes,
       .name = "settings",
       .probe = "files/system_writes",
       .expected = {.pattern =
                        "/proc/sys/kernel/core_pattern: E(ACCES|NOENT)\n"
                        "/proc/sys/kernel/modprobe: E(ACCES|NOENT)\n"
                        "/proc/sys/vm/drop_caches: E(ACCES|NOENT)\n"
                        "/proc/sysrq-trigger: E(ACCES|NOENT)\n/proc/self/uid_map: E(ACCES|PERM)\n"
                        "/proc/self/gid_map: E(ACCES|PERM)\n"
                        "/proc/self/setgroups: E(ACCES|PERM)\n"
                        "/proc/self/oom_score_adj: E(ACCES|PERM)\n"
                        "/proc/self/oom_adj: E(ACCES|PERM)\n"
                        "/proc/1/oom_score_adj: E(ACCES|NOENT)\n"
                        "/proc/self/mem: E[A-Z]+\n/proc/self/timerslack_ns: (worked|E[A-Z]+)\n"
                        "/sys/kernel/uevent_helper: E(ACCES|NOENT)\n"
                        "/sys/kernel/mm/transparent_hugepage/enabled: E(ACCES|NOENT)\n"
                        "/proc/self/comm: (worked|EACCES)\n"}},
      {.clause = system_writes,
       .name = "control groups",
       .probe = "files/control_groups.py",
       .expected = {.output = "files:\nnames: /\nmounted: False\nown status: True 1\n"},
       .instead = {{Tier::d, {.output = "files:\nout of sight\nown status: True 0\n"}}}},
      // flock and inotify work on whatever can be opened for reading. Two runs at the same time can
      // so pass each other bits; nobody else is harmed: no service of the host waits for locks
      // below /usr. Refusing flock would break package managers and build tools inside.
      {.clause = locks,
       .name = "leases, record locks, flock",
       .probe = "files/locks",
       .expected = {.pattern = "lease on a host file: E[A-Z]+\n"
                               "write lease on a host file: E[A-Z]+\n"
                               "notify on a host folder: (worked|E[A-Z]+)\n"
                               "record lock on a host file: EBADF\n"
                               "open record lock on a host file: EBADF\n"
                               "flock on a host file: worked\n"
                               "record lock on an own file: worked\n"
                               "flock on an own file: worked\n"}},
  };
}

}  // namespace

std::vector<Row> file_rows() {
  std::vector<Row> all;
  for (const auto part : {scratch_rows, host_rows, system_rows}) {
    for (Row& row : part()) all.push_back(std::move(row));
  }
  return all;
}

}  // namespace sandbox::test
