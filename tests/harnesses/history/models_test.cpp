// Histories that every textbook has: right ones, and beside each a wrong one that differs in what
// matters.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/harnesses/history/support.hpp"

using namespace harness::history;
using namespace harness::history::test;

TEST_SUITE("harnesses/history/models") {
  TEST_CASE("register: a read that overlaps a write may see the old value or the new one") {
    for (const Value& seen : {nothing(), v(1)}) {
      CHECK(is_linearizable(
          Script{}.call(1, 0, "write", {v(1)}).done(1, "read", {}, seen).ret(1).history(),
          model("register")));
    }
    CHECK_FALSE(is_linearizable(
        Script{}.call(1, 0, "write", {v(1)}).done(1, "read", {}, v(2)).ret(1).history(),
        model("register")));
  }

  TEST_CASE("register: a stale read is wrong") {
    const auto reads = [](const Value& seen) {
      return Script{}
          .done(0, "write", {v(1)})
          .done(0, "write", {v(2)})
          .done(1, "read", {}, seen)
          .history();
    };
    CHECK(is_linearizable(reads(v(2)), model("register")));
    CHECK_FALSE(is_linearizable(reads(v(1)), model("register")));
  }

  TEST_CASE("register: once somebody has read the new value, nobody reads the old one") {
    const auto second_reads = [](const Value& seen) {
      return Script{}
          .call(1, 0, "write", {v(1)})
          .done(1, "read", {}, v(1))
          .done(2, "read", {}, seen)
          .ret(1)
          .history();
    };
    CHECK(is_linearizable(second_reads(v(1)), model("register")));
    CHECK_FALSE(is_linearizable(second_reads(nothing()), model("register")));
  }

  TEST_CASE("register: of two compare-and-sets from one value only one succeeds") {
    const auto second = [](bool result) {
      return Script{}
          .call(1, 0, "compare_and_set", {nothing(), v(1)})
          .call(2, 1, "compare_and_set", {nothing(), v(2)})
          .ret(1, truth(true))
          .ret(2, truth(result))
          .history();
    };
    CHECK(is_linearizable(second(false), model("register")));
    CHECK_FALSE(is_linearizable(second(true), model("register")));
  }

  TEST_CASE("register: equal values are the same, whatever their form") {
    const AnyModel zero = model("register", {{"initial", v(0)}});
    const auto reads = [](const Value& seen) {
      return Script{}.done(0, "read", {}, seen).history();
    };
    CHECK(is_linearizable(reads(Value{0.0}), zero));
    CHECK_FALSE(is_linearizable(reads(Value{-0.0}), zero));
    CHECK_FALSE(is_linearizable(reads(v("0")), zero));
    CHECK(is_linearizable(reads(Value{harness::Undefined{}}), model("register")));
  }

  TEST_CASE("map: a lost update is wrong, in the key it happened in") {
    const auto reads = [](const Value& seen) {
      return Script{}
          .done(0, "put", {v("a"), v(1)})
          .done(1, "put", {v("b"), v(5)})
          .done(1, "compare_and_set", {v("a"), v(1), v(2)}, truth(true))
          .done(0, "get", {v("a")}, seen)
          .done(0, "delete", {v("b")}, truth(true))
          .done(0, "get", {v("b")}, nothing())
          .history();
    };
    CHECK(is_linearizable(reads(v(2)), model("map")));
    CHECK_FALSE(is_linearizable(reads(v(1)), model("map")));
    const Checked found = checked(reads(v(1)), model("map"));
    const auto& failure = std::get<NotLinearizable>(found.answer);
    REQUIRE(failure.key);
    CHECK(std::get<std::string>(failure.key->data) == "a");
    CHECK(failure.state == "holds {'a': 2}");
  }

  TEST_CASE("set: a member is added once") {
    const auto second_adds = [](bool result) {
      return Script{}
          .call(1, 0, "add", {v(1)})
          .call(2, 1, "add", {v(1)})
          .ret(1, truth(true))
          .ret(2, truth(result))
          .done(0, "contains", {v(1)}, truth(true))
          .done(0, "remove", {v(1)}, truth(true))
          .history();
    };
    CHECK(is_linearizable(second_adds(false), model("set")));
    CHECK_FALSE(is_linearizable(second_adds(true), model("set")));
  }

  TEST_CASE("queue: what one process put first comes first") {
    const auto takes = [](std::int64_t first, std::int64_t second) {
      return Script{}
          .done(0, "put", {v(1)})
          .done(0, "put", {v(2)})
          .done(1, "take", {}, v(first))
          .done(1, "take", {}, v(second))
          .done(1, "try_take", {}, nothing())
          .history();
    };
    CHECK(is_linearizable(takes(1, 2), model("queue")));
    CHECK_FALSE(is_linearizable(takes(2, 1), model("queue")));
    CHECK_FALSE(is_linearizable(takes(1, 1), model("queue")));
    CHECK_FALSE(is_linearizable(takes(1, 3), model("queue")));
    CHECK(is_linearizable(takes(2, 1), model("queue", {{"overtakes", v(1)}})));
    CHECK_FALSE(is_linearizable(takes(2, 1), model("queue", {{"per_producer", truth(true)}})));
  }

  TEST_CASE("queue: puts that overlap may come in any order") {
    for (const std::int64_t first : {1, 2}) {
      CHECK(is_linearizable(Script{}
                                .call(1, 0, "put", {v(1)})
                                .call(2, 1, "put", {v(2)})
                                .ret(1)
                                .ret(2)
                                .done(0, "take", {}, v(first))
                                .done(0, "take", {}, v(3 - first))
                                .history(),
                            model("queue")));
    }
  }

  TEST_CASE("queue: an empty answer is wrong while something must be in it") {
    const auto answers = [](const Value& value) {
      return Script{}.done(0, "put", {v(1)}).done(1, "try_take", {}, value).history();
    };
    CHECK(is_linearizable(answers(v(1)), model("queue")));
    CHECK_FALSE(is_linearizable(answers(nothing()), model("queue")));
  }

  TEST_CASE("queue: per producer, others may be overtaken") {
    const History history = Script{}
                                .done(0, "put", {v(1)})
                                .done(1, "put", {v(2)})
                                .done(2, "take", {}, v(2))
                                .done(2, "take", {}, v(1))
                                .history();
    CHECK_FALSE(is_linearizable(history, model("queue")));
    CHECK(is_linearizable(history, model("queue", {{"per_producer", truth(true)}})));
  }

  TEST_CASE("queue: as many older items are overtaken as was allowed, and no more") {
    const auto takes = [](std::int64_t first) {
      Script script;
      for (const std::int64_t i : {0, 1, 2, 3}) script.done(0, "put", {v(i)});
      return script.done(1, "take", {}, v(first)).history();
    };
    const AnyModel relaxed = model("queue", {{"overtakes", v(2)}});
    CHECK(is_linearizable(takes(2), relaxed));
    CHECK_FALSE(is_linearizable(takes(3), relaxed));
  }

  TEST_CASE("queue: which of two equal items was taken stays open until it matters") {
    const auto last = [](std::int64_t value) {
      return Script{}
          .done(0, "put", {v(7)})
          .done(0, "put", {v(8)})
          .done(0, "put", {v(7)})
          .done(1, "take", {}, v(8))
          .done(1, "take", {}, v(7))
          .done(1, "take", {}, v(value))
          .done(1, "try_take", {}, nothing())
          .history();
    };
    const AnyModel relaxed = model("queue", {{"overtakes", v(1)}});
    CHECK(is_linearizable(last(7), relaxed));
    CHECK_FALSE(is_linearizable(last(8), relaxed));
  }

  TEST_CASE("bounded queue: a put that does not fit returns only after something was taken") {
    const AnyModel one = model("bounded queue", {{"capacity", v(1)}});
    const auto full = [](bool returns_first) {
      Script script;
      script.done(0, "put", {v(1)}).call(1, 1, "put", {v(2)});
      if (returns_first) script.ret(1);
      script.done(0, "take", {}, v(1));
      if (!returns_first) script.ret(1);
      return script.history();
    };
    CHECK(is_linearizable(full(false), one));
    CHECK_FALSE(is_linearizable(full(true), one));
    CHECK(is_linearizable(full(true), model("bounded queue", {{"capacity", v(2)}})));
  }

  TEST_CASE("bounded queue: try_put says truly whether there was room") {
    const auto tries = [](bool result) {
      return Script{}.done(0, "put", {v(1)}).done(0, "try_put", {v(2)}, truth(result)).history();
    };
    CHECK(is_linearizable(tries(false), model("bounded queue", {{"capacity", v(1)}})));
    CHECK_FALSE(is_linearizable(tries(true), model("bounded queue", {{"capacity", v(1)}})));
    CHECK(is_linearizable(tries(true), model("bounded queue", {{"capacity", v(2)}})));
    CHECK_FALSE(is_linearizable(tries(false), model("bounded queue", {{"capacity", v(2)}})));
  }

  TEST_CASE("bounded queue: a cancelled put leaves nothing behind") {
    const auto takes = [](const Value& value) {
      return Script{}.call(1, 0, "put", {v(1)}).fail(1).done(1, "try_take", {}, value).history();
    };
    const AnyModel one = model("bounded queue", {{"capacity", v(1)}});
    CHECK(is_linearizable(takes(nothing()), one));
    CHECK_FALSE(is_linearizable(takes(v(1)), one));
  }

  TEST_CASE("stack: the last comes first") {
    const auto pops = [](std::int64_t first, const Value& third) {
      return Script{}
          .done(0, "push", {v(1)})
          .done(0, "push", {v(2)})
          .done(1, "pop", {}, v(first))
          .done(1, "pop", {}, v(3 - first))
          .done(1, "try_pop", {}, third)
          .history();
    };
    CHECK(is_linearizable(pops(2, nothing()), model("stack")));
    CHECK_FALSE(is_linearizable(pops(1, nothing()), model("stack")));
    CHECK_FALSE(is_linearizable(pops(2, v(1)), model("stack")));
  }

  TEST_CASE("counter: two additions at the same time both count") {
    const auto reads = [](std::int64_t count) {
      return Script{}
          .call(1, 0, "add", {v(1)})
          .call(2, 1, "add", {v(1)})
          .ret(1)
          .ret(2)
          .done(0, "get", {}, v(count))
          .done(0, "add_and_get", {v(2)}, v(count + 2))
          .done(0, "get_and_add", {v(1)}, v(count + 2))
          .history();
    };
    CHECK(is_linearizable(reads(2), model("counter")));
    CHECK_FALSE(is_linearizable(reads(1), model("counter")));
    CHECK(is_linearizable(reads(12), model("counter", {{"initial", v(10)}})));
  }

  TEST_CASE("counter: the same number is not drawn twice") {
    const auto draws = [](std::int64_t second) {
      return Script{}
          .call(1, 0, "get_and_add", {v(1)})
          .call(2, 1, "get_and_add", {v(1)})
          .ret(1, v(0))
          .ret(2, v(second))
          .history();
    };
    CHECK(is_linearizable(draws(1), model("counter")));
    CHECK_FALSE(is_linearizable(draws(0), model("counter")));
  }

  TEST_CASE("lock: it is granted to one at a time") {
    const auto second = [](bool released) {
      Script script;
      script.done(0, "acquire").call(1, 1, "acquire");
      if (released) script.done(0, "release");
      return script.ret(1).history();
    };
    CHECK(is_linearizable(second(true), model("lock")));
    CHECK_FALSE(is_linearizable(second(false), model("lock")));
  }

  TEST_CASE("lock: only its holder gives it back") {
    const auto releases = [](unsigned process) {
      return Script{}
          .done(0, "try_acquire", {}, truth(true))
          .done(1, "try_acquire", {}, truth(false))
          .done(process, "release")
          .history();
    };
    CHECK(is_linearizable(releases(0), model("lock")));
    CHECK_FALSE(is_linearizable(releases(1), model("lock")));
  }

  TEST_CASE("semaphore: never one permit too many") {
    const auto third = [](bool granted) {
      return Script{}
          .done(0, "acquire")
          .done(1, "acquire", {v(1)})
          .done(2, "try_acquire", {}, truth(granted))
          .done(0, "release")
          .done(2, "try_acquire", {v(1)}, truth(true))
          .history();
    };
    CHECK(is_linearizable(third(false), model("semaphore", {{"permits", v(2)}})));
    CHECK_FALSE(is_linearizable(third(true), model("semaphore", {{"permits", v(2)}})));
    CHECK(is_linearizable(third(true), model("semaphore", {{"permits", v(3)}})));
  }

  TEST_CASE("lru cache: the least recently used entry goes, at the end of its time each") {
    const AnyModel cache = model("lru cache", {{"capacity", v(2)}, {"ttl", v(10)}});
    const auto gets = [](const char* key, std::int64_t now, const Value& value) {
      return Script{}
          .done(0, "put", {v("a"), v(1), v(0)})
          .done(0, "put", {v("b"), v(2), v(1)})
          .done(0, "get", {v("a"), v(2)}, v(1))
          .done(0, "put", {v("c"), v(3), v(3)})  // "b" goes
          .done(0, "get", {v(key), v(now)}, value)
          .history();
    };
    CHECK(is_linearizable(gets("b", 4, nothing()), cache));
    CHECK_FALSE(is_linearizable(gets("b", 4, v(2)), cache));
    CHECK(is_linearizable(gets("a", 9, v(1)), cache));
    CHECK_FALSE(is_linearizable(gets("a", 10, v(1)), cache));  // the get at 2 did not prolong it
    CHECK(is_linearizable(gets("a", 10, nothing()), cache));
    CHECK(is_linearizable(gets("c", 12, v(3)), cache));
  }

  TEST_CASE("lru cache: what has expired takes up no place") {
    const auto gets = [](const Value& value) {
      return Script{}
          .done(0, "put", {v("a"), v(1), v(0)})
          .done(0, "put", {v("b"), v(2), v(5)})
          .done(0, "get", {v("a"), v(6)}, v(1))
          .done(0, "put", {v("c"), v(3), v(11)})
          .done(0, "get", {v("b"), v(11)}, value)
          .done(0, "delete", {v("b"), v(11)}, truth(true))
          .history();
    };
    const AnyModel cache = model("lru cache", {{"capacity", v(2)}, {"ttl", v(10)}});
    CHECK(is_linearizable(gets(v(2)), cache));
    CHECK_FALSE(is_linearizable(gets(nothing()), cache));
  }

  TEST_CASE("objects of different keys are independent when the model is told so") {
    const History history = Script{}
                                .done(0, "put", {v(1)}, std::nullopt, v("a"))
                                .done(0, "put", {v(2)}, std::nullopt, v("b"))
                                .done(1, "take", {}, v(2), v("b"))
                                .done(1, "take", {}, v(1), v("a"))
                                .history();
    CHECK_FALSE(is_linearizable(history, model("queue")));
    CHECK(is_linearizable(history, model("queue", {{"per_key", truth(true)}})));
  }
}
