// The one function that calls kill(-1). Every case runs as a small world in a pid namespace of its
// own, so that a function that is wrong ends that world and nothing else.
#include "sandbox/launcher/kill_all.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <optional>

#include <doctest/doctest.h>

#include "sandbox/launcher/bare/tree.hpp"
#include "sandbox/wire/order.hpp"

using namespace sandbox;
using launcher::Bound;
using launcher::kill_all;

namespace {

constexpr std::uint32_t kUser = wire::kFirstHighId + 1;

bool can_make_worlds() {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int more = ::geteuid() == 0 ? 0 : CLONE_NEWUSER;
    ::_exit(::unshare(CLONE_NEWPID | more) == 0 ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
  MESSAGE("SKIPPED: no pid namespace is to be had here");
  return false;
}

// A process that answers as long as it lives.
class Echo {
 public:
  Echo() {
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) ::_exit(99);
    if (::fork() == 0) {
      ::close(pair[0]);
      for (char byte = 0; ::read(pair[1], &byte, 1) == 1;) (void)!::write(pair[1], &byte, 1);
      ::_exit(0);
    }
    ::close(pair[1]);
    socket_ = pair[0];
  }
  // Whoever has been killed does not come to answering.
  [[nodiscard]] bool is_alive() const {
    char byte = 0;
    return ::send(socket_, &byte, 1, MSG_NOSIGNAL) == 1 && ::read(socket_, &byte, 1) == 1;
  }

 private:
  int socket_ = -1;
};

// What the caller of kill_all says of itself, by its exit code.
enum Said { refused = 10, done = 11, not_to_be_had = 12 };
constexpr int kBystanderDied = 16;
constexpr int kBelowDied = 32;

struct Ending {
  int said = 0;  // 0: it was killed itself
  bool bystander_died = false;
  bool below_died = false;
};

void drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  (void)::syscall(SYS_capset, &header, none);
}

// Pid 1 of the world has two children: a bystander, and one that prepares itself, starts another
// below itself, and calls. What happened to whom comes back as an exit code. With `first_user`
// pid 1 has that id meanwhile.
using Prepare = std::function<std::optional<Bound>()>;
[[noreturn]] void live_in_world(const Prepare& prepare, std::uint32_t first_user) {
  const Echo bystander;
  std::array<int, 2> go{};
  if (::pipe2(go.data(), O_CLOEXEC) != 0) ::_exit(99);
  const pid_t caller = ::fork();
  if (caller == 0) {
    char byte = 0;
    if (::read(go[0], &byte, 1) != 1) ::_exit(98);
    const std::optional<Bound> bound = prepare();
    if (!bound) ::_exit(not_to_be_had);
    const Echo below;
    const int said = kill_all(*bound) ? done : refused;
    ::_exit(said | (below.is_alive() ? 0 : kBelowDied));
  }
  if (first_user != 0 && ::setresuid(first_user, first_user, first_user) != 0) ::_exit(94);
  int status = 0;
  if (::write(go[1], "", 1) != 1 || ::waitpid(caller, &status, 0) != caller) ::_exit(97);
  const int said = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  ::_exit(said | (bystander.is_alive() ? 0 : kBystanderDied));
}

Ending happens_when(const Prepare& prepare, std::uint32_t first_user = 0) {
  const pid_t maker = ::fork();
  REQUIRE(maker >= 0);
  if (maker == 0) {
    const int more = ::geteuid() == 0 ? 0 : CLONE_NEWUSER;
    if (::unshare(CLONE_NEWPID | more) != 0) ::_exit(96);
    const pid_t first = ::fork();
    if (first == 0) live_in_world(prepare, first_user);
    int status = 0;
    ::_exit(::waitpid(first, &status, 0) == first && WIFEXITED(status) ? WEXITSTATUS(status) : 95);
  }
  int status = 0;
  REQUIRE(::waitpid(maker, &status, 0) == maker);
  REQUIRE(WIFEXITED(status));
  const int code = WEXITSTATUS(status);
  REQUIRE(code < 64);
  return Ending{code & 15, (code & kBystanderDied) != 0, (code & kBelowDied) != 0};
}

void check_refused(const Prepare& prepare, std::uint32_t first_user = 0) {
  const Ending ending = happens_when(prepare, first_user);
  CHECK(ending.said == refused);
  CHECK_FALSE(ending.bystander_died);
  CHECK_FALSE(ending.below_died);
}

Bound scope_of(pid_t pid) { return {Bound::Kind::signal_scope, static_cast<std::uint32_t>(pid)}; }
Bound become(std::uint32_t user) {
  if (::setresuid(user, user, user) != 0) ::_exit(94);
  drop_capabilities();
  return {Bound::Kind::user, user};
}

