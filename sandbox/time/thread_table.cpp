#include "sandbox/time/thread_table.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <string_view>
#include <utility>

namespace sandbox::time {
namespace {

using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

// Bounds the walk; a run's own limit of processes is far below.
constexpr std::size_t kMostThreads = 4096;

// From the start, into `buffer`; empty when the thread is gone.
std::string_view read_from_start(int fd, std::span<char> buffer) {
  const ssize_t size = ::pread(fd, buffer.data(), buffer.size(), 0);
  return size <= 0 ? std::string_view{}
                   : std::string_view{buffer.data(), static_cast<std::size_t>(size)};
}

base::UniqueFd open_at(int folder, const std::string& path, int flags = O_RDONLY) {
  return base::UniqueFd{::openat(folder, path.c_str(), flags | O_CLOEXEC)};
}

std::vector<pid_t> numbers_in(int folder) {
  std::vector<pid_t> numbers;
  const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const Folder stream{copy < 0 ? nullptr : ::fdopendir(copy), &::closedir};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone, readdir(3) is safe then
  while (const dirent* entry = stream == nullptr ? nullptr : ::readdir(stream.get())) {
    const std::string_view name = static_cast<const char*>(entry->d_name);
    pid_t number = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), number).ec == std::errc{}) {
      numbers.push_back(number);
    }
  }
  return numbers;
}

// The number of threads, from the links of the folder (proc_task_getattr in the kernel).
std::optional<unsigned> count_threads(int folder) {
  struct stat about {};
  if (::fstat(folder, &about) < 0 || about.st_nlink < 2) return std::nullopt;
  return static_cast<unsigned>(about.st_nlink) - 2;
}

void append_children(int list, std::vector<pid_t>& children) {
  std::array<char, 8192> buffer{};
  std::string_view text = read_from_start(list, buffer);
  while (!text.empty()) {
    pid_t child = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), child);
    if (parsed.ec != std::errc{}) return;
    children.push_back(child);
    text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
}

base::UniqueFd open_children(int folder, pid_t thread) {
  return open_at(folder, std::to_string(thread) + "/children");
}

// Field 3 of proc(5)'s stat, behind the name in parentheses, which may contain anything.
char state_of(int stat) {
  std::array<char, 256> buffer{};
  const std::string_view text = read_from_start(stat, buffer);
  const std::size_t close = text.rfind(") ");
  return close == std::string_view::npos || close + 2 >= text.size() ? '\0' : text[close + 2];
}

// vfork(2): until the child lets go, and that one is looked at by itself.
bool waits_for_child(int syscall) {
  std::array<char, 256> buffer{};
  const std::string_view text = read_from_start(syscall, buffer);
  long number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc{} && (number == SYS_vfork || number == SYS_clone);
}

// Reading what it waits in waits until it has left its processor, should it be about to; and then
// its counters tell that it has run.
bool has_left_processor(int syscall) {
  std::array<char, 256> buffer{};
  return !read_from_start(syscall, buffer).starts_with("running");
}

// From Linux 5.16 on wchan is read under the lock that wakers take; before, like .../syscall, it
// calls a thread asleep that is being woken on another processor.
bool is_wchan_exact() {
  static const bool exact = [] {
    utsname kernel{};
    int major = 0;
    int minor = 0;
    // NOLINTNEXTLINE(cert-err34-c): what is no number is no version that we know
    return ::uname(&kernel) == 0 && std::sscanf(kernel.release, "%d.%d", &major, &minor) == 2 &&
           std::pair{major, minor} >= std::pair{5, 16};
  }();
  return exact;
}

// Tells of a thread that has not run since it was asleep that it still is, for two thirds of what
// stat costs. False: it is awake, or nothing is known.
bool is_blocked(int wchan) {
  std::array<char, 64> buffer{};
  const std::string_view name = read_from_start(wchan, buffer);
  return !name.empty() && name != "0";
}

