// Failure injection: every system call that launcher, slot, init and payload make is made to fail,
// one after the other. Whatever comes of it has to be either the right report, with every wall in
// its place, or an error that says what failed; nothing may hang and nothing may be left.
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <optional>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "sandbox/filter/filter.hpp"
#include "tests/sandbox/launcher/interception.hpp"
#include "tests/sandbox/launcher/remains.hpp"
#include "tests/sandbox/support.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

// One program that needs every step.
Program demanding() {
  Program program = probe("confined");
  program.files.push_back(File{"/opt/tools/data", text("content"), false});
  program.environment = {"A=1"};
  program.input = text("some input\n");
  program.artifacts = {Artifact{"/tmp/left", 1_KiB}, Artifact{"/tmp/none", 1_KiB}};
  return program;
}

// Without a listener of its own: it could not be had beneath ours.
std::optional<Host> host_of(Tier best) {
  ProbeOptions options;
  options.best = best;
  options.use_listener = false;
  auto probed = Host::probe(options);
  if (probed) return std::move(*probed);
  MESSAGE("SKIPPED: " << probed.error().message());
  return std::nullopt;
}

// Empty for the right report, with the program's own words as ever: what differs in them is a wall
// that fell.
std::string fault_of(const base::Result<RunReport>& result, const std::string& output) {
  if (!result) return result.error().message();
  if (result->ended_by != EndedBy::program) return "not ended by the program";
  if (result->exit != Exit{Exit::Kind::exited, 7}) {
    return "exit " + std::to_string(result->exit.value);
  }
  if (result->standard_output != output) return "output " + result->standard_output;
  if (result->artifacts.size() != 2) return "artifacts are missing";
  const CollectedArtifact& left = result->artifacts.front();
  return left.content ? "" : "sandbox: artifact: " + left.why_absent;
}

// `sandbox: step: ...: description (ENAME); ...`, or who was killed. The caller's own calls are
// named themselves.
bool is_explained(Role role, const std::string& message) {
  if (role == Role::caller) return message.find(" (E") != std::string::npos;
  if (!message.starts_with("sandbox: ")) return false;
  const std::size_t step = message.find(": ", std::strlen("sandbox: "));
  if (step != std::string::npos && message.find(" (E", step) != std::string::npos) return true;
  return message == "sandbox: the run was killed from outside";
}

// Walls of no account that go when a call fails: the program sees these lines change and nothing
// else. The C library's two signals stay ignored; no program without threads ever meets them.
std::string without_best_effort(const Fault& fault, std::string output) {
  // Without namespaces the id of a slot's programs is seen, and each slot has another.
  output = std::regex_replace(output, std::regex{"\\b(1[89]|2[01])[0-9]{8}\\b"}, "an id");
  if (fault.role != Role::launcher || fault.call != SYS_rt_sigaction) return output;
  const std::size_t line = output.find("SigIgn:");
  return line == std::string::npos ? output : output.erase(line, output.find('\n', line) - line);
}

