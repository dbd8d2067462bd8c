#include "sandbox/run/command_line.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <CLI/CLI.hpp>

#include "sandbox/base/escape.hpp"
#include "sandbox/run/options.hpp"

namespace sandbox_run {
namespace {

constexpr std::string_view kSeeHelp = "; see 'sandbox-run --help'";
constexpr std::size_t kColumns = 80;

// What was written for each option, in the order of options().
using Values = std::vector<std::vector<std::string>>;

base::Status refuse_extra(const std::string& word) {
  if (word.starts_with("-")) {
    return base::invalid_input(base::quoted(word) + " is no option" + std::string{kSeeHelp});
  }
  return base::invalid_input(base::quoted(word) +
                             " stands where an option should; write the command behind --, e.g. "
                             "sandbox-run --cpu 1s -- ls");
}

base::Status split_options(const std::vector<std::string>& words, Values& values) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  for (std::size_t i = 0; i < options().size(); ++i) {
    const OptionRow& row = options()[i];
    const std::string name{row.name};
    if (row.value.empty()) {
      app.add_flag_callback(name, [&values, i] { values[i].emplace_back(); });
    } else {
      app.add_option(name, values[i])
          ->type_name(std::string{row.value})
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
  }
  try {
    app.parse(std::vector<std::string>{words.rbegin(), words.rend()});  // it takes them from behind
  } catch (const CLI::ParseError& error) {
    return base::invalid_input(base::escape(error.what()) + std::string{kSeeHelp});
  }
  if (app.remaining_size() > 0) return refuse_extra(app.remaining().front());
  return {};
}

base::Status take_values(const OptionRow& row, const std::vector<std::string>& values,
                         Request& request) {
  if (values.size() > 1 && !row.repeats) {
    return base::invalid_input(std::string{row.name} + " is given twice; write it once");
  }
  for (const std::string& value : values) {
    if (auto taken = row.take(request, value); !taken) {
      return base::fail(std::move(taken).error().within(row.name));
    }
  }
  return {};
}

base::Status check_whole(const Request& request) {
  if (request.action == Request::Action::run &&
      (request.command.empty() || request.command.front().empty())) {
    return base::invalid_input("no command; write it behind --, e.g. sandbox-run --cpu 1s -- ls");
  }
  if (request.required && request.best > *request.required) {
    return base::invalid_input(
        "--tier holds back what --require-tier asks for; leave one of them out");
  }
  return {};
}

// Words of `text` in lines that fit, each behind `margin`.
std::string wrapped(std::string_view text, const std::string& margin) {
  std::istringstream in{std::string{text}};
  std::string lines;
  std::string line = margin;
  for (std::string word; in >> word;) {
    const bool first = line.size() == margin.size();
    if (!first && line.size() + 1 + word.size() > kColumns) {
      lines += line + "\n";
      line = margin;
    } else if (!first) {
      line += ' ';
    }
    line += word;
  }
  return lines + line + "\n";
}

}  // namespace

base::Result<Request> parse_command_line(const std::vector<std::string>& words) {
  const auto divider = std::find(words.begin(), words.end(), "--");
  Values values(options().size());
  JUDGE_TRY_VOID(split_options({words.begin(), divider}, values));
  Request request;
  request.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "LANG=C.UTF-8"};
  for (std::size_t i = 0; i < options().size(); ++i) {
    const OptionRow& row = options()[i];
    if (values[i].empty() && !row.usual.empty()) values[i].emplace_back(row.usual);
    JUDGE_TRY_VOID(take_values(row, values[i], request));
  }
  if (divider != words.end()) request.command.assign(divider + 1, words.end());
  JUDGE_TRY_VOID(check_whole(request));
  return request;
}

std::string help_text() {
  std::string text =
      "Usage: sandbox-run [OPTIONS] -- COMMAND [ARGUMENTS...]\n\n" +
      wrapped(
          "Runs COMMAND isolated and under limits: no network, no file of the host but its "
          "programs and libraries, read-only; /tmp to write, gone afterwards. COMMAND is looked "
          "up in /usr/local/bin, /usr/bin and /bin; a program elsewhere (./a.out) is shown inside "
          "as /box/NAME. What it writes is handed over when it has ended.",
          "") +
      "\n" +
      wrapped(
          "Times and sizes carry their unit: 500ms, 1s, 2min; 4096B, 100KiB, 64MiB, 1GiB. In "
          "parentheses: what holds when the option is not given.",
          "");
  for (const OptionRow& row : options()) {
    if (!row.heading.empty()) text.append("\n").append(row.heading).append("\n");
    text.append("  ").append(row.name);
    if (!row.value.empty()) text.append(" ").append(row.value);
    if (!row.usual.empty()) text.append(" (").append(row.usual).append(")");
    if (row.repeats) text += ", may be repeated";
    text += "\n" + wrapped(row.text, "      ");
  }
  return text +
         "\nExit code: the program's own, or 128 + the signal that killed it; and\n"
         "  124  the CPU or wall limit ended it\n"
         "  125  sandbox-run failed, or was called wrongly; standard error says how\n"
         "  126  COMMAND was found and cannot be executed\n"
         "  127  COMMAND was not found\n"
         "  129, 130, 143  sandbox-run was ended by SIGHUP, SIGINT, SIGTERM, and COMMAND with it\n"
         "  137  the memory limit ended it\n"
         "  153  the output limit ended it\n"
         "  159  a forbidden system call ended it\n"
         "A program may exit with any of these itself; --report tells which it was.\n";
}

}  // namespace sandbox_run