bool is_asleep(int stat, int syscall) {
  switch (state_of(stat)) {
    case 'S':
    case 'T':  // stopped by a signal
    case 'Z':
    case 'X':
      return true;
    case 'D':  // for a disk, as a rule, which comes to an end by itself
      return waits_for_child(syscall);
    default:
      return false;
  }
}

}  // namespace

bool ThreadTable::has_run(const Thread& thread) {
  std::array<char, 128> buffer{};
  const std::string_view counters = read_from_start(thread.schedstat.get(), buffer);
  return counters.empty() || counters != thread.counters;
}

bool ThreadTable::has_new_threads() const {
  return std::any_of(processes_.begin(), processes_.end(), [](const Process& process) {
    return count_threads(process.threads.get()) != process.thread_count;
  });
}

bool ThreadTable::has_new_processes() const {
  std::vector<pid_t> children;
  append_children(children_.get(), children);
  for (const Thread& thread : threads_) append_children(thread.children.get(), children);
  return std::any_of(children.begin(), children.end(), [&](pid_t child) {
    return std::none_of(processes_.begin(), processes_.end(),
                        [&](const Process& process) { return process.pid == child; });
  });
}

bool ThreadTable::are_all_asleep() {
  if (changed_ || has_new_threads()) read_again();
  (void)have_run();
  if (!are_asleep(Stirred::yes)) return false;
  for (const Thread& thread : threads_) {
    if (thread.has_stirred && !has_left_processor(thread.syscall.get())) return false;
  }
  (void)have_run();
  const auto stirred = std::count_if(threads_.begin(), threads_.end(),
                                     [](const Thread& thread) { return thread.has_stirred; });
  // Who has run may have woken any other before it fell asleep; one that waits for a processor has
  // not run yet. So the others are looked at later, and where several have run, they once more.
  if (!are_asleep(Stirred::yes) || !are_asleep(Stirred::no)) return false;
  if (stirred > 1 && !are_asleep(Stirred::yes)) return false;
  // One that we read about as it made another, and that slept when we first looked, has not run
  // since; the other is to be seen now, if it is not one of those that have ended.
  if (changed_ && knows_too_few()) return false;
  if (have_run() || has_new_threads()) return false;
  changed_ = news_ == NewProcesses::are_looked_for && has_new_processes();
  if (changed_) return false;
  for (Thread& thread : threads_) thread.has_stirred = false;
  return true;
}

bool ThreadTable::are_asleep_at_a_glance(const Askers& askers) const {
  if (changed_) return false;
  const auto asks = [&](const Thread& thread) {
    return std::find(askers.all.begin(), askers.all.end(), thread.tid) != askers.all.end();
  };
  for (const Thread& thread : threads_) {
    if (thread.has_stirred && !asks(thread)) return false;
  }
  for (const Thread& thread : threads_) {
    if (thread.tid == askers.last && asks(thread)) continue;
    if (is_blocked(thread.wchan.get())) continue;
    if (!is_asleep(thread.stat.get(), thread.syscall.get())) return false;
  }
  for (const Thread& thread : threads_) {
    if (!asks(thread) && has_run(thread)) return false;
  }
  return !has_new_threads();
}

bool ThreadTable::are_still_asleep() {
  return !have_run() && are_asleep(Stirred::no) && !have_run() && !has_new_threads();
}

bool ThreadTable::are_asleep(Stirred which) const {
  return std::all_of(threads_.begin(), threads_.end(), [which](const Thread& thread) {
    return thread.has_stirred != (which == Stirred::yes) ||
           is_asleep(thread.stat.get(), thread.syscall.get());
  });
}

bool ThreadTable::knows_too_few() {
  const auto pids = [this] {
    std::vector<pid_t> out;
    for (const Process& process : processes_) out.push_back(process.pid);
    std::sort(out.begin(), out.end());
    return out;
  };
  const std::vector<pid_t> known = pids();
  read_again();
  const std::vector<pid_t> now = pids();
  return !std::includes(known.begin(), known.end(), now.begin(), now.end());
}

