#include "harnesses/engine/pattern.hpp"

#include <regex>
#include <string>

#include <doctest/doctest.h>

#include "harnesses/engine/generator.hpp"
#include "harnesses/engine/sources.hpp"

using harness::Choices;
using harness::parse_pattern;

namespace {

std::string drawn(const std::string& pattern, harness::ChoiceSource& source) {
  Choices choices{source};
  auto parsed = parse_pattern(pattern);
  REQUIRE(parsed.has_value());
  const harness::Generator generator{harness::gen::Matching{std::move(*parsed)}};
  return std::get<std::string>(harness::draw(generator, choices).data);
}

std::string simplest(const std::string& pattern) {
  harness::ReplaySource source{{}};
  return drawn(pattern, source);
}

}  // namespace

TEST_SUITE("harnesses/engine/pattern") {
  TEST_CASE("what is drawn matches, from end to end") {
    for (const char* pattern :
         {"abc", "[a-f0-9]{8}", "(foo|bar)+baz?", "\\d{3}-\\d{4}", "[^a-z]{2,5}", "\\w+@\\w+\\.com",
          "^(?:a|b(c|d)*)$", ".{0,3}x", "[\\w.-]+", "a{2,}", "[+*?.]{3}", "\\x41\\u0042",
          "\\(\\[\\]\\)", "\\S\\D\\W", "(a|b|)c"}) {
      CAPTURE(pattern);
      const std::regex expected{pattern, std::regex::ECMAScript};
      for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        harness::RandomSource source{seed};
        const std::string text = drawn(pattern, source);
        CAPTURE(text);
        REQUIRE(std::regex_match(text, expected));
      }
    }
  }

  TEST_CASE("the simplest match takes the first way and as little as it may") {
    CHECK(simplest("(foo|bar)+baz?") == "fooba");
    CHECK(simplest("[0-9a-f]{4}") == "0000");
    CHECK(simplest("x*") == "");
    CHECK(simplest("\\uD83D\\uDE00") == "\xF0\x9F\x98\x80");
    CHECK(simplest("\xC3\xA4+") == "\xC3\xA4");
  }

  TEST_CASE("what cannot be drawn from is refused with its position and construct") {
    struct Row {
      const char* pattern;
      const char* message;
    };
    for (const Row& row : {
             Row{"ab(?=c)", "pattern: at 3: look-around '(?=' cannot be drawn from"},
             Row{"(?<!a)b", "pattern: at 1: look-around '(?<' cannot be drawn from"},
             Row{"(?<name>a)", "pattern: at 1: only '(' and '(?:' begin a group, not '(?<'"},
             Row{"(a)\\1", "pattern: at 4: escape '\\1' cannot be drawn from"},
             Row{"\\bword", "pattern: at 1: escape '\\b' cannot be drawn from"},
             Row{"a+?", "pattern: at 3: '?' after a repetition cannot be drawn from"},
             Row{"*a", "pattern: at 1: nothing before '*' that could be repeated"},
             Row{"a|+", "pattern: at 3: nothing before '+' that could be repeated"},
             Row{"a{3,1}",
                 "pattern: at 2: a repetition is {n}, {n,} or {n,m}, with n <= m <= 1000"},
             Row{"a{1001}",
                 "pattern: at 2: a repetition is {n}, {n,} or {n,m}, with n <= m <= 1000"},
             Row{"a{x}", "pattern: at 2: a repetition is {n}, {n,} or {n,m}, with n <= m <= 1000"},
             Row{"((a{1000}){1000}){1000}",
                 "pattern: at 2: what is repeated here has more than 10000 characters"},
             Row{"(a", "pattern: at 1: '(' without its ')'"},
             Row{"a)", "pattern: at 2: ')' without its '('"},
             Row{"[a", "pattern: at 1: '[' without its ']'"},
             Row{"[z-a]", "pattern: at 2: 'z-a' is no range"},
             Row{"[\\d-z]", "pattern: at 2: '\\d-z' is no range"},
             Row{"[]", "pattern: at 1: no character is in '[]'"},
             Row{"a\\", "pattern: at 2: '\\' at the end"},
             Row{"\\x4", "pattern: at 1: '\\x' needs 2 hexadecimal digits"},
             Row{"\xFF", "pattern: at 1: this is no UTF-8"},
             Row{"a\xFF\x93\x93\x93", "pattern: at 2: this is no UTF-8"},
             Row{"\xE0\x80\x80", "pattern: at 1: this is no UTF-8"},
         }) {
      CAPTURE(row.pattern);
      const auto parsed = parse_pattern(row.pattern);
      REQUIRE_FALSE(parsed.has_value());
      CHECK(parsed.error().message() == row.message);
    }
  }

  TEST_CASE("there are bounds on length and depth") {
    CHECK(parse_pattern(std::string(1000, 'a')).has_value());
    CHECK_FALSE(parse_pattern(std::string(1001, 'a')).has_value());
    CHECK(parse_pattern(std::string(50, '(') + std::string(50, ')')).has_value());
    CHECK_FALSE(parse_pattern(std::string(51, '(') + std::string(51, ')')).has_value());
  }
}
