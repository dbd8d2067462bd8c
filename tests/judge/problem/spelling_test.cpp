#include "judge/problem/spelling.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

TEST_SUITE("judge/problem/spelling") {
  TEST_CASE("one slip in a short word and two in a long one are recognised") {
    const std::vector<std::string> words{"cpu", "wall", "memory", "weight"};
    struct Row {
      const char* word;
      const char* suggestion;
    };
    for (const Row& row : {
             Row{"wieght", "did you mean 'weight'?"},
             Row{"Memory", "did you mean 'memory'?"},
             Row{"memmory", "did you mean 'memory'?"},
             Row{"memry", "did you mean 'memory'?"},
             Row{"cp", "did you mean 'cpu'?"},
             Row{"upc", "write cpu, wall, memory or weight"},
             Row{"time", "write cpu, wall, memory or weight"},
             Row{"", "write cpu, wall, memory or weight"},
         }) {
      CAPTURE(row.word);
      CHECK(judge::suggest(row.word, words) == row.suggestion);
    }
    CHECK(judge::suggest(std::string(100'000, 'x'), words) == "write cpu, wall, memory or weight");
  }

  TEST_CASE("lists of words read like a sentence") {
    CHECK(judge::one_of(std::vector<std::string>{}) == "nothing");
    CHECK(judge::one_of(std::vector<std::string>{"a"}) == "a");
    CHECK(judge::one_of(std::vector<std::string>{"a", "b"}) == "a or b");
    CHECK(judge::all_of(std::vector<std::string>{"a", "b", "c"}) == "a, b and c");
  }
}