std::size_t ThreadTable::count_living() const {
  return static_cast<std::size_t>(
      std::count_if(processes_.begin(), processes_.end(), [&](const Process& process) {
        return std::any_of(threads_.begin(), threads_.end(), [&](const Thread& thread) {
          const char state = thread.process == process.pid ? state_of(thread.stat.get()) : 'Z';
          return state != 'Z' && state != 'X' && state != '\0';
        });
      }));
}

// Since they were last asked this.
bool ThreadTable::have_run() {
  bool any = false;
  for (Thread& thread : threads_) {
    std::array<char, 128> buffer{};
    const std::string_view counters = read_from_start(thread.schedstat.get(), buffer);
    if (counters.empty()) changed_ = true;  // it has ended
    if (!counters.empty() && counters == thread.counters) continue;
    others_ran_ = others_ran_ || thread.tid != main_;
    thread.has_stirred = true;
    thread.counters = counters;
    any = true;
  }
  return any;
}

ThreadTable::Owner ThreadTable::owner_of(pid_t thread) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto found = std::find_if(threads_.begin(), threads_.end(),
                                    [&](const Thread& one) { return one.tid == thread; });
    if (found != threads_.end()) {
      const auto process = std::find_if(processes_.begin(), processes_.end(),
                                        [&](const Process& p) { return p.pid == found->process; });
      return {process->pid, process->pidfd.get()};
    }
    read_again();
  }
  return {};
}

void ThreadTable::read_again() {
  std::vector<Process> processes;
  std::vector<Thread> threads;
  const std::string init = "/proc/" + std::to_string(init_) + "/task";
  std::vector<pid_t> waiting;
  if (!children_.is_open()) {
    const base::UniqueFd folder = open_at(AT_FDCWD, init, O_RDONLY | O_DIRECTORY);
    children_ = open_children(folder.get(), init_);
  }
  append_children(children_.get(), waiting);
  if (main_ == 0 && !waiting.empty()) main_ = waiting.front();
  for (std::size_t i = 0; i < waiting.size() && threads.size() < kMostThreads; ++i) {
    read_process(waiting[i], processes, threads, waiting);
  }
  // Those that were taken over are empty here, the others have ended.
  others_ran_ = others_ran_ || std::any_of(threads_.begin(), threads_.end(), [](const Thread& one) {
                  return one.schedstat.is_open();
                });
  processes_ = std::move(processes);
  threads_ = std::move(threads);
}

// What is known of a thread is kept: its descriptors, and the counters.
void ThreadTable::read_process(pid_t pid, std::vector<Process>& processes,
                               std::vector<Thread>& threads, std::vector<pid_t>& waiting) {
  Process process{.pid = pid,
                  .threads = open_at(AT_FDCWD, "/proc/" + std::to_string(pid) + "/task",
                                     O_RDONLY | O_DIRECTORY),
                  .pidfd = base::UniqueFd{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))}};
  for (const pid_t tid : numbers_in(process.threads.get())) {
    base::UniqueFd children = open_children(process.threads.get(), tid);
    append_children(children.get(), waiting);
    ++process.thread_count;
    const auto known = std::find_if(threads_.begin(), threads_.end(), [&](const Thread& thread) {
      std::array<char, 1> one{};
      return thread.tid == tid && thread.process == pid &&
             !read_from_start(thread.schedstat.get(), one).empty();
    });
    if (known != threads_.end()) {
      threads.push_back(std::move(*known));
      continue;
    }
    const std::string name = std::to_string(tid);
    threads.push_back(Thread{
        .tid = tid,
        .process = pid,
        .stat = open_at(process.threads.get(), name + "/stat"),
        .wchan =
            is_wchan_exact() ? open_at(process.threads.get(), name + "/wchan") : base::UniqueFd{},
        .syscall = open_at(process.threads.get(), name + "/syscall"),
        .schedstat = open_at(process.threads.get(), name + "/schedstat"),
        .children = news_ == NewProcesses::are_looked_for ? std::move(children) : base::UniqueFd{},
        .counters = {}});
  }
  processes.push_back(std::move(process));
}

}  // namespace sandbox::time
