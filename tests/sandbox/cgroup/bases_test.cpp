#include "sandbox/cgroup/bases.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include <doctest/doctest.h>

using sandbox::cgroup::own_folders;
using Folders = std::vector<std::string>;

TEST_SUITE("sandbox/cgroup/bases") {
  TEST_CASE("a version 1 controller is looked for below our own group first, then above it") {
    const char* groups = "4:memory:/user/alice\n1:cpu,cpuacct:/\n0::/\n";
    const char* mounts =
        "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
        "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n";
    CHECK(own_folders(groups, mounts, "memory") == Folders{"/sys/fs/cgroup/memory/user/alice",
                                                           "/sys/fs/cgroup/memory/user",
                                                           "/sys/fs/cgroup/memory"});
    CHECK(own_folders(groups, mounts, "cpuacct") == Folders{"/sys/fs/cgroup/cpu,cpuacct"});
    CHECK(own_folders(groups, mounts, "pids").empty());
    CHECK(own_folders(groups, mounts, "").empty());
  }

  TEST_CASE("version 2 is the entry without controllers") {
    CHECK(own_folders("0::/user.slice/session-1.scope\n",
                      "30 25 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw,nsdelegate\n",
                      "") == Folders{"/sys/fs/cgroup/user.slice/session-1.scope",
                                     "/sys/fs/cgroup/user.slice", "/sys/fs/cgroup"});
  }

  TEST_CASE("in a container only the part of the hierarchy below the mount's root is visible") {
    const char* mounts =
        "35 31 0:32 /docker/c1 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
    CHECK(own_folders("4:memory:/docker/c1\n", mounts, "memory") ==
          Folders{"/sys/fs/cgroup/memory"});
    CHECK(own_folders("4:memory:/docker/c1/x\n", mounts, "memory") ==
          Folders{"/sys/fs/cgroup/memory/x", "/sys/fs/cgroup/memory"});
    for (const char* groups :
         {"4:memory:/elsewhere\n", "4:memory:/docker/c10/x\n", "4:memory:x\n", "4:memory:\n"}) {
      CHECK(own_folders(groups, mounts, "memory") == Folders{"/sys/fs/cgroup/memory"});
    }
  }

  TEST_CASE("groups of a dead maker are swept unless they are young, those of a living one stay") {
    const sandbox::cgroup::Bases bases = sandbox::cgroup::find_bases(sandbox::cgroup::Choice::any);
    if (bases.cpu.version == sandbox::cgroup::Version::none) {
      MESSAGE("SKIPPED: no control groups here");
      return;
    }
    const pid_t dead = ::fork();
    if (dead == 0) ::_exit(0);
    REQUIRE(::waitpid(dead, nullptr, 0) == dead);
    const auto make = [&](pid_t maker, const char* number, bool old) {
      const std::string path = bases.cpu.folder + "/judge-" + std::to_string(maker) + "-" + number;
      REQUIRE(::mkdir(path.c_str(), 0755) == 0);
      const timespec times[2] = {{1000, 0}, {1000, 0}};
      if (old) REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
      return path;
    };
    const std::string stale = make(dead, "900", true);
    const std::string young = make(dead, "901", false);
    const std::string alive = make(::getpid(), "902", true);
    sweep_stale_groups(bases);
    CHECK(::access(stale.c_str(), F_OK) != 0);
    CHECK(::rmdir(young.c_str()) == 0);
    CHECK(::rmdir(alive.c_str()) == 0);
  }
}
