#include "harnesses/engine/generator.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/engine/shrink.hpp"
#include "harnesses/engine/sources.hpp"
#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/show.hpp"

using harness::Attempt;
using harness::Choices;
using harness::ChoiceSequence;
using harness::Generator;
using harness::Value;
namespace gen = harness::gen;

namespace {

std::shared_ptr<const Generator> shared(Generator generator) {
  return std::make_shared<const Generator>(std::move(generator));
}

Generator small_integer() { return {gen::Integer{0, 3}}; }
Generator list_of(Generator element, harness::ListSize size) {
  return {gen::ListOf{shared(std::move(element)), size}};
}
Generator set_of(Generator element, harness::ListSize size) {
  return {gen::SetOf{shared(std::move(element)), size}};
}

Value draw(const Generator& generator, std::uint64_t seed, unsigned size = 100) {
  harness::RandomSource source{seed};
  Choices choices{source, size};
  return harness::draw(generator, choices);
}

std::string simplest(const Generator& generator) {
  harness::ReplaySource source{{}};
  Choices choices{source};
  return harness::show(harness::draw(generator, choices), 1000);
}

// Refers into `value`, which must live as long.
const std::vector<Value>& items_of(const Value& value) {
  if (const auto* set = std::get_if<harness::Set>(&value.data)) return set->items;
  return std::get<harness::List>(value.data).items;
}

// The simplest value of `generator` for which `fails`, found from several seeds; all must agree.
std::string shrunk(const Generator& generator, const std::function<bool(const Value&)>& fails) {
  std::set<std::string> results;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    for (std::uint64_t attempt = 0;; ++attempt) {
      REQUIRE(attempt < 20'000);
      harness::RandomSource source{seed * 100'000 + attempt};
      Choices choices{source};
      if (!fails(harness::draw(generator, choices))) continue;
      const auto run = [&](const ChoiceSequence& candidate) {
        harness::ReplaySource replay{candidate};
        Choices again{replay};
        const bool failed = fails(harness::draw(generator, again));
        return Attempt{again.recording(), failed};
      };
      const auto small = harness::shrink(choices.recording(), run, 5000);
      harness::ReplaySource replay{small.recording.choices};
      Choices last{replay};
      results.insert(harness::show(harness::draw(generator, last), 1000));
      break;
    }
  }
  std::string all;
  for (const std::string& result : results) all += (all.empty() ? "" : " or ") + result;
  return all;
}

Generator everything() {
  const auto text = [](gen::Alphabet alphabet) {
    return Generator{gen::Text{.length = {0, 20}, .alphabet = alphabet}};
  };
  gen::OneOf one_of;
  for (Generator each :
       {Generator{gen::Integer{}}, Generator{gen::Number{.infinities = true, .nan = true}},
        Generator{gen::Boolean{}}, text(gen::Alphabet::ascii), text(gen::Alphabet::unicode),
        text(gen::Alphabet::code_units), Generator{gen::Bytes{{0, 20}}},
        Generator{gen::Literals{{Value{harness::Null{}}, Value{std::string{"x"}}}}},
        Generator{gen::Optional{shared(small_integer()), Value{}}},
        list_of(small_integer(), {1, 5}), set_of(small_integer(), {2, 4}),
        Generator{gen::MapOf{shared(text(gen::Alphabet::ascii)), shared(small_integer()), {1, 4}}},
        Generator{gen::ObjectOf{
            {{"a", shared(small_integer()), false}, {"b", shared(small_integer()), true}}}},
        Generator{gen::DateIn{}}, Generator{gen::Json{}},
        Generator{gen::Operations{{{"push", 2, {small_integer()}}, {"pop", 1, {}}}, {0, 9}}}}) {
    one_of.of.push_back({1, shared(std::move(each))});
  }
  return {std::move(one_of)};
}

}  // namespace

TEST_SUITE("harnesses/engine/generator") {
  TEST_CASE("whatever is drawn can be sent, and the same choices make the same value") {
    const Generator any = everything();
    REQUIRE(harness::check(any).has_value());
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
      harness::RandomSource source{seed};
      Choices choices{source, static_cast<unsigned>(seed % 101)};
      const Value value = harness::draw(any, choices);
      const auto back = harness::decode(harness::encode(value));
      CAPTURE(harness::show(value));
      REQUIRE(back.has_value());
      REQUIRE(harness::same(*back, value));
      harness::ReplaySource replay{choices.drawn()};
      Choices again{replay};
      REQUIRE(harness::same(harness::draw(any, again), value));
      REQUIRE(again.drawn() == choices.drawn());
    }
  }

