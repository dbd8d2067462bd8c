#include "judge/problem/read_generator.hpp"

#include <doctest/doctest.h>

#include "harnesses/engine/sources.hpp"
#include "harnesses/protocol/show.hpp"
#include "judge/problem/generator_bounds.hpp"
#include "judge/problem/yaml_tree.hpp"

namespace {

using harness::Generator;

std::optional<Generator> read(const std::string& yaml) {
  judge::Diagnostics out{"test.yaml"};
  const auto root = judge::parse_yaml("g: " + yaml + "\n", out);
  REQUIRE(root != nullptr);
  auto generator = judge::read_generator(*root->children.front(), out);
  CHECK(out.empty() == generator.has_value());
  return generator;
}

// The simplest value that it draws.
std::string simplest(const std::string& yaml) {
  const auto generator = read(yaml);
  REQUIRE(generator.has_value());
  harness::ReplaySource source{{}};
  harness::Choices choices{source};
  return harness::show(harness::draw(*generator, choices));
}

bool begins_generator(const std::string& yaml) {
  judge::Diagnostics out{"test.yaml"};
  const auto root = judge::parse_yaml("g: " + yaml + "\n", out);
  REQUIRE(root != nullptr);
  return judge::is_generator(*root->children.front());
}

}  // namespace

TEST_SUITE("judge/problem/read_generator") {
  TEST_CASE("every generator draws, and the simplest first") {
    struct Row {
      const char* yaml;
      const char* simplest;
    };
    for (const Row& row : {Row{"integer", "0"},
                           {"{integer: [3, 9]}", "3"},
                           {"{integer: [-9, -3]}", "-3"},
                           {"number", "0"},
                           {"{number: [0.5, 2.5], nan: true}", "1"},
                           {"boolean", "false"},
                           {"undefined", "undefined"},
                           {"string", "''"},
                           {"{string: [2, 5], characters: unicode}", "'aa'"},
                           {"{matching: \"x[0-9]{2}|y\"}", "'x00'"},
                           {"{bytes: [2, 3]}", "bytes(0000)"},
                           {"{date: [2021-01-01, 2021-12-31]}", "Date(1609459200000)"},
                           {"json", "null"},
                           {"{one_of: [b, a]}", "'b'"},
                           {"{value: {a: 1}}", "{a: 1}"},
                           {"{any_of: [{value: 7}, boolean], weights: [1, 5]}", "7"},
                           {"{optional: boolean, absent: none}", "'none'"},
                           {"{list: boolean, length: [2, 4]}", "[false, false]"},
                           {"{set: {integer: [5, 9]}, size: [2, 2]}", "Set{5, 6}"},
                           {"{map: [boolean, string], size: [1, 2]}", "Map{false => ''}"},
                           {"{object: {a: boolean, \"b?\": boolean}}", "{a: false}"}}) {
      CAPTURE(row.yaml);
      CHECK(simplest(row.yaml) == row.simplest);
    }
  }

  TEST_CASE("a mapping is a generator when all its keys belong to one") {
    CHECK(begins_generator("{integer: [1, 2]}"));
    CHECK(begins_generator("{list: boolean, length: [1, 2]}"));
    CHECK(begins_generator("{value: 1}"));
    CHECK_FALSE(begins_generator("{value: 1, ttl: 5}"));
    CHECK_FALSE(begins_generator("{ttl: 5}"));
    CHECK_FALSE(begins_generator("{}"));
    CHECK_FALSE(begins_generator("boolean"));
  }

  TEST_CASE("what draws too much is refused, for each kind of nesting") {
    CHECK(read("{list: {list: {list: string}}}").has_value());
    CHECK_FALSE(read("{list: {list: string, length: [1000, 1000]}, length: [1000, 1000]}"));
    CHECK_FALSE(read("{list: {string: [10000, 10000]}, length: [1000, 1000]}"));
    CHECK_FALSE(read("{map: [integer, {json: 5}], size: [100, 100]}"));
  }

  TEST_CASE("Python cannot hold lists in sets or as keys") {
    for (const char* yaml : {"{set: {list: integer}}", "{map: [json, integer]}",
                             "{list: {object: {a: {optional: {set: {any_of: [integer, json]}}}}}}",
                             "{set: {one_of: [1, [2]]}}"}) {
      CAPTURE(yaml);
      CHECK(judge::has_unhashable_members(*read(yaml)));
    }
    for (const char* yaml : {"{set: string}", "{map: [string, json]}", "{list: {list: json}}"}) {
      CAPTURE(yaml);
      CHECK_FALSE(judge::has_unhashable_members(*read(yaml)));
    }
  }
}
