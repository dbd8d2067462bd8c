#include "sandbox/run_order.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <vector>

#include "sandbox/bare/reach.hpp"
#include "sandbox/bare/user_processes.hpp"
#include "sandbox/base/escape.hpp"
#include "sandbox/slot_recipe.hpp"
#include "sandbox/time/timed_calls.hpp"
#include "sandbox/time/virtual_clock.hpp"
#include "sandbox/wire/block_writer.hpp"

namespace sandbox {
namespace {

constexpr std::uint64_t kUsualStack = std::uint64_t{8} << 20U;
constexpr std::uint64_t kPage = 4096;
constexpr std::uint64_t kRoomToBeSeen = std::uint64_t{64} << 20U;

// Never above our own hard limit: raising needs a privilege, and less is stricter.
wire::ResourceLimit limit_to(const Host::State& host, int resource, std::uint64_t soft,
                             std::uint64_t hard) {
  const auto which = static_cast<std::uint32_t>(resource);
  const rlim_t top = std::min<rlim_t>(hard, host.own_limits.at(which));
  return {std::min<rlim_t>(soft, top), top, which};
}

std::uint64_t process_limit(const Host::State& host, const Limits& limits) {
  const auto processes = static_cast<std::uint64_t>(limits.processes);
  if (host.ids == IdKind::range) return processes;  // the id is the program's alone
  if (host.is_bare()) return process_backstop(limits.processes);
  return processes + kOwnProcesses;  // slot and init count as the program's
}

std::vector<wire::ResourceLimit> resource_limits(const Host::State& host, const Limits& limits) {
  const auto both = [&](int resource, std::uint64_t value) {
    return limit_to(host, resource, value, value);
  };
  const auto cpu_seconds =
      static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::seconds>(limits.cpu).count());
  const std::uint64_t file_size = host.is_bare()
                                      ? std::min(limits.file_size.count(), limits.scratch.count())
                                      : limits.file_size.count();
  std::vector<wire::ResourceLimit> all{
      // No file is as small; 0 would not stop a helper behind a pipe in core_pattern. core(5)
      both(RLIMIT_CORE, 1),
      both(RLIMIT_NOFILE, static_cast<std::uint64_t>(limits.open_files)),
      both(RLIMIT_FSIZE, file_size),
      both(RLIMIT_STACK, limits.stack.count()),
      both(RLIMIT_NPROC, process_limit(host, limits)),
      // A backstop for each process, should nobody measure; the limit itself is measured over the
      // whole tree. Far above it, because this one counts whole ticks of whoever runs when the
      // clock strikes: beside other busy programs it was seen to fire 10 % too early.
      limit_to(host, RLIMIT_CPU, cpu_seconds * 2 + 5, cpu_seconds * 2 + 6),
      both(RLIMIT_MEMLOCK, 64 << 10),
      both(RLIMIT_MSGQUEUE, 0),
      both(RLIMIT_SIGPENDING, 1024),  // timers and queued signals are memory of the kernel's
      both(RLIMIT_RTPRIO, 0),
      both(RLIMIT_NICE, 0),
  };
  // Never RLIMIT_AS: runtimes reserve far more addresses than they use. The data limit counts what
  // was asked for, the limit itself what is used: sampling finds that before the former refuses
  // anything, and a program that is refused more gives up close to the limit. It also counts the
  // stacks of threads, which are as large as the soft limit unless the program says otherwise; so
  // that one stays usual then.
  if (host.bases.memory.version == cgroup::Version::none) {
    all.push_back(both(RLIMIT_DATA, data_limit(limits).count()));
    all.push_back(limit_to(host, RLIMIT_STACK, std::min(limits.stack.count(), kUsualStack),
                           limits.stack.count()));
  }
  return all;
}

// One thing to make below the folders of the program's files.
struct Made {
  std::string path;
  const File* file = nullptr;  // null: a folder
};

// Folders come before what they hold, each once.
std::vector<Made> list_files(const Program& program) {
  std::vector<Made> all;
  std::set<std::string> folders;
  for (const File& file : program.files) {
    const std::size_t top = file.path.find('/', 1);
    for (std::size_t slash = file.path.find('/', top + 1); slash != std::string::npos;
         slash = file.path.find('/', slash + 1)) {
      const std::string folder = file.path.substr(0, slash);
      if (folders.insert(folder).second) all.push_back({folder, nullptr});
    }
    all.push_back({file.path, &file});
  }
  return all;
}

struct Space {
  std::uint64_t pages = 0;
  std::uint64_t inodes = 0;
};

// In a bare slot /box is always made here, elsewhere the slot has it.
wire::Table encode_folders(wire::BlockWriter& block, const std::vector<Made>& files,
                           const PathMap& paths) {
  std::map<std::string, Space> spaces;
  if (!paths.is_identity()) spaces["/box"] = {};
  for (const Made& made : files) {
    Space& space = spaces[made.path.substr(0, made.path.find('/', 1))];
    ++space.inodes;
    space.pages += made.file == nullptr ? 1 : made.file->content->size() / kPage + 1;
  }
  std::vector<wire::Folder> folders;
  for (const auto& [path, space] : spaces) {
    const std::string options = "mode=0755,size=" + std::to_string((space.pages + 4) * kPage) +
                                ",nr_inodes=" + std::to_string(space.inodes + 4);
    folders.push_back({block.text(paths.path(path)), block.text(options)});
  }
  return block.table<wire::Folder>(folders);
}

wire::Table encode_files(wire::BlockWriter& block, const std::vector<Made>& all,
                         const PathMap& paths) {
  std::vector<wire::File> files;
  for (const Made& made : all) {
    wire::File& file = files.emplace_back();
    file.path = block.text(paths.path(made.path));
    file.is_folder = made.file == nullptr ? 1 : 0;
    file.content = block.text(made.file == nullptr ? "" : *made.file->content);
    const bool executable = made.file == nullptr || made.file->executable;
    file.mode = executable ? 0555 : 0444;
    if (made.file == nullptr) file.mode = 0755;
  }
  return block.table<wire::File>(files);
}

wire::Table encode_reach(wire::BlockWriter& block, const std::vector<Reachable>& all) {
  std::vector<wire::Reach> reaches;
  for (const Reachable& each : all) reaches.push_back({block.text(each.path), each.access});
  return block.table<wire::Reach>(reaches);
}

std::vector<std::string> translated(std::vector<std::string> texts, const auto& translate) {
  for (std::string& text : texts) text = translate(text);
  return texts;
}

// Where /tmp is not what it is called, a program must be told where its own is.
std::vector<std::string> environment(const Program& program, const PathMap& paths) {
  std::vector<std::string> all = translated(
      program.environment, [&](const std::string& text) { return paths.variable(text); });
  const bool told = std::any_of(all.begin(), all.end(), [](const std::string& variable) {
    return variable.starts_with("TMPDIR=");
  });
  if (!told && !paths.is_identity()) all.push_back("TMPDIR=" + paths.path("/tmp"));
  return all;
}

wire::Table encode_numbers(wire::BlockWriter& block, const Program& program) {
  std::vector<std::int32_t> numbers{0, 1, 2};
  for (const InheritedFd& fd : program.inherited) numbers.push_back(fd.number);
  std::sort(numbers.begin(), numbers.end());
  return block.table<std::int32_t>(numbers);
}

// Its calls that have to do with time are, by way of the filter's listener.
bool is_asked_about(const Program& program) {
  return program.clock != nullptr && program.clock->mode() == TimeMode::notified;
}

base::Result<wire::Table> encode_filter(wire::BlockWriter& block, const Host::State& host,
                                        const Program& program) {
  if (program.clock == nullptr) return block.table<sock_filter>(host.filter_for(program.profile));
  const bool asks = is_asked_about(program);
  JUDGE_TRY(FilterCode filter,
            compile_filter(program.profile, asks ? OnForbidden::ask_listener : host.on_forbidden,
                           asks ? time::special_calls() : time::missing_calls()));
  if (host.is_bare()) put_bare_checks_in_front(filter, host.bare_rules());
  return block.table<sock_filter>(filter);
}

// Files in memory count as memory where a group counts them; else they must not exceed it.
std::uint64_t scratch_bytes(const Host::State& host, const Limits& limits) {
  const bool counted = host.bases.memory.version != cgroup::Version::none;
  return counted ? limits.scratch.count() : std::min(limits.scratch, limits.memory).count();
}

}  // namespace

