#include "judge/problem/yaml_tree.hpp"

#include <chrono>
#include <memory>
#include <string>

#include <doctest/doctest.h>

namespace {

using judge::Node;

struct Parsed {
  std::unique_ptr<Node> root;
  std::string faults;
};

Parsed parse(const std::string& text) {
  judge::Diagnostics out{"f"};
  Parsed parsed{judge::parse_yaml(text, out), ""};
  for (const auto& fault : out.take()) parsed.faults += to_string(fault) + "\n";
  return parsed;
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

TEST_SUITE("judge/problem/yaml_tree") {
  TEST_CASE("positions count from one, columns in characters") {
    const Parsed parsed = parse("\xEF\xBB\xBF\"é\": [ü, \"x\"]\r\nb:\n  c: 'y'\n");
    REQUIRE(parsed.root != nullptr);
    CHECK(parsed.faults == "");
    const Node& list = *parsed.root->children[0];
    CHECK(list.key == "é");
    CHECK(list.key_where.line == 1);
    CHECK(list.key_where.column == 1);
    CHECK(list.where.column == 6);
    CHECK(list.children[1]->where.column == 10);
    CHECK(list.children[1]->content.column == 11);
    CHECK(list.children[1]->quoted);
    CHECK_FALSE(list.children[0]->quoted);
    const Node& inner = *parsed.root->children[1]->children[0];
    CHECK(inner.path() == "b.c");
    CHECK(inner.where.line == 3);
    CHECK(inner.content.column == 7);
    CHECK(list.children[1]->path() == "é[1]");
  }

  TEST_CASE("the text of a block scalar begins on its first line that is not empty") {
    const Parsed parsed = parse("a: |\n\n    text\nb: >-\n  more\n");
    REQUIRE(parsed.root != nullptr);
    CHECK(parsed.root->children[0]->text == "\ntext\n");
    CHECK(parsed.root->children[0]->content.line == 3);
    CHECK(parsed.root->children[0]->content.column == 5);
    CHECK(parsed.root->children[1]->content.line == 5);
    CHECK(parsed.root->children[1]->content.column == 3);
  }

  TEST_CASE("an empty value stands where its key does") {
    const Parsed parsed = parse("a:\n\n\nb: 1\n");
    REQUIRE(parsed.root != nullptr);
    CHECK(parsed.root->children[0]->kind == Node::Kind::null);
    CHECK(parsed.root->children[0]->where.line == 1);
  }

  TEST_CASE("what is no mapping of names to values is refused with its position") {
    struct Row {
      const char* text;
      const char* faults;
    };
    for (const Row& row : {
             Row{"", "f: is empty; write a problem into it, problems/README.md says how\n"},
             Row{"~", "f: is empty; write a problem into it, problems/README.md says how\n"},
             Row{"just text", "f:1:1: found 'just text'; write `key: value` lines\n"},
             Row{"a: 1\na: 2\n", "f:2:1: a: stands twice, first in line 1; write it once\n"},
             Row{"a: {b: 1, 'b': 2}\n",
                 "f:1:11: a.b: stands twice, first in line 1; write it once\n"},
             Row{"? [a]\n: 1\n", "f:1:3: a key that is a collection; write a plain name\n"},
             Row{"'': 1\n", "f:1:1: an empty key; write a name before the ':'\n"},
             Row{"a: &x 1\n*x : 2\n", "f:2:1: an alias as a key; write the name out\n"},
             Row{"a: &x [*x]\n",
                 "f:1:8: a: an alias inside the very value that it names; write the value out\n"},
             Row{"a: !!str 1\n",
                 "f:1:4: a tag ('tag:yaml.org,2002:str'), which is not read here; write the plain "
                 "value, quoted for a string\n"},
         }) {
      CAPTURE(row.text);
      CHECK(parse(row.text).faults == row.faults);
    }
  }

  TEST_CASE("a value after 32 levels is still read, one after 33 is not") {
    const std::string deep = "a: " + repeated("[", 31) + repeated("]", 31) + "\n";
    CHECK(parse(deep).faults == "");
    const std::string deeper = "a: " + repeated("[", 32) + repeated("]", 32) + "\n";
    CHECK(parse(deeper).faults.find("more than 32 levels of nesting") != std::string::npos);
    std::string chain = "a0: &a0 [x]\n";
    for (int i = 1; i <= 40; ++i) {
      const std::string name = "a" + std::to_string(i);
      chain += name + ": &" + name + " [*a" + std::to_string(i - 1) + "]\n";
    }
    CHECK(parse(chain).faults.find("more than 32 levels of nesting") != std::string::npos);
  }

  TEST_CASE("hostile input of a mebibyte is refused within seconds") {
    using Clock = std::chrono::steady_clock;
    for (const std::string& piece :
         {std::string{"["}, std::string{"{a: "}, std::string{"- "}, std::string{"? "},
          std::string{"a: "}, std::string{"'"}, std::string{"a: [\n"}, std::string{"&a "},
          std::string{"*a "}, std::string{"!a "}, std::string{"%a\n"}, std::string{"|\n"},
          std::string{"---\n"}, std::string{"a\n"}}) {
      CAPTURE(piece);
      const std::string text = repeated(piece, (1 << 20) / static_cast<int>(piece.size()));
      const auto start = Clock::now();
      CHECK(parse(text).faults != "");
      CHECK(Clock::now() - start < std::chrono::seconds{20});
    }
  }
}
