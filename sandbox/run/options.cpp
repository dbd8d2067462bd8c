#include "sandbox/run/options.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>

#include "sandbox/base/amount.hpp"
#include "sandbox/base/escape.hpp"

namespace sandbox_run {
namespace {

using namespace base::literals;
using base::AmountStyle;
using sandbox::Limits;

constexpr std::chrono::milliseconds kLongest = std::chrono::hours{24};
constexpr base::Bytes kLargest = 1024_GiB;
constexpr base::Bytes kPage = 4_KiB;  // a tmpfs of 0 bytes would be one without a limit
constexpr int kLeastFiles = 8;        // three streams, and what the set-up and the loader need
constexpr int kMostFiles = 1 << 20;

template <std::chrono::milliseconds Limits::*limit>
base::Status take_time(Request& request, const std::string& value) {
  JUDGE_TRY(const auto time, base::parse_duration(value, AmountStyle::compact));
  if (time.count() == 0) return base::invalid_input(base::quoted(value) + " is no time at all");
  if (time > kLongest) {
    return base::invalid_input(base::quoted(value) + " is more than a day; write less");
  }
  request.limits.*limit = time;
  return {};
}

template <base::Bytes Limits::*limit>
base::Status take_bytes_from(base::Bytes least, Request& request, const std::string& value) {
  JUDGE_TRY(const base::Bytes bytes, base::parse_bytes(value, AmountStyle::compact));
  if (bytes < least) {
    return base::invalid_input(base::quoted(value) + " is too little; write at least " +
                               std::to_string(least.count()) + "B");
  }
  if (bytes > kLargest) {
    return base::invalid_input(base::quoted(value) + " is too much; write at most 1024GiB");
  }
  request.limits.*limit = bytes;
  return {};
}

template <base::Bytes Limits::*limit>
base::Status take_bytes(Request& request, const std::string& value) {
  return take_bytes_from<limit>(0_B, request, value);
}

template <base::Bytes Limits::*limit>
base::Status take_page(Request& request, const std::string& value) {
  return take_bytes_from<limit>(kPage, request, value);
}

template <int Limits::*limit>
base::Status take_count_from(int least, Request& request, const std::string& value) {
  int count = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), count);
  const bool whole = error == std::errc{} && end == value.data() + value.size();
  if (!whole || count < least || count > kMostFiles) {
    return base::invalid_input(base::quoted(value) + " is no whole number from " +
                               std::to_string(least) + " to " + std::to_string(kMostFiles));
  }
  request.limits.*limit = count;
  return {};
}

template <int Limits::*limit, int least>
base::Status take_count(Request& request, const std::string& value) {
  return take_count_from<limit>(least, request, value);
}

// As people and shells write a path, to one that is absolute and plain.
std::string absolute(const std::string& path) {
  std::string plain = std::filesystem::absolute(path).lexically_normal().string();
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  return plain;
}

base::Status take_read(Request& request, const std::string& value) {
  const std::size_t colon = value.rfind(':');
  const std::string source = absolute(value.substr(0, colon));
  const std::string target = colon == std::string::npos ? source : value.substr(colon + 1);
  if (value.empty() || colon == 0 || !target.starts_with('/')) {
    return base::invalid_input(base::quoted(value) +
                               " names no place inside; write PATH:TARGET with an absolute TARGET, "
                               "e.g. data:/box/data");
  }
  request.reads.push_back({source, target});
  return {};
}

base::Status take_copy(Request& request, const std::string& value) {
  const std::size_t colon = value.rfind(':');
  if (colon == std::string::npos || colon == 0 || !value.substr(colon + 1).starts_with('/')) {
    return base::invalid_input(base::quoted(value) +
                               " names no place inside; write PATH:TARGET with an absolute TARGET, "
                               "e.g. main.py:/box/main.py");
  }
  request.copies.push_back({value.substr(0, colon), value.substr(colon + 1)});
  return {};
}

