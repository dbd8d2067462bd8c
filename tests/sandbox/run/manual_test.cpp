// The man page against the table of options: each stands in both, with the same value and default.
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "sandbox/run/options.hpp"

namespace {

std::string manual() {
  std::ifstream file{JUDGE_MANUAL, std::ios::binary};
  REQUIRE(file.is_open());
  return std::string{std::istreambuf_iterator<char>{file}, {}};
}

std::string without_backslashes(std::string roff) {
  std::erase(roff, '\\');
  return roff;
}

// Options that the text names anywhere.
std::set<std::string> options_in(const std::string& text) {
  static const std::regex option{"--[a-z][a-z-]*"};
  std::set<std::string> found;
  for (std::sregex_iterator each{text.begin(), text.end(), option}, end; each != end; ++each) {
    found.insert(each->str());
  }
  return found;
}

}  // namespace

TEST_SUITE("sandbox/run/manual") {
  TEST_CASE("an option that is named nowhere would be noticed") {
    CHECK(options_in("see --cpu, --file-size= and -- x") ==
          std::set<std::string>{"--cpu", "--file-size"});
  }

  TEST_CASE("the man page and the table have the same options") {
    std::set<std::string> known;
    for (const sandbox_run::OptionRow& row : sandbox_run::options()) known.emplace(row.name);
    CHECK(options_in(without_backslashes(manual())) == known);
  }

  TEST_CASE("the man page has an entry for each option, with what holds without it") {
    const std::string text = without_backslashes(manual());
    for (const sandbox_run::OptionRow& row : sandbox_run::options()) {
      CAPTURE(row.name);
      const std::string tag = row.value.empty() ? "\n.TP\n.B " : "\n.TP\n.BI ";
      const std::size_t entry = text.find(tag + std::string{row.name});
      REQUIRE(entry != std::string::npos);
      const std::string head = text.substr(entry + 5, text.find('\n', entry + 5) - entry - 5);
      CAPTURE(head);
      const bool says = head.find("(" + std::string{row.usual} + ")") != std::string::npos;
      CHECK(says == !row.usual.empty());
    }
  }
}