class Laboratory {
 public:
  explicit Laboratory(Host& host) : host_{host} {
    CHECK(::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
    const std::vector<sock_filter> harmless{BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
    run_under(harmless, [&] {
      host_.abandon_runs();
      if (auto report = run(host_, program_, usual_limits())) output_ = report->standard_output;
      host_.abandon_runs();
    });
    calls_ = observe_calls([&] { (void)attempt({}, [] { return false; }); });
    before_ = count_remains();
  }
  [[nodiscard]] const std::vector<Observed>& calls() const { return calls_; }
  [[nodiscard]] const std::string& output() const { return output_; }
  [[nodiscard]] unsigned fired() const { return fired_; }

  // What is wrong with what came of it; empty: nothing.
  std::string complaints(const Fault& fault);

 private:
  struct Attempt {
    std::vector<std::string> faults;  // of the runs, in order
    bool recovered = true;            // a later run had the right report
  };
  // A launcher and a slot of its own; two runs, the second in a used slot, until the fault is met;
  // then up to two more. (A slot may end with a right report on its lips: the next run meets that.)
  Attempt attempt(const Fault& fault, const std::function<bool()>& fired);

  Host& host_;
  Program program_ = demanding();
  std::vector<Observed> calls_;
  std::string output_;
  Remains before_;
  unsigned fired_ = 0;
};

Laboratory::Attempt Laboratory::attempt(const Fault& fault, const std::function<bool()>& fired) {
  Attempt made;
  const auto run_once = [&] {
    auto report = run(host_, program_, usual_limits());
    if (report) report->standard_output = without_best_effort(fault, report->standard_output);
    made.faults.push_back(fault_of(report, without_best_effort(fault, output_)));
    return made.faults.back().empty();
  };
  host_.abandon_runs();
  for (int i = 0; i < 2 && !fired(); ++i) (void)run_once();
  if (fired()) made.recovered = run_once() || run_once();
  host_.abandon_runs();
  return made;
}

std::string Laboratory::complaints(const Fault& fault) {
  Attempt made;
  const Outcome outcome =
      inject(fault, [&](const std::function<bool()>& fired) { made = attempt(fault, fired); });
  if (outcome.failed > 0) ++fired_;
  std::string all = outcome.hung ? "\nhung" : "";
  for (const std::string& one : made.faults) {
    if (!one.empty() && (outcome.failed == 0 || !is_explained(fault.role, one))) all += "\n" + one;
  }
  if (fault.nth != 0 && !made.recovered) all += "\nthe runs after it: " + made.faults.back();
  const Remains left = await_remains(before_);
  if (is_more(left, before_)) {
    all += "\nleft " + to_text(left) + " instead of " + to_text(before_);
  }
  if (all.empty()) return all;
  const std::string nth = fault.nth == 0 ? "always" : std::to_string(fault.nth);
  return std::string{name_of(fault.role)} + ": " + name_of_syscall(fault.call) + " " + nth + all;
}

bool is_ours(Role role) { return role != Role::caller && role != Role::program; }

// All of them; of those made very often the first, the last and one between.
std::vector<unsigned> occurrences(const Observed& call) {
  constexpr unsigned kMany = 48;
  if (call.count > kMany) return {1, call.count / 2, call.count};
  std::vector<unsigned> all;
  for (unsigned nth = 1; nth <= call.count; ++nth) all.push_back(nth);
  return all;
}

// Of the caller, what stands between it and the launcher. (Its other calls are about files and
// groups of the host, and each has its own error.)
constexpr std::array kCallerCalls{SYS_memfd_create, SYS_socketpair, SYS_clone3,   SYS_pidfd_open,
                                  SYS_ftruncate,    SYS_sendmsg,    SYS_recvmsg,  SYS_pipe2,
                                  SYS_open_tree,    SYS_mkdir,      SYS_prlimit64};

void check_once(Host& host) {
  Laboratory laboratory{host};
  REQUIRE(laboratory.output().find("keys EPERM\n") != std::string::npos);
  unsigned attempts = 0;
  for (const Observed& call : laboratory.calls()) {
    if (!is_ours(call.role)) continue;
    for (const unsigned nth : occurrences(call)) {
      CHECK(laboratory.complaints({call.role, call.call, nth, EPERM}) == "");
      ++attempts;
    }
  }
  MESSAGE(attempts << " attempts, " << laboratory.fired() << " failures met");
  // Not all: who of launcher and slot cleans up depends on the course of events.
  CHECK(laboratory.fired() >= 300);
}

void check_always(Host& host) {
  Laboratory laboratory{host};
  for (const Observed& call : laboratory.calls()) {
    if (!is_ours(call.role)) continue;
    for (const int code : {EPERM, ENOSYS, ENOMEM}) {
      CHECK(laboratory.complaints({call.role, call.call, 0, code}) == "");
    }
  }
}

// For what slots without namespaces leave behind that could not remove it.
class OwnFolder {
 public:
  OwnFolder() {
    REQUIRE(::mkdtemp(path_) != nullptr);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): there are no other threads
    REQUIRE((::chmod(path_, 0755) == 0 && ::setenv("TMPDIR", path_, 1) == 0));
  }
  ~OwnFolder() {
    (void)::unsetenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): as above
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  OwnFolder(OwnFolder&&) = delete;
  OwnFolder& operator=(OwnFolder&&) = delete;

 private:
  char path_[40] = "/tmp/sandbox-injection-XXXXXX";
};

// Free numbers below the limit of open files: `spare` of them.
class FewDescriptors {
 public:
  explicit FewDescriptors(int spare) {
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before_) == 0);
    rlim_t limit = 0;
    for (int free = 0; limit < before_.rlim_cur; ++limit) {
      const bool is_free = ::fcntl(static_cast<int>(limit), F_GETFD) < 0;
      if (is_free && free++ == spare) break;
    }
    const rlimit few{limit, before_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  }
  ~FewDescriptors() { (void)::setrlimit(RLIMIT_NOFILE, &before_); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;
  FewDescriptors(FewDescriptors&&) = delete;
  FewDescriptors& operator=(FewDescriptors&&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_SUITE("sandbox/launcher/injection") {
  TEST_CASE("any one call that fails once is named or does no harm, and the next run is right") {
    if (auto host = host_of(Tier::a)) check_once(*host);
  }

  TEST_CASE("a call that always fails is named or does no harm, whatever it fails with") {
    if (auto host = host_of(Tier::a)) check_always(*host);
  }

  TEST_CASE("without namespaces a call that fails once is named or does no harm, too") {
    const OwnFolder folder;
    if (auto host = host_of(Tier::d)) check_once(*host);
  }

  TEST_CASE("without namespaces a call that always fails is named or does no harm, too") {
    const OwnFolder folder;
    if (auto host = host_of(Tier::d)) check_always(*host);
  }

  TEST_CASE("a caller whose calls fail gets an error, leaves nothing and can go on") {
    auto host = host_of(Tier::a);
    if (!host) return;
    Laboratory laboratory{*host};
    for (const Observed& call : laboratory.calls()) {
      const bool chosen =
          std::find(kCallerCalls.begin(), kCallerCalls.end(), call.call) != kCallerCalls.end();
      if (call.role != Role::caller || !chosen) continue;
      for (const unsigned nth : occurrences(call)) {
        CHECK(laboratory.complaints({call.role, call.call, nth, EPERM}) == "");
      }
    }
    CHECK(laboratory.fired() >= 20);
  }

  TEST_CASE("descriptors run out at any moment: an error, never a program less guarded") {
    auto probed = Host::probe();
    if (!probed) {
      MESSAGE("SKIPPED: " << probed.error().message());
      return;
    }
    const Program attack = probe("forbidden_call", {"mount"});
    const Remains before = count_remains();
    int refused = 0;
    int named = 0;
    for (int spare = 0; spare < 48; ++spare) {
      CAPTURE(spare);
      probed->abandon_runs();
      std::string message;
      std::string call;
      {
        const FewDescriptors few{spare};
        auto report = run(*probed, attack, usual_limits());
        if (report) {
          call = report->forbidden_syscall.value_or("not named");
        } else {
          message = report.error().message();
        }
      }
      if (message.empty()) {
        CHECK(call == "mount");
        ++named;
      } else {
        const bool explained = message.find("(EMFILE)") != std::string::npos;
        CHECK_MESSAGE(explained, message);
        ++refused;
      }
    }
    CHECK(refused >= 5);
    CHECK(named >= 5);
    probed->abandon_runs();
    CHECK(await_remains(before).descriptors <= before.descriptors);
  }
}