// The parent only waits, and ends as the child does.
void go_on_in_child() {
  const pid_t child = ::fork();
  if (child == 0) return;
  int status = 0;
  ::waitpid(child, &status, 0);
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 0);
}

}  // namespace

TEST_SUITE("sandbox/launcher/kill_all") {
  TEST_CASE("nothing is killed by one that only says that it stands in a scope, a user, a pid 1") {
    if (!can_make_worlds()) return;
    check_refused([] { return scope_of(::getpid()); });
    check_refused([] { return scope_of(0); });
    check_refused([] { return Bound{Bound::Kind::pid_namespace}; });
    check_refused([] { return Bound{Bound::Kind::user, kUser}; });
    check_refused([] { return Bound{Bound::Kind::user, ::getuid()}; });
  }

  TEST_CASE("nothing is killed by the child of one that entered a scope, as that it is not") {
    if (!can_make_worlds()) return;
    const Ending ending = happens_when([]() -> std::optional<Bound> {
      const pid_t scoped = launcher::enter_signal_scope(6);
      if (scoped == 0) return std::nullopt;
      return scope_of(scoped + 1);
    });
    if (ending.said == not_to_be_had) {
      MESSAGE("SKIPPED: Landlock has no scopes here");
      return;
    }
    CHECK(ending.said == refused);
    CHECK_FALSE(ending.below_died);
  }

  TEST_CASE(
      "nothing is killed by a user that keeps a capability, or is not one of the high range") {
    if (!can_make_worlds()) return;
    if (::geteuid() != 0) {
      MESSAGE("SKIPPED: only root can become somebody else");
      return;
    }
    check_refused([] {  // everything but the id as it should be
      (void)::prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP);
      if (::setresuid(kUser, kUser, kUser) != 0) ::_exit(94);
      return Bound{Bound::Kind::user, kUser};
    });
    check_refused([] {  // a single one is enough, and it need not be in force
      (void)::prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP);
      if (::setresuid(kUser, kUser, kUser) != 0) ::_exit(94);
      __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
      const __user_cap_data_struct kill[2] = {{0, 1U << CAP_KILL, 0}, {}};
      if (::syscall(SYS_capset, &header, kill) != 0) ::_exit(94);
      return Bound{Bound::Kind::user, kUser};
    });
    check_refused([] { return become(65534); });
    check_refused([] {  // another than it says
      (void)become(kUser);
      return Bound{Bound::Kind::user, kUser + 2};
    });
    check_refused([] {  // root comes back
      if (::setresuid(kUser, kUser, 0) != 0) ::_exit(94);
      drop_capabilities();
      return Bound{Bound::Kind::user, kUser};
    });
  }

  TEST_CASE("nothing is killed by one that may signal its parent or pid 1, whatever else is true") {
    if (!can_make_worlds()) return;
    if (::geteuid() != 0) {
      MESSAGE("SKIPPED: only root can become somebody else");
      return;
    }
    check_refused([] {
      const Bound bound = become(kUser);
      go_on_in_child();
      return bound;
    });
    const Prepare apart = [] {
      go_on_in_child();
      return become(kUser);
    };
    check_refused(apart, kUser);
    CHECK(happens_when(apart).said == done);
  }

  TEST_CASE("one in a scope kills what is below it, and nothing else") {
    if (!can_make_worlds()) return;
    const Ending ending = happens_when([]() -> std::optional<Bound> {
      const pid_t scoped = launcher::enter_signal_scope(6);
      if (scoped == 0) return std::nullopt;
      return scope_of(scoped);
    });
    if (ending.said == not_to_be_had) {
      MESSAGE("SKIPPED: Landlock has no scopes here");
      return;
    }
    CHECK(ending.said == done);
    CHECK(ending.below_died);
    CHECK_FALSE(ending.bystander_died);
  }

  TEST_CASE("one that has become a user kills what that user has, and nothing else") {
    if (!can_make_worlds()) return;
    if (::geteuid() != 0) {
      MESSAGE("SKIPPED: only root can become somebody else");
      return;
    }
    const Ending ending = happens_when([] { return become(kUser); });
    CHECK(ending.said == done);
    CHECK(ending.below_died);
    CHECK_FALSE(ending.bystander_died);
  }

  TEST_CASE("a scope is not believed in where it cannot be told from another refusal") {
    if (!can_make_worlds()) return;
    // The parent is out of reach before, as it has another id.
    if (::geteuid() != 0) {
      MESSAGE("SKIPPED: only root can become somebody else");
      return;
    }
    check_refused([] {
      (void)become(kUser);
      const pid_t scoped = launcher::enter_signal_scope(6);
      if (scoped != 0) ::_exit(93);
      return scope_of(scoped);
    });
    CHECK(launcher::enter_signal_scope(5) == 0);
  }
}
