// Attacks on descriptors, timers, limits, priority and identity.
#include <csignal>

#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {
namespace {

std::vector<Row> descriptor_rows() {
  using enum Clause;
  return {
      {.clause = descriptors,
       .name = "open files",
       .probe = "descriptors/open_files",
       .expected = {.output = "EMFILE after 64\none more: worked\na high number: EBADF\n"}},
      {.clause = descriptors,
       .name = "open files of Node",
       .probe = "descriptors/open_files.mjs",
       .expected = {.output = "EMFILE true true\none more true\n"}},
      {.clause = descriptors,
       .name = "descriptors in flight",
       .probe = "descriptors/in_flight",
       .expected = {.output = "one descriptor: worked\nETOOMANYREFS, few sockets: 1\n"}},
      {.clause = event_objects,
       .name = "eventfd, timerfd, signalfd, epoll, inotify, pidfd",
       .probe = "descriptors/event_objects",
       .profile = Profile::node,  // others have no inotify
       .expected = {.pattern = "eventfd carries 5\n"
                               "([a-z]+: EMFILE, worked before: 1\n){6}"}},
      {.clause = event_objects,
       .name = "nested watches",
       .probe = "descriptors/watches",
       .expected = {.output = "watch a pipe: worked\nit is ready: 1\nnest: worked\n"
                              "circle: ELOOP\nnesting ends: 1\n"}},
      {.clause = event_objects,
       .name = "timers",
       .probe = "descriptors/timers",
       .expected = {.output = "one timer: worked\nrefused, few: 1\n"}},
      {.clause = event_objects,
       .name = "queued signals",
       .probe = "descriptors/queued_signals",
       .expected = {.output = "one signal: worked\nEAGAIN, few: 1\n"}},
      {.clause = event_objects,
       .name = "semaphores",
       .probe = "descriptors/semaphores.py",
       .expected = {.output = "works True\nENOSPC\nsemaphore ENOSPC\n"},
       .instead = {{Tier::d,
                    {.exit = {{Exit::Kind::exited, 1}},
                     .output = "",
                     .error_pattern = "PermissionError"}}}},
      {.clause = leaked_descriptors,
       .name = "descriptors of the caller without close-on-exec",
       .probe = "descriptors/leaked",
       .expected = {.pattern = "numbers: 0 1 2( 3)?\nlisted:( [0123]){3,4}\n"},
       .instead = {{Tier::d, {.output = "numbers: 0 1 2\nlisted: none\n"}}}},
  };
}

std::vector<Row> limit_rows() {
  using enum Clause;
  return {
      {.clause = raised_limits,
       .name = "hard limits, and those of init",
       .probe = "limits/raise_limits",
       .expected = {.output = "raised 0, of init 0\nlower: worked\n"}},
      {.clause = raised_limits,
       .name = "hard limits, by Python",
       .probe = "limits/raise_limits.py",
       .expected = {.output = "raised\nlowered (8, 8)\n"}},
      {.clause = init,
       .name = "init starved of its own limits",
       .probe = "limits/starve_init",
       .expected = {.exit = {{Exit::Kind::exited, 6}},
                    .artifacts = {{.path = "/tmp/result", .contents = {"kept"}}}}},
      {.clause = init,
       .name = "init traced, read and robbed",
       .probe = "syscalls/spy_on_init",
       .expected = {.output = "attach: EPERM\nseize: EPERM\nread memory: EPERM\n"
                              "mem: ENOENT\nmaps: ENOENT\n"
                              "environ: ENOENT\nauxv: ENOENT\n"
                              "exe: ENOENT\nfd: ENOENT\nroot: ENOENT\n"
                              "syscall: ENOENT\ntake a descriptor: EPERM\n"
                              "own memory: mine\n"},
       .instead = {{Tier::d,
                    {.output = "attach: EPERM\nseize: EPERM\nread memory: EPERM\n"
                               "mem: EACCES\nmaps: EACCES\n"
                               "environ: EACCES\nauxv: EACCES\n"
                               "exe: EACCES\nfd: EACCES\n"
                               "root: EACCES\nsyscall: EACCES\n"
                               "take a descriptor: EPERM\nown memory: \n"}}}},
      {.clause = priority,
       .name = "priority, scheduling, affinity",
       .probe = "privileges/priority",
       .expected = {.pattern = "better priority: E(ACCES|PERM)\n"
                               "better for its group: E(ACCES|PERM)\nworse for init: E[A-Z]+\n"
                               "fifo: EPERM\nround robin: EPERM\nparameters: EPERM\n"
                               "attributes: EPERM\naffinity: EPERM\naffinity of init: EPERM\n"
                               "disk: EPERM\nask affinity: worked\n"
                               "worse priority: (worked|EPERM)\n"}},
      {.clause = priority,
       .name = "clocks",
       .probe = "time/set_clock",
       .expected = {.output = "read clock: worked\nclock_settime: EPERM\nsettimeofday: EPERM\n"
                              "adjtimex: EPERM\nclock_adjtime: EPERM\n"}},
  };
}

// Without a mount of its own no file system is nosuid; the bits count for nothing all the same.
Expected set_uid_by_flag_alone(const std::string& more) {
  return {.pattern = "chmod u\\+s,g\\+s: (worked|EPERM)\nids ([1-9][0-9]*) \\2 \\2 \\2\n" + more +
                     "/usr nosuid [01]\n/tmp nosuid [01]\n/box nosuid [01]\n"
                     "no new privileges 1\n"};
}

std::vector<Row> identity_rows() {
  using enum Clause;
  return {
      // Of 1 the kernel takes that no helper may be started either; 0 keeps files away alone. See
      // core(5).
      {.clause = core_dumps,
       .name = "an abort leaves nothing and starts nobody",
       .probe = "privileges/core_dump",
       .expected = {.exit = {{Exit::Kind::signaled, SIGABRT}},
                    .output = "raise core: EPERM\ncore 1\n",
                    .artifacts = {{.path = "/tmp/core"}}}},
      {.clause = set_uid,
       .name = "calls that change ids and capabilities",
       .probe = "privileges/gain",
       .expected = {.output = "fsuid 1000\nids refused 6\ncapset: EPERM\nambient: EPERM\n"
                              "securebits: EPERM\nnew privileges: EINVAL\nown id: worked\n"
                              "uid 1000, euid 1000\n"},
       .instead = {{Tier::d,
                    {.pattern = "fsuid [1-9][0-9]*\nids refused [56]\ncapset: EPERM\n"
                                "ambient: EPERM\nsecurebits: EPERM\nnew privileges: EINVAL\n"
                                "own id: worked\nuid ([1-9][0-9]*), euid \\1\n"}}}},
      {.clause = set_uid,
       .name = "a set-uid copy of its own",
       .probe = "privileges/set_uid",
       .expected = {.output = "chmod u+s,g+s: worked\nids 1000 1000 1000 1000\n/usr nosuid 1\n"
                              "/tmp nosuid 1\n/box nosuid 1\nno new privileges 1\n"},
       .instead = {{Tier::d, set_uid_by_flag_alone("")}}},
      {.clause = set_uid,
       .name = "a set-uid program of the host's root",
       .probe = "privileges/set_uid",
       .arguments = {"{set-uid}"},
       .with_set_uid_program = true,
       .expected = {.output = "chmod u+s,g+s: worked\nids 1000 1000 1000 1000\n"
                              "ids 1000 1000 1000 1000\n/usr nosuid 1\n/tmp nosuid 1\n"
                              "/box nosuid 1\nno new privileges 1\n"},
       .instead = {{Tier::d, set_uid_by_flag_alone("ids \\2 \\2 \\2 \\2\n")}}},
      {.clause = set_uid,
       .name = "who it is",
       .probe = "privileges/identity",
       .expected = {.lines = {"uid 1000 gid 1000", "pid1 0 own session 1", "open: 0 1 2",
                              "host sandbox", "CapEff:\t0000000000000000",
                              "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"}},
       .instead = {{Tier::d,
                    {.lines = {"pid1 0 own session 1", "open: 0 1 2", "CapEff:\t0000000000000000",
                               "CapPrm:\t0000000000000000", "CapAmb:\t0000000000000000",
                               "NoNewPrivs:\t1", "Seccomp:\t2"}}}}},
  };
}

}  // namespace

std::vector<Row> object_rows() {
  std::vector<Row> all;
  for (const auto part : {descriptor_rows, limit_rows, identity_rows}) {
    for (Row& row : part()) all.push_back(std::move(row));
  }
  return all;
}

}  // namespace sandbox::test