// A name that is set already is set anew.
base::Status take_variable(Request& request, const std::string& value) {
  const std::size_t equals = value.find('=');
  if (equals == std::string::npos || equals == 0) {
    return base::invalid_input(base::quoted(value) + " sets nothing; write NAME=VALUE");
  }
  const std::string name = value.substr(0, equals + 1);
  std::erase_if(request.environment, [&](const std::string& set) { return set.starts_with(name); });
  request.environment.push_back(value);
  return {};
}

base::Status take_artifact(Request& request, const std::string& value) {
  const std::size_t equals = value.find('=');
  if (!value.starts_with('/') || equals == std::string::npos || equals + 1 == value.size()) {
    return base::invalid_input(base::quoted(value) +
                               " keeps nothing; write PATH=FILE with an absolute PATH, "
                               "e.g. /tmp/result.txt=result.txt");
  }
  request.artifacts.push_back({value.substr(0, equals), value.substr(equals + 1)});
  return {};
}

base::Status take_profile(Request& request, const std::string& value) {
  if (const auto profile = sandbox::parse_profile(value)) {
    request.profile = *profile;
    return {};
  }
  std::string names;
  for (const sandbox::Profile each : sandbox::kProfiles) {
    if (!names.empty()) names += each == sandbox::kProfiles.back() ? " or " : ", ";
    names += sandbox::name_of(each);
  }
  return base::invalid_input(base::quoted(value) + " is no profile; write " + names);
}

base::Result<sandbox::Tier> read_tier(const std::string& value) {
  if (const auto tier = sandbox::parse_tier(value)) return *tier;
  return base::invalid_input(base::quoted(value) + " is no tier; write A, B, C or D");
}

base::Status take_required_tier(Request& request, const std::string& value) {
  JUDGE_TRY(request.required, read_tier(value));
  return {};
}

base::Status take_tier(Request& request, const std::string& value) {
  JUDGE_TRY(request.best, read_tier(value));
  return {};
}

base::Status take_time_mode(Request& request, const std::string& value) {
  if (const auto mode = sandbox::parse_time_mode(value)) {
    request.time = *mode;
    return {};
  }
  return base::invalid_input(base::quoted(value) +
                             " is no kind of time; write virtual, preload or real");
}

template <std::optional<std::string> Request::*place>
base::Status take_file(Request& request, const std::string& value) {
  if (value.empty()) return base::invalid_input("'' is no file; write its path, or -");
  request.*place = value;
  return {};
}

base::Status take_quiet(Request& request, const std::string& /*value*/) {
  request.quiet = true;
  return {};
}

template <Request::Action action>
base::Status take_action(Request& request, const std::string& /*value*/) {
  request.action = action;
  return {};
}

