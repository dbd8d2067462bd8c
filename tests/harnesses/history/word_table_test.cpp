#include "harnesses/history/word_table.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/history/seen.hpp"
#include "harnesses/history/taken_set.hpp"
#include "tests/harnesses/history/subjects.hpp"

using namespace harness::history;
using harness::history::test::Random;

namespace {

constexpr std::uint64_t kMuch = 64U << 20U;

std::vector<Word> random_words(Random& random) {
  std::vector<Word> words(random.below(4));
  for (Word& word : words) word = random.number(6) - 3;
  return words;
}

}  // namespace

TEST_SUITE("harnesses/history/word_table") {
  TEST_CASE("equal sequences share a number, others do not, however many there are") {
    Memory memory{kMuch};
    WordTable table{memory};
    std::map<std::vector<Word>, std::uint32_t> known;
    Random random{1};
    for (int i = 0; i < 5000; ++i) {
      const std::vector<Word> words = random_words(random);
      const auto inserted = table.insert(words);
      REQUIRE(inserted);
      const auto [found, is_new] = known.try_emplace(words, inserted->number);
      CHECK(inserted->is_new == is_new);
      CHECK(inserted->number == found->second);
    }
    CHECK(table.size() == known.size());
    for (const auto& [words, number] : known) {
      CHECK(std::vector<Word>(table[number].begin(), table[number].end()) == words);
    }
  }

  TEST_CASE("zeros at the end count, and so does the length") {
    Memory memory{kMuch};
    WordTable table{memory};
    std::set<std::uint32_t> numbers;
    for (std::size_t length = 0; length < 10; ++length) {
      numbers.insert(table.insert(std::vector<Word>(length, 0))->number);
    }
    CHECK(numbers.size() == 10);
  }

  TEST_CASE("memory is never taken beyond the limit, and what is there stays") {
    for (const std::uint64_t limit : {0U, 100U, 1000U, 5000U, 100'000U}) {
      CAPTURE(limit);
      Memory memory{limit};
      WordTable table{memory};
      Word next = 0;
      while (table.insert(std::vector<Word>{next, -next})) ++next;
      CHECK(memory.peak() <= limit);
      CHECK(table.size() == static_cast<std::size_t>(next));
      if (limit == 100'000) CHECK(next > 500);
      for (Word i = 0; i < next; ++i) {
        const auto again = table.insert(std::vector<Word>{i, -i});
        REQUIRE(again);
        CHECK_FALSE(again->is_new);
      }
    }
  }
}

TEST_SUITE("harnesses/history/seen") {
  TEST_CASE("what was reached before with a part of the optional items is not new") {
    Memory memory{kMuch};
    SeenConfigurations seen{memory};
    std::vector<std::pair<Word, Word>> known;  // key, optional items
    Random random{9};
    std::size_t fresh = 0;
    for (int i = 0; i < 3000; ++i) {
      const Word key = random.number(5);
      const Word items = random.number(2) == 0 ? random.number(256) : random.number(256) | 0xC0;
      const bool is_new = std::ranges::none_of(known, [&](const auto& other) {
        return other.first == key && (other.second & ~items) == 0;
      });
      const auto found = seen.find_or_add(std::vector<Word>{key}, std::vector<Word>{items});
      REQUIRE(found);
      CHECK(found->is_new == is_new);
      known.emplace_back(key, items);
      fresh += is_new ? 1U : 0U;
    }
    CHECK(seen.size() == fresh);
    CHECK(fresh > 30);
  }
}

TEST_SUITE("harnesses/history/taken_set") {
  TEST_CASE("two sets have the same words when they have the same items, and only then") {
    for (const std::size_t size : {1U, 63U, 64U, 65U, 130U, 300U}) {
      CAPTURE(size);
      Random random{size};
      std::vector<Item> items(size);
      for (std::size_t i = 0; i < size; ++i) {
        items[i].call = i;
        items[i].is_required = !random.one_in(5);
      }
      TakenSet taken{items};
      std::set<std::size_t> model;
      std::map<std::vector<Word>, std::set<std::size_t>> sets;
      std::set<std::set<std::size_t>> distinct;
      for (int step = 0; step < 4000; ++step) {
        // Mostly near the front, as in a search, so that full and empty words come about.
        const std::size_t item =
            random.one_in(3) ? random.below(size) : random.below(1 + random.below(size));
        CHECK(taken.contains(item) == model.contains(item));
        const bool insert = step % 1000 < 600 || random.one_in(2);  // full words come about
        if (insert && model.insert(item).second) taken.insert(item);
        if (!insert && model.erase(item) > 0) taken.erase(item);
        std::vector<Word> key;
        taken.append_required(key);
        key.insert(key.end(), taken.optional().begin(), taken.optional().end());
        CHECK(sets.try_emplace(key, model).first->second == model);
        distinct.insert(model);
      }
      CHECK(sets.size() == distinct.size());
    }
  }
}