  TEST_CASE("any sequence of ranks makes some value that check() allows") {
    const Generator any = everything();
    std::uint64_t random = 1;
    for (int i = 0; i < 3000; ++i) {
      ChoiceSequence sequence;
      for (int length = i % 60; length > 0; --length) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        sequence.push_back(random >> (random % 64));
      }
      harness::ReplaySource source{sequence};
      Choices choices{source};
      const Value value = harness::draw(any, choices);
      if (const auto* set = std::get_if<harness::Set>(&value.data)) CHECK(set->items.size() >= 2);
    }
  }

  TEST_CASE("the simplest of everything is small and plain") {
    CHECK(simplest({gen::Integer{}}) == "0");
    CHECK(simplest({gen::Integer{5, 9}}) == "5");
    CHECK(simplest({gen::Number{0.25, 0.75}}) == "0.3");
    CHECK(simplest({gen::Boolean{}}) == "false");
    CHECK(simplest({gen::Text{.length = {2, 9}}}) == "'aa'");
    CHECK(simplest(list_of({gen::Boolean{}}, {3, 3})) == "[false, false, false]");
    CHECK(simplest(set_of(small_integer(), {3, 4})) == "Set{0, 1, 2}");
    CHECK(simplest(set_of({gen::Text{.length = {0, 9}}}, {2, 4})) == "Set{'', 'a'}");
    CHECK(simplest({gen::DateIn{}}) == "Date(946684800000)");
    CHECK(simplest({gen::Json{}}) == "null");
    CHECK(simplest({gen::Optional{shared(small_integer()), Value{}}}) == "undefined");
    CHECK(simplest({gen::Operations{{{"push", 1, {small_integer()}}}, {1, 5}}}) ==
          "[{name: 'push', arguments: [0]}]");
  }

  TEST_CASE("of an even range `low` is the simplest, and a single number draws nothing") {
    const Generator even{gen::Integer{-3, 6, harness::Spread::even}};
    CHECK(simplest(even) == "-3");
    harness::ReplaySource source{{4}};
    Choices choices{source};
    CHECK(harness::show(harness::draw(even, choices), 100) == "1");
    const Generator only{gen::Integer{7, 7, harness::Spread::even}};
    CHECK(harness::show(harness::draw(only, choices), 100) == "7");
    CHECK(choices.drawn().size() == 1);
  }

  TEST_CASE("strings keep to their alphabet and their length") {
    bool surrogate = false;
    bool beyond_ascii = false;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
      const auto text_of = [&](gen::Alphabet alphabet) {
        return std::get<std::string>(
            draw({gen::Text{.length = {1, 6}, .alphabet = alphabet}}, seed).data);
      };
      const std::string ascii = text_of(gen::Alphabet::ascii);
      REQUIRE(ascii.size() >= 1);
      REQUIRE(ascii.size() <= 6);
      REQUIRE(std::all_of(ascii.begin(), ascii.end(), [](char c) { return c >= ' ' && c <= '~'; }));
      const auto is_surrogate = [](const std::string& text) {
        for (std::size_t i = 0; i + 1 < text.size(); ++i) {
          if (text[i] == '\xED' && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return true;
        }
        return false;
      };
      const std::string unicode = text_of(gen::Alphabet::unicode);
      REQUIRE_FALSE(is_surrogate(unicode));
      beyond_ascii = beyond_ascii || std::any_of(unicode.begin(), unicode.end(),
                                                 [](char c) { return (c & '\x80') != 0; });
      surrogate = surrogate || is_surrogate(text_of(gen::Alphabet::code_units));
    }
    CHECK(beyond_ascii);
    CHECK(surrogate);
  }

  TEST_CASE("members of a set and keys of a map are all different, and as many as asked for") {
    const Generator set = set_of(small_integer(), {4, 4});
    const Generator numbers = set_of({gen::Number{0, 1}}, {3, 6});
    const Generator map{gen::MapOf{shared({gen::Boolean{}}), shared(small_integer()), {2, 2}}};
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
      std::set<std::int64_t> seen;
      const Value drawn = draw(set, seed);
      for (const Value& item : items_of(drawn)) {
        seen.insert(std::get<std::int64_t>(item.data));
      }
      CHECK(seen == std::set<std::int64_t>{0, 1, 2, 3});
      const Value some = draw(numbers, seed);
      std::set<double> different;
      for (const Value& item : items_of(some)) different.insert(std::get<double>(item.data));
      CHECK(different.size() >= 3);
      CHECK(different.size() == items_of(some).size());
      CHECK(std::get<harness::Map>(draw(map, seed).data).entries.size() == 2);
    }
  }

  TEST_CASE("small cases come first: sizes grow with the size asked for") {
    const Generator list = list_of(small_integer(), {0, 1000});
    const auto longest = [&](unsigned size) {
      std::size_t most = 0;
      for (std::uint64_t seed = 0; seed < 300; ++seed) {
        most = std::max(most, items_of(draw(list, seed, size)).size());
      }
      return most;
    };
    CHECK(longest(0) == 1);
    CHECK(longest(50) == 13);
    CHECK(longest(100) == 25);
  }

  TEST_CASE("lists in lists stay of a size that can be run") {
    const Generator deep = list_of(list_of(list_of(small_integer(), {0, 99}), {0, 99}), {0, 99});
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      harness::RandomSource source{seed};
      Choices choices{source};
      (void)harness::draw(deep, choices);
      CHECK(choices.drawn().size() < 10'000);
    }
  }

  TEST_CASE("JSON is no deeper than asked for, and meets every kind of value") {
    std::set<std::size_t> kinds;
    const std::function<unsigned(const Value&)> depth_of = [&](const Value& value) -> unsigned {
      kinds.insert(value.data.index());
      unsigned most = 0;
      if (const auto* list = std::get_if<harness::List>(&value.data)) {
        for (const Value& item : list->items) most = std::max(most, depth_of(item));
        return most + 1;
      }
      if (const auto* object = std::get_if<harness::Object>(&value.data)) {
        for (const auto& [name, field] : object->fields) most = std::max(most, depth_of(field));
        return most + 1;
      }
      return 0;
    };
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
      CHECK(depth_of(draw({gen::Json{.depth = 2}}, seed)) <= 2);
    }
    CHECK(kinds.size() == 7);
  }

  TEST_CASE("swarm: some runs do without an operation, and those of all kinds come too") {
    gen::Operations operations{{}, {20, 20}};
    for (const char* name : {"a", "b", "c"}) operations.of.push_back({name, 1, {}});
    const Generator generator{operations};
    std::map<std::size_t, int> by_kinds;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
      std::set<std::string> names;
      const Value drawn = draw(generator, seed);
      for (const Value& item : items_of(drawn)) {
        names.insert(harness::show(item));
      }
      ++by_kinds[names.size()];
    }
    // Evenly, one of 20 operations would be missing in one run of a thousand.
    CHECK(by_kinds[1] > 50);
    CHECK(by_kinds[2] > 50);
    CHECK(by_kinds[3] > 100);
  }

  TEST_CASE("failing values shrink to one simplest form, whatever the type") {
    CHECK(shrunk({gen::Text{.length = {0, 30}}}, [](const Value& value) {
            return std::get<std::string>(value.data).size() > 3;
          }) == "'aaaa'");
    CHECK(shrunk({gen::Number{}}, [](const Value& value) {
            return std::get<double>(value.data) > 1000.3;
          }) == "1001");
    CHECK(shrunk(set_of({gen::Integer{}}, {0, 20}), [](const Value& value) {
            return items_of(value).size() >= 3;
          }) == "Set{0, 1, -1}");
    CHECK(shrunk({gen::Json{}}, [](const Value& value) {
            const auto* list = std::get_if<harness::List>(&value.data);
            return list != nullptr && list->items.size() == 2;
          }) == "[null, null]");
    CHECK(shrunk({gen::DateIn{}}, [](const Value& value) {
            return std::get<harness::Date>(value.data).epoch_ms < 0;
          }) == "Date(-86400000)");
  }

  TEST_CASE("a stateful test shrinks to the shortest story") {
    // Wrong when something is popped after two pushes of the same thing.
    const Generator stack{gen::Operations{
        {{"clear", 1, {}}, {"push", 3, {Generator{gen::Integer{}}}}, {"pop", 3, {}}}, {0, 30}}};
    const auto fails = [](const Value& value) {
      std::vector<std::string> pushed;
      for (const Value& item : items_of(value)) {
        const auto& fields = std::get<harness::Object>(item.data).fields;
        const auto& name = std::get<std::string>(fields[0].second.data);
        if (name == "clear") pushed.clear();
        if (name == "push") pushed.push_back(harness::show(fields[1].second));
        const std::size_t n = pushed.size();
        if (name == "pop" && n >= 2 && pushed[n - 1] == pushed[n - 2]) return true;
        if (name == "pop" && n > 0) pushed.pop_back();
      }
      return false;
    };
    CHECK(shrunk(stack, fails) ==
          "[{name: 'push', arguments: [0]}, {name: 'push', arguments: [0]}, "
          "{name: 'pop', arguments: []}]");
  }

  TEST_CASE("what nothing can be drawn from is refused") {
    struct Row {
      Generator generator;
      const char* message;
    };
    const auto nothing = [] { return std::vector<Value>{}; };
    for (const Row& row : std::vector<Row>{
             {{gen::Integer{5, 3}}, "integer: 5 is above 3"},
             {{gen::Number{1e300, 1e301}}, "number: nothing between the bounds that can be drawn"},
             {{gen::Number{std::nan(""), 1}}, "number: NaN is no bound"},
             {{gen::Literals{nothing()}}, "enum: no value to choose from"},
             {{gen::OneOf{}}, "one_of: nothing to choose from"},
             {{gen::OneOf{{{0, shared(small_integer())}}}}, "one_of: a weight of 0"},
             {list_of(small_integer(), {3, 2}), "list: at least 3 is above at most 2"},
             {list_of({gen::Integer{5, 3}}, {0, 2}), "integer: 5 is above 3"},
             {set_of(small_integer(), {5, 9}), "set: at least 5 of only 4 different values"},
             {{gen::MapOf{shared({gen::Boolean{}}), shared(small_integer()), {3, 3}}},
              "map: at least 3 of only 2 different values"},
             {{gen::DateIn{5, 3}}, "date: 5 is after 3"},
             {{gen::Operations{}}, "operations: none to choose from"},
             {{gen::Text{.length = {0, 100'001}}}, "string: more than 100000"},
         }) {
      CAPTURE(row.message);
      const auto status = harness::check(row.generator);
      REQUIRE_FALSE(status.has_value());
      CHECK(status.error().message() == row.message);
    }
  }
}
