#include "tests/sandbox/containment/columns.hpp"

#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "sandbox/base/check.hpp"
#include "sandbox/base/escape.hpp"
#include "sandbox/base/io.hpp"

namespace sandbox::test {
namespace {

constexpr uid_t kNobody = 65534;
// All rows of one clause take some seconds; the table runs clause by clause.
constexpr unsigned kLongestColumn = 170;

// Undumpable after a change of ids, a process may not write the id maps of its children.
bool become_nobody() {
  return ::setgroups(0, nullptr) == 0 && ::setresgid(kNobody, kNobody, kNobody) == 0 &&
         ::setresuid(kNobody, kNobody, kNobody) == 0 && ::prctl(PR_SET_DUMPABLE, 1) == 0;
}

void say(int pipe, char kind, const std::string& text) {
  const std::string line = kind + base::escape(text, 3000) + "\n";
  JUDGE_CHECK(::write(pipe, line.data(), line.size()) == static_cast<ssize_t>(line.size()),
              "the parent is gone");
}

std::string why_not(const Column& column, const base::Result<Host>& host) {
  if (!host) return host.error().message();
  if (host->tier() == column.tier) return {};
  std::string offered = "this host offers " + std::string{name_of(host->tier())};
  if (column.tier == Tier::a) return "no version 2 controllers on this host: " + offered;
  return offered;
}

Where::User user_of(const Column& column) {
  const bool root = column.user == Column::User::self && ::geteuid() == 0;
  return root ? Where::User::root : Where::User::ordinary;
}

void live_in_column(const Column& column, const std::vector<PreparedRow>& rows, const Stage& stage,
                    int pipe) {
  ::alarm(kLongestColumn);
  if (column.user == Column::User::nobody && !become_nobody()) {
    return say(pipe, 'R', "this process cannot become an ordinary user");
  }
  ProbeOptions options;
  options.best = column.tier;
  const base::Result<Host> host = Host::probe(options);
  if (const std::string why = why_not(column, host); !why.empty()) return say(pipe, 'R', why);
  for (const PreparedRow& prepared : rows) {
    if (const Where* place = find_place(prepared.row->not_expressible, column)) {
      say(pipe, 'X', place->why);
      continue;
    }
    const Outcome outcome = run_row(prepared, *host, column.tier, stage);
    static constexpr std::string_view kLetters = "CNXL";  // in the order of Outcome::Kind
    say(pipe, kLetters.at(static_cast<std::size_t>(outcome.kind)), outcome.detail);
  }
}

std::string read_to_the_end(int pipe) {
  std::string all;
  char chunk[4096];
  for (ssize_t got = 0; (got = ::read(pipe, chunk, sizeof chunk)) > 0;) {
    all.append(chunk, static_cast<std::size_t>(got));
  }
  return all;
}

ColumnResult parse(const std::string& said, std::size_t rows) {
  ColumnResult result;
  for (std::size_t at = 0; at < said.size();) {
    const std::size_t end = said.find('\n', at);
    const std::string line = said.substr(at, end - at);
    at = end == std::string::npos ? said.size() : end + 1;
    const std::string detail = line.substr(1);
    switch (line.front()) {
      case 'R':
        return {detail, {}};
      case 'C':
        result.outcomes.push_back({Outcome::Kind::contained, detail});
        break;
      case 'X':
        result.outcomes.push_back({Outcome::Kind::not_expressible, detail});
        break;
      case 'L':
        result.outcomes.push_back({Outcome::Kind::left_out, detail});
        break;
      default:
        result.outcomes.push_back({Outcome::Kind::not_contained, detail});
    }
  }
  while (result.outcomes.size() < rows) {
    result.outcomes.push_back({Outcome::Kind::not_contained, "the caller itself did not survive"});
  }
  return result;
}

}  // namespace

std::string describe(const Column& column) {
  const std::string tier{name_of(column.tier)};
  if (column.user == Column::User::nobody) return tier + " nobody";
  return tier + (::geteuid() == 0 ? " root" : " user");
}

std::vector<Column> all_columns() {
  std::vector<Column> all;
  for (const Column::User user : {Column::User::self, Column::User::nobody}) {
    if (user == Column::User::nobody && ::geteuid() != 0) continue;
    for (const Tier tier : {Tier::a, Tier::b, Tier::c, Tier::d}) all.push_back({tier, user});
  }
  return all;
}

const Where* find_place(const std::vector<Where>& places, const Column& column) {
  const auto found = std::find_if(places.begin(), places.end(), [&](const Where& place) {
    const bool user = place.user == Where::User::any || place.user == user_of(column);
    return user && (!place.tier || *place.tier == column.tier);
  });
  return found == places.end() ? nullptr : &*found;
}

ColumnResult run_column(const Column& column, const std::vector<const Row*>& rows,
                        const Stage& stage) {
  std::vector<PreparedRow> prepared;
  prepared.reserve(rows.size());
  for (const Row* row : rows) prepared.push_back(prepare(*row, stage));
  auto pipe = base::make_pipe();
  JUDGE_CHECK(pipe.has_value(), "no pipe");
  (void)std::fflush(nullptr);
  const pid_t child = ::fork();
  JUDGE_CHECK(child >= 0, "no process");
  if (child == 0) {
    pipe->read.reset();
    live_in_column(column, prepared, stage, pipe->write.get());
    ::_exit(0);
  }
  pipe->write.reset();
  const std::string said = read_to_the_end(pipe->read.get());
  (void)::waitpid(child, nullptr, 0);
  return parse(said, rows.size());
}

}  // namespace sandbox::test
