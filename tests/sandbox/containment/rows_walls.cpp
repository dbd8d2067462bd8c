// Attacks on the walls themselves: network, namespaces, system calls.
#include <csignal>
#include <initializer_list>

#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {
namespace {

std::string others_pattern() {
  const auto all = [](std::initializer_list<const char*> names, const char* answer) {
    std::string lines;
    for (const char* name : names) lines.append(name).append(": ").append(answer).append("\n");
    return lines;
  };
  const char* const denied = "E[A-Z]+";
  const char* const worked = "worked";
  return all({"signal", "signal to parent", "pidfd signal", "ptrace", "limits of another",
              "environment of another", "memory of another", "socket", "socket inet"},
             denied) +
         all({"datagram pair", "raw pair"}, "(worked|EPERM)") + all({"pair"}, worked) +
         all({"connect by path", "connect by name", "send by path"}, denied) +
         all({"send to the other end"}, worked) +
         all({"read", "write", "empty while opening", "truncate", "chmod", "chown", "times",
              "attribute", "link", "rename", "delete", "list", "make", "make a link", "watch"},
             denied) +
         all({"own file", "own length", "own link", "own times", "own process"}, worked);
}

std::vector<Row> network_rows() {
  using enum Clause;
  return {
      {.clause = network,
       .name = "sockets of a program",
       .probe = "network/inet",
       .expected = {.output = "tcp: EPERM\nudp: EPERM\nicmp: EPERM\nraw: EPERM\nsctp: EPERM\n"
                              "mptcp: EPERM\ntcp 6: EPERM\nudp 6: EPERM\n"
                              "lying upper half: EPERM\nown pair: worked\n"
                              "pair of another family: EPERM\n"}},
      {.clause = network,
       .name = "Python",
       .probe = "network/reach_out.py",
       .expected = {.output = "loopback EPERM\nloopback 6 EPERM\noutside EPERM\nmetadata EPERM\n"
                              "dns no name\ndatagram EPERM\nlisten EPERM\nlocal b'x'\n"},
       .instead = {{Tier::d,
                    {.output = "loopback EPERM\nloopback 6 EPERM\noutside EPERM\nmetadata EPERM\n"
                               "dns no name\ndatagram EPERM\nlisten EPERM\n"
                               "local by name EPERM\nlocal b'x'\n"}}}},
      {.clause = network,
       .name = "Node",
       .probe = "network/reach_out.mjs",
       .expected = {.output = "metadata refused\nloopback refused\nloopback 6 refused\n"
                              "outside refused\nlookup refused\nresolve refused\n"
                              "datagram refused\nserver refused\nlocal server worked\n"
                              "local worked\n"},
       .instead = {{Tier::d,
                    {.output = "metadata refused\nloopback refused\nloopback 6 refused\n"
                               "outside refused\nlookup refused\nresolve refused\n"
                               "datagram refused\nserver refused\nlocal server refused\n"
                               "local refused\n"}}}},
      {.clause = families,
       .name = "for a program",
       .probe = "network/families",
       .expected = {.output = "worked:\nown pair: 0\n"}},
      {.clause = families,
       .name = "for a runtime",
       .probe = "network/families",
       .profile = Profile::node,
       .expected = {.output = "worked: 1\nown pair: 0\n"},
       .instead = {{Tier::d, {.output = "worked:\nown pair: 0\n"}}}},
      {.clause = host_sockets,
       .name = "abstract and with a path",
       .probe = "network/host_sockets.py",
       .arguments = {"{secret}", "{socket}"},
       .expected = {.output = "abstract ECONNREFUSED\npath ENOENT\nknown ENOENT\nknown ENOENT\n"
                              "known ENOENT\nown abstract worked\n"},
       .instead = {{Tier::d,
                    {.output = "abstract EPERM\npath EPERM\nknown EPERM\nknown EPERM\n"
                               "known EPERM\nno socket by name\n"}}}},
      {.clause = host_sockets,
       .name = "what belongs to others, by every call",
       .probe = "network/reach_others",
       .arguments = {"1", "{socket}", "{secret}", "{outside}", "/var/tmp"},
       .expected = {.pattern = others_pattern()}},
  };
}

std::string unshare_output() {
  std::string all;
  for (const char* kind : {"user", "mount", "pid", "net", "ipc", "uts", "cgroup"}) {
    all.append(kind).append(" unshare: EPERM\n");
    all.append(kind).append(" clone3: ENOSYS\n");
    all.append(kind).append(" clone: EPERM\n");
  }
  return all + "time unshare: EPERM\ntime clone3: ENOSYS\nplain clone: worked\n";
}

std::vector<Row> namespace_rows() {
  using enum Clause;
  return {
      {.clause = namespaces,
       .name = "every wall stands",
       .probe = "privileges/confined",
       .expected = {.exit = {{Exit::Kind::exited, 7}}}},
      {.clause = namespaces,
       .name = "made by every flag",
       .probe = "namespaces/unshare",
       .expected = {.output = unshare_output()}},
      {.clause = namespaces,
       .name = "another root",
       .probe = "namespaces/change_root",
       .expected = {.output = "chroot: EPERM\nchroot here: EPERM\nback to what was held: worked\n"
                              "shadow: ENOENT\nprogram: worked\nown folder: worked\n"},
       .instead = {{Tier::d,
                    {.output = "chroot: EPERM\nchroot here: EPERM\n"
                               "back to what was held: worked\nshadow: EACCES\n"
                               "program: worked\nown folder: worked\n"}}}},
      {.clause = namespaces,
       .name = "those of init",
       .probe = "namespaces/enter_others.py",
       .expected = {.output = "user ENOENT\nmnt ENOENT\npid ENOENT\nnet ENOENT\nipc ENOENT\n"
                              "uts ENOENT\nown True\n"},
       .instead = {{Tier::d,
                    {.output = "user EACCES\nmnt EACCES\npid EACCES\nnet EACCES\nipc EACCES\n"
                               "uts EACCES\nown True\n"}}}},
  };
}

std::string rare_pattern() {
  std::string all;
  for (const char* name : {"add_key",
                           "request_key",
                           "keyctl",
                           "userfaultfd",
                           "perf_event_open",
                           "fanotify_init",
                           "name_to_handle_at",
                           "kcmp",
                           "process_vm_readv",
                           "pidfd_getfd",
                           "ptrace",
                           "io_uring_setup",
                           "io_setup",
                           "vmsplice",
                           "move_pages",
                           "migrate_pages",
                           "mbind",
                           "set_mempolicy",
                           "set_mempolicy_home_node",
                           "syslog",
                           "vhangup",
                           "seccomp",
                           "lookup_dcookie",
                           "memfd_secret",
                           "sethostname",
                           "setdomainname"}) {
    all.append(name).append(": E(PERM|NOSYS)\n");
  }
  // Addresses that are not random weaken nobody but the program.
  return all + "personality: worked\ngetpid: worked\n";
}

std::vector<Row> call_rows() {
  using enum Clause;
  return {
      {.clause = rare_calls,
       .name = "one after the other",
       .probe = "syscalls/rare_calls",
       .expected = {.pattern = rare_pattern()}},
      {.clause = rare_calls,
       .name = "calls that tools may try",
       .probe = "syscalls/denied_calls",
       .expected = {.lines = {"ptrace EPERM", "unshare EPERM", "clone3 ENOSYS", "io_uring ENOSYS",
                              "unknown ENOSYS", "socketpair worked", "fork worked"}}},
      {.clause = rare_calls,
       .name = "numbers that nobody knows",
       .probe = "syscalls/unknown_calls",
       .expected = {.output = "0 known, none above: 1, own pid: 1\n"}},
      {.clause = rare_calls,
       .name = "a filter of its own",
       .probe = "syscalls/own_filter",
       .expected = {.output = "seccomp call: EPERM\nlistener: EPERM\nsocket: EPERM\n"
                              "unshare: EPERM\ngetpid: worked\n"}},
      {.clause = terminal,
       .name = "keys, by every name of the request",
       .probe = "syscalls/terminal",
       .expected = {.output = "TIOCSTI: EPERM\nTIOCSTI, lying: EPERM\nTIOCLINUX: EPERM\n"
                              "TIOCLINUX, lying: EPERM\nTIOCSTI on error: EPERM\n"
                              "TIOCSCTTY: ENOTTY\n/dev/tty: ENOENT\n/dev/console: ENOENT\n"
                              "new terminal: ENOENT\nFIONREAD: worked\nwaiting 3\n"},
       .instead = {{Tier::d,
                    {.output = "TIOCSTI: EPERM\nTIOCSTI, lying: EPERM\nTIOCLINUX: EPERM\n"
                               "TIOCLINUX, lying: EPERM\nTIOCSTI on error: EPERM\n"
                               "TIOCSCTTY: ENOTTY\n/dev/tty: EACCES\n/dev/console: EACCES\n"
                               "new terminal: EACCES\nFIONREAD: worked\nwaiting 3\n"}}}},
  };
}

std::vector<Row> forbidden_rows() {
  using enum Clause;
  std::vector<Row> rows = {
      {.clause = forbidden_calls,
       .name = "none",
       .probe = "syscalls/forbidden_call",
       .arguments = {"none"},
       .expected = {.output = "survived\n"}},
  };
  for (const std::string name : {"acct",
                                 "bpf",
                                 "delete_module",
                                 "finit_module",
                                 "fsconfig",
                                 "fsmount",
                                 "fsopen",
                                 "fspick",
                                 "init_module",
                                 "ioperm",
                                 "iopl",
                                 "kexec_file_load",
                                 "kexec_load",
                                 "mount",
                                 "mount_setattr",
                                 "move_mount",
                                 "open_by_handle_at",
                                 "open_tree",
                                 "pivot_root",
                                 "process_vm_writev",
                                 "quotactl",
                                 "quotactl_fd",
                                 "reboot",
                                 "setns",
                                 "swapoff",
                                 "swapon",
                                 "umount2"}) {
    rows.push_back(
        {.clause = forbidden_calls,
         .name = name,
         .probe = "syscalls/forbidden_call",
         .arguments = {name},
         .expected = {.ended_by = {EndedBy::forbidden_syscall}, .output = "", .forbidden = name}});
  }
  return rows;
}

std::vector<Row> entry_rows() {
  using enum Clause;
  std::vector<Row> rows;
#if defined(__x86_64__)
  for (const std::string entry : {"i386", "x32"}) {
    rows.push_back({.clause = foreign_entry,
                    .name = entry,
                    .probe = "syscalls/foreign_entry",
                    .arguments = {entry},
                    .expected = {.ended_by = {EndedBy::forbidden_syscall},
                                 .output = "",
                                 .forbidden = "foreign entry"}});
  }
#endif
  rows.push_back({.clause = foreign_entry,
                  .name = "the own one",
                  .probe = "syscalls/foreign_entry",
                  .arguments = {"native"},
                  .expected = {.output = "survived\n"}});
  return rows;
}

}  // namespace

std::vector<Row> wall_rows() {
  std::vector<Row> all;
  for (const auto part : {network_rows, namespace_rows, call_rows, forbidden_rows, entry_rows}) {
    for (Row& row : part()) all.push_back(std::move(row));
  }
  return all;
}

}  // namespace sandbox::test