constexpr std::array kOptions{
    OptionRow{"Limits, of the whole tree of processes unless it says otherwise:", "--cpu", "TIME",
              "1s", false,
              "User plus system time, of ended processes too. At the limit everything is killed; "
              "exit code 124.",
              take_time<&Limits::cpu>},
    OptionRow{"", "--wall", "TIME", "3s", false,
              "Real time (CLOCK_MONOTONIC) since COMMAND was executed. At the limit everything is "
              "killed; exit code 124.",
              take_time<&Limits::wall>},
    OptionRow{
        "", "--memory", "SIZE", "64MiB", false,
        "Memory in use at once, scratch files and --copy included; there is no swap. Above "
        "it everything is killed, or, at tiers C and D, allocating fails first; exit code 137.",
        take_page<&Limits::memory>},
    OptionRow{"", "--processes", "N", "8", false,
              "Processes and threads alive at once. At the limit starting one more fails (EAGAIN); "
              "the program goes on.",
              take_count<&Limits::processes, 1>},
    OptionRow{"", "--output", "SIZE", "1MiB", false,
              "Standard output and standard error together. Above it everything is killed, and "
              "what fits is handed over; exit code 153.",
              take_bytes<&Limits::output>},
    OptionRow{"", "--files", "N", "64", false,
              "Descriptors open at once in one process. At the limit opening fails (EMFILE).",
              take_count<&Limits::open_files, kLeastFiles>},
    OptionRow{"", "--file-size", "SIZE", "16MiB", false,
              "Largest file that may be written. Writing past it fails (EFBIG) and raises SIGXFSZ, "
              "which by default ends that process; exit code 153.",
              take_bytes<&Limits::file_size>},
    OptionRow{"", "--scratch", "SIZE", "32MiB", false,
              "All files in /tmp and /dev/shm, the only places to write. When it is full writing "
              "fails (ENOSPC).",
              take_page<&Limits::scratch>},
    OptionRow{"", "--scratch-files", "N", "1000", false,
              "Files, folders and links in /tmp and /dev/shm. At the limit making one more fails "
              "(ENOSPC).",
              take_count<&Limits::scratch_inodes, 0>},
    OptionRow{"", "--stack", "SIZE", "8MiB", false,
              "Stack of a main thread, and the default of other threads. Growing past it is "
              "SIGSEGV.",
              take_page<&Limits::stack>},

    OptionRow{"What COMMAND finds inside:", "--read", "PATH[:TARGET]", "", true,
              "Show a file or folder of the host read-only, at TARGET (default: at the same path; "
              "the last colon divides). Not below /tmp, /dev or /proc.",
              take_read},
    OptionRow{"", "--copy", "PATH:TARGET", "", true,
              "Put a copy of a host file at TARGET, e.g. below /box: readable for the program "
              "whatever its mode is on the host, executable if it is there.",
              take_copy},
    OptionRow{"", "--time", "KIND", "real", false,
              "virtual: a clock that begins at 2026-01-01T00:00:00Z and stands still while "
              "anything runs; when everything waits it jumps to the next moment that is waited "
              "for. preload: the same by a library inside the program, where virtual cannot be had "
              "(see --doctor). Limits stay in real time.",
              take_time_mode},
    OptionRow{"", "--env", "NAME=VALUE", "", true,
              "Set a variable. Nothing is inherited; set are PATH=/usr/local/bin:/usr/bin:/bin, "
              "HOME=/tmp and LANG=C.UTF-8.",
              take_variable},
    OptionRow{"", "--stdin", "FILE", "", false,
              "Standard input; -: read ours to its end, at most 256 MiB, before COMMAND starts. "
              "Without it standard input is empty.",
              take_file<&Request::input>},

    OptionRow{"Isolation:", "--profile", "NAME", "compile", false,
              "Which system calls are allowed: c, cpp, rust and compile for what needs no socket; "
              "python, node, go and java may also open local ones. A call that only an attack "
              "makes ends the run; exit code 159.",
              take_profile},
    OptionRow{"", "--require-tier", "TIER", "", false,
              "Run only if this host reaches tier A, B, C or D (see --doctor), or a better one; "
              "else exit code 125, and what is missing.",
              take_required_tier},
    OptionRow{"", "--tier", "TIER", "A", false,
              "Use no mechanism of a better tier, to try what a weaker host would do.", take_tier},

    OptionRow{"Results:", "--artifact", "PATH=FILE", "", true,
              "When the program has ended, write the file that it left at PATH, e.g. below /tmp, "
              "to FILE on the host (the first = divides). Regular files of at most --file-size.",
              take_artifact},
    OptionRow{"", "--report", "FILE", "", false,
              "Write the facts of the run as JSON; -: to standard output, with the program's two "
              "outputs as fields. The schema is sandbox/run/report.schema.json.",
              take_file<&Request::report>},
    OptionRow{"", "--quiet", "", "", false,
              "Do not say on standard error which limit ended the program.", take_quiet},

    OptionRow{"Instead of a run:", "--doctor", "", "", false,
              "Tell what this host can enforce, and what to change for more. Exit code 0, or 125 "
              "when programs cannot be isolated here.",
              take_action<Request::Action::doctor>},
    OptionRow{"", "--help", "", "", false, "Print this.", take_action<Request::Action::help>},
    OptionRow{"", "--version", "", "", false, "Print the version.",
              take_action<Request::Action::version>},
};

}  // namespace

std::span<const OptionRow> options() { return kOptions; }

}  // namespace sandbox_run
