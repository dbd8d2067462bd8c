#include "sandbox/run/deliver.hpp"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>

#include "sandbox/base/error.hpp"
#include "sandbox/base/escape.hpp"
#include "sandbox/run/ending.hpp"
#include "sandbox/run/json_report.hpp"

namespace sandbox_run {
namespace {

constexpr std::string_view kOwnStream = "-";

// Whoever gave us the descriptor may have made it non-blocking.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t wrote = ::write(fd, text.data(), text.size());
    if (wrote >= 0) {
      text.remove_prefix(static_cast<std::size_t>(wrote));
    } else if (errno == EAGAIN) {
      pollfd writable{fd, POLLOUT, 0};
      (void)::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

Outcome<void> write_to(int fd, const std::string& name, std::string_view text) {
  if (const int code = write_all(fd, text)) {
    return refuse(kOwnFailure, name + ": write: " + base::describe_errno(code));
  }
  return {};
}

Outcome<base::UniqueFd> create(const std::string& path) {
  base::UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)};
  if (!fd.is_open()) {
    return refuse(kOwnFailure, base::quoted(path) + ": open: " + base::describe_errno(errno));
  }
  return fd;
}

Outcome<void> pass_on(int fd, const std::string& name, const std::string& bytes) {
  if (::isatty(fd) != 1) return write_to(fd, name, bytes);
  return write_to(fd, name, base::escape_lines(bytes, bytes.size()));
}

Outcome<void> keep_artifact(const sandbox::CollectedArtifact& artifact, const Kept& kept) {
  if (!artifact.content) return {};
  auto file = create(kept.file);
  if (!file) return tl::unexpected{std::move(file).error()};
  return write_to(file->get(), base::quoted(kept.file), *artifact.content);
}

void tell_what_is_missing(const sandbox::RunReport& report) {
  for (const sandbox::CollectedArtifact& artifact : report.artifacts) {
    if (artifact.content) continue;
    say("--artifact: " + base::quoted(artifact.path) + ": " + artifact.why_absent);
  }
}

}  // namespace

Outcome<base::UniqueFd> open_report(const Request& request) {
  if (!request.report || *request.report == kOwnStream) return base::UniqueFd{};
  return create(*request.report);
}

Outcome<void> deliver(const sandbox::RunReport& report, const Request& request,
                      const base::UniqueFd& report_file) {
  Outcome<void> all;
  const auto note = [&all](Outcome<void> done) {
    if (all && !done) all = std::move(done);
  };
  for (std::size_t i = 0; i < report.artifacts.size(); ++i) {
    note(keep_artifact(report.artifacts[i], request.artifacts[i]));
  }
  if (report_file.is_open()) {
    note(write_to(report_file.get(), base::quoted(*request.report),
                  to_json(report, request, Outputs::apart, Letters::utf8)));
  }
  if (request.report == kOwnStream) {
    const Letters letters = ::isatty(STDOUT_FILENO) == 1 ? Letters::ascii : Letters::utf8;
    note(write_to(STDOUT_FILENO, "standard output",
                  to_json(report, request, Outputs::within, letters)));
    return all;
  }
  note(pass_on(STDOUT_FILENO, "standard output", report.standard_output));
  note(pass_on(STDERR_FILENO, "standard error", report.standard_error));
  if (request.report || request.quiet) return all;
  if (const std::string line = ending_line(report, request.limits); !line.empty()) say(line);
  tell_what_is_missing(report);
  return all;
}

void say(std::string_view line) {
  (void)write_all(STDERR_FILENO, std::string{"sandbox-run: "}.append(line).append("\n"));
}

}  // namespace sandbox_run