base::Bytes data_limit(const Limits& limits) {
  return base::Bytes{limits.memory.count() * 2 + kRoomToBeSeen};
}

base::Status check_program(const Host::State& host, const Program& program, const Limits& limits) {
  const auto has_nul = [](const std::string& text) { return text.find('\0') != std::string::npos; };
  for (const auto* texts : {&program.arguments, &program.environment}) {
    for (const std::string& text : *texts) {
      if (has_nul(text)) {
        return base::invalid_input("sandbox: " + base::quoted(text) + ": contains a zero byte");
      }
    }
  }
  if (is_asked_about(program) && host.on_forbidden != OnForbidden::ask_listener) {
    return base::fail(
        base::system_error("sandbox: no virtual clock without a seccomp listener", ENOSYS));
  }
  if (!program.arguments.empty() && !program.arguments.front().starts_with('/')) {
    return base::invalid_input("sandbox: " + base::quoted(program.arguments.front()) +
                               ": the program must be an absolute path, e.g. /usr/bin/node");
  }
  std::vector<int> numbers;
  numbers.reserve(program.inherited.size());
  for (const InheritedFd& fd : program.inherited) numbers.push_back(fd.number);
  std::sort(numbers.begin(), numbers.end());
  const bool twice = std::adjacent_find(numbers.begin(), numbers.end()) != numbers.end();
  if (twice || (!numbers.empty() && numbers.front() < 3)) {
    return base::invalid_input("sandbox: inherited descriptors need different numbers, 3 or above");
  }
  if (numbers.size() + 3 > wire::kMostDescriptors) {
    return base::invalid_input("sandbox: at most " + std::to_string(wire::kMostDescriptors - 3) +
                               " descriptors can be inherited");
  }
  if (!numbers.empty() && numbers.back() >= limits.open_files) {
    return base::invalid_input("sandbox: inherited descriptor " + std::to_string(numbers.back()) +
                               ": must be below the limit of open files");
  }
  std::uint64_t bytes = 0;
  for (const File& file : program.files) bytes += file.content->size();
  if (bytes > UINT32_MAX / 2) return base::invalid_input("sandbox: the files are above 2 GiB");
  return {};
}

