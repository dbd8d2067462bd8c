#include "judge/problem/read_given.hpp"

#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "tests/judge/scratch_folder.hpp"

TEST_SUITE("judge/problem/read_given") {
  TEST_CASE("every name that PREDICATES.md gives to predicates is refused for a given") {
    std::istringstream page{content_of(JUDGE_PREDICATES)};
    int names = 0;
    for (std::string line; std::getline(page, line);) {
      if (!line.starts_with("| `")) continue;
      std::istringstream cell{line.substr(1, line.find('|', 1) - 1)};
      for (std::string word; std::getline(cell, word, '`');) {
        const std::string name = word.substr(0, word.find('('));
        if (name.find_first_of(" ,") != std::string::npos || name.empty()) continue;
        CAPTURE(name);
        CHECK(judge::is_reserved_name(name));
        ++names;
      }
    }
    CHECK(names >= 30);
    CHECK_FALSE(judge::is_reserved_name("limit"));
    CHECK_FALSE(judge::is_reserved_name("tasks"));
  }
}