base::Result<std::string> encode_run(const Host::State& host, const Program& program,
                                     const Limits& limits, Stay stay, const PathMap& paths) {
  wire::BlockWriter block{sizeof(wire::RunOrder)};
  wire::RunOrder order;
  if (!program.arguments.empty()) {
    order.arguments = block.strings(
        translated(program.arguments, [&](const auto& text) { return paths.text(text); }));
  }
  order.environment = block.strings(environment(program, paths));
  const std::vector<Made> files = stay == Stay::again ? std::vector<Made>{} : list_files(program);
  order.folders = encode_folders(block, files, paths);
  order.files = encode_files(block, files, paths);
  order.scratch = block.text(paths.path("/tmp"));
  if (!paths.is_identity()) {
    JUDGE_TRY(const std::vector<Reachable> all, reachable(program, paths));
    order.reach = encode_reach(block, all);
  }
  order.limits = block.table<wire::ResourceLimit>(resource_limits(host, limits));
  std::vector<wire::Text> artifacts;
  for (const Artifact& artifact : program.artifacts) {
    artifacts.push_back(block.text(paths.path(artifact.path)));
  }
  order.artifacts = block.table<wire::Text>(artifacts);
  order.numbers = encode_numbers(block, program);
  JUDGE_TRY(order.filter, encode_filter(block, host, program));
  order.working_directory = block.text(paths.path(program.working_directory));
  // Three more than asked for: the tmpfs's own root and the two folders that become /tmp and
  // /dev/shm.
  order.scratch_options =
      block.text("mode=0755,size=" + std::to_string(scratch_bytes(host, limits)) +
                 ",nr_inodes=" + std::to_string(limits.scratch_inodes + 3));
  order.listener = host.on_forbidden == OnForbidden::ask_listener ? 1 : 0;
  order.early_listener = is_asked_about(program) ? 1 : 0;
  order.has_input = program.input != nullptr ? 1 : 0;
  order.keep = stay == Stay::no ? 0 : 1;
  block.set_order(order);
  return block.bytes();
}

std::string describe_file(const Program& program, int index) {
  const std::vector<Made> files = list_files(program);
  if (index < 0 || static_cast<std::size_t>(index) >= files.size()) return {};
  return files[static_cast<std::size_t>(index)].path;
}

}  // namespace sandbox
