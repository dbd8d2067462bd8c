#include "harnesses/history/check.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "tests/harnesses/history/subjects.hpp"

using namespace harness::history;
using namespace harness::history::test;

namespace {

std::string error_of(const History& history, const AnyModel& model) {
  const auto result = check(history, model, kAmple);
  return result ? "fine" : result.error().message();
}

// Ever more processes write different values at once; the last read tells nothing.
History crowded(unsigned processes, const Value& read) {
  Script script;
  for (unsigned i = 0; i < processes; ++i) script.call(i, i, "write", {v(i)});
  for (unsigned i = 0; i < processes; ++i) script.ret(i);
  return script.done(0, "read", {}, read).history();
}

}  // namespace

TEST_SUITE("harnesses/history/check") {
  TEST_CASE("no operations have an order") {
    CHECK(is_linearizable(Script{}.history(), model("register")));
  }

  TEST_CASE("a pending write may be seen at once, later or never, but not before its call") {
    const AnyModel holds_nothing = model("register");
    const auto reads = [](const Value& first, const Value& second) {
      return Script{}
          .call(1, 0, "write", {v(1)})
          .done(1, "read", {}, first)
          .done(1, "read", {}, second)
          .history();
    };
    CHECK(is_linearizable(reads(v(1), v(1)), holds_nothing));
    CHECK(is_linearizable(reads(nothing(), v(1)), holds_nothing));
    CHECK(is_linearizable(reads(nothing(), nothing()), holds_nothing));
    CHECK_FALSE(is_linearizable(reads(v(1), nothing()), holds_nothing));
    CHECK_FALSE(is_linearizable(
        Script{}.done(1, "read", {}, v(1)).call(1, 0, "write", {v(1)}).history(), holds_nothing));
  }

  TEST_CASE("a pending operation takes effect once at most") {
    const History history = Script{}
                                .call(1, 0, "put", {v(1)})
                                .done(1, "take", {}, v(1))
                                .done(1, "take", {}, v(1))
                                .history();
    CHECK_FALSE(is_linearizable(history, model("queue")));
  }

  TEST_CASE("a pending take may have taken what is missing") {
    const auto tries = [](bool somebody_waits) {
      Script script;
      if (somebody_waits) script.call(1, 0, "take");
      return script.done(1, "put", {v(1)}).done(1, "try_take", {}, nothing()).history();
    };
    CHECK(is_linearizable(tries(true), model("queue")));
    CHECK_FALSE(is_linearizable(tries(false), model("queue")));
  }

  TEST_CASE("a failed operation did nothing, or may do it any time, as the model says") {
    const auto reads = [](const char* operation, const Value& first, const Value& second) {
      return Script{}
          .call(1, 0, operation, {v(1)})
          .fail(1)
          .done(1, operation == std::string{"write"} ? "read" : "try_take", {}, first)
          .done(1, operation == std::string{"write"} ? "read" : "try_take", {}, second)
          .history();
    };
    CHECK(is_linearizable(reads("write", nothing(), v(1)), model("register")));
    CHECK(is_linearizable(reads("write", nothing(), nothing()), model("register")));
    CHECK_FALSE(is_linearizable(reads("write", v(1), nothing()), model("register")));
    CHECK(is_linearizable(reads("put", nothing(), nothing()), model("queue")));
    CHECK_FALSE(is_linearizable(reads("put", nothing(), v(1)), model("queue")));
  }

  TEST_CASE("a result that nobody looked at may be any, but its return still counts") {
    const auto takes = [](const Value& value) {
      return Script{}
          .done(0, "put", {v(1)})
          .done(0, "put", {v(2)})
          .done(1, "take")
          .done(1, "take", {}, value)
          .history();
    };
    CHECK(is_linearizable(takes(v(2)), model("queue")));
    CHECK_FALSE(is_linearizable(takes(v(1)), model("queue")));
  }

  TEST_CASE("a result of another kind is never right, and no error") {
    for (const Value& result : {v(1), nothing(), v("true")}) {
      CHECK_FALSE(is_linearizable(Script{}.done(0, "add", {v(1)}, result).history(), model("set")));
    }
    CHECK(is_linearizable(Script{}.done(0, "get", {}, Value{0.0}).history(), model("counter")));
    for (const Value& result : {Value{0.5}, Value{1e300}, truth(false), v("0")}) {
      CHECK_FALSE(is_linearizable(Script{}.done(0, "get", {}, result).history(), model("counter")));
    }
  }

  TEST_CASE("what the judge called wrongly is an error") {
    const AnyModel semaphore = model("semaphore", {{"permits", v(1)}});
    CHECK(error_of(Script{}.call(3, 0, "take\n").history(), semaphore) ==
          "operation 3: the model 'semaphore' has no operation 'take\\n'; it has acquire, "
          "try_acquire, release");
    CHECK(error_of(Script{}.call(3, 0, "acquire", {v(-1)}).history(), semaphore) ==
          "operation 3: acquire: argument 1 cannot be -1");
    CHECK(error_of(Script{}.call(3, 0, "acquire", {v(1), v(2)}).history(), semaphore) ==
          "operation 3: acquire: has 2 arguments; it takes 1");
    CHECK(error_of(Script{}.call(3, 0, "put", {v(1)}).history(), model("map")) ==
          "operation 3: put: argument 2 is missing");
    CHECK(error_of(Script{}.call(3, 0, "add", {v("1")}).history(), model("counter")) ==
          "operation 3: add: argument 1 cannot be '1'");
    CHECK(error_of(Script{}.done(0, "read").history(),
                   model("register", {{"per_key", truth(true)}})) ==
          "operation 1000: has no key; with per_key every call needs one");
  }

  TEST_CASE("when the steps run out the answer is unknown, whatever it would have been") {
    for (const Value& read : {v(0), v(99)}) {
      const auto result =
          check(crowded(12, read), model("register"), {.steps = 5, .memory = kAmple.memory});
      REQUIRE(result);
      const auto* const unknown = std::get_if<Unknown>(&result->answer);
      REQUIRE(unknown != nullptr);
      CHECK(unknown->reason == Unknown::Reason::steps);
      CHECK(result->effort.steps == 5);
    }
    CHECK(is_linearizable(crowded(12, v(0)), model("register")));
    CHECK_FALSE(is_linearizable(crowded(12, v(99)), model("register")));
  }

  TEST_CASE("when the memory runs out the answer is unknown, and the limit was kept") {
    const base::Bytes little{20'000};
    const auto result =
        check(crowded(12, v(99)), model("register"), {.steps = kAmple.steps, .memory = little});
    REQUIRE(result);
    const auto* const unknown = std::get_if<Unknown>(&result->answer);
    REQUIRE(unknown != nullptr);
    CHECK(unknown->reason == Unknown::Reason::memory);
    CHECK(result->effort.memory <= little);
    CHECK(result->effort.memory > base::Bytes{5'000});
    const auto none = check(crowded(2, v(0)), model("register"),
                            {.steps = kAmple.steps, .memory = base::Bytes{0}});
    REQUIRE(none);
    CHECK(std::holds_alternative<Unknown>(none->answer));
  }

  TEST_CASE("every budget gives the right answer or none") {
    const History right = crowded(6, v(3));
    const History wrong = crowded(6, v(99));
    std::size_t answered = 0;
    for (std::uint64_t steps = 0; steps < 600; ++steps) {
      for (const std::uint64_t bytes : {500U, 1500U, 4000U, 64'000U}) {
        const Budget budget{steps, base::Bytes{bytes}};
        const auto yes = check(right, model("register"), budget);
        const auto no = check(wrong, model("register"), budget);
        REQUIRE(yes);
        REQUIRE(no);
        CHECK_FALSE(std::holds_alternative<NotLinearizable>(yes->answer));
        CHECK_FALSE(std::holds_alternative<Linearizable>(no->answer));
        if (std::holds_alternative<NotLinearizable>(no->answer)) ++answered;
      }
    }
    CHECK(answered > 0);
  }

  TEST_CASE("a small object that fails is found beside a large one that would take too long") {
    Script script;
    for (unsigned i = 0; i < 12; ++i) script.call(i, i, "put", {v("large"), v(i)});
    for (unsigned i = 0; i < 12; ++i) script.ret(i);
    script.done(0, "get", {v("large")}, v(99));
    script.done(0, "get", {v("small")}, v(1));
    const auto result =
        check(script.history(), model("map"), {.steps = 50, .memory = kAmple.memory});
    REQUIRE(result);
    REQUIRE(std::holds_alternative<NotLinearizable>(result->answer));
  }

  TEST_CASE("the longest part with an order ends before the return that nothing explains") {
    const History history = Script{}
                                .done(0, "write", {v(1)})
                                .done(0, "read", {}, v(1))
                                .call(1, 1, "write", {v(2)})
                                .done(0, "read", {}, v(2))
                                .done(0, "read", {}, v(1))
                                .ret(1)
                                .done(0, "read", {}, v(7))
                                .history();
    const Checked found = checked(history, model("register"));
    const auto& failure = std::get<NotLinearizable>(found.answer);
    CHECK(failure.blocked == 4);
    CHECK(failure.order == std::vector<std::size_t>{0, 1, 2, 3});
    CHECK(failure.state == "holds 2");
  }

  TEST_CASE("long histories of right objects are linearizable, with many keys and processes") {
    for (const Partition partition : {Partition::by_model, Partition::none}) {
      Random random{5};
      const AnyModel map = model("map");
      Script script;
      std::vector<std::optional<unsigned>> open(4);
      std::vector<std::int64_t> values(3, -1);
      unsigned next = 0;
      const auto touch = [&](std::size_t process) {
        const auto key = static_cast<std::size_t>(process % values.size());
        if (open[process]) {
          script.ret(*open[process]);
          open[process].reset();
          return;
        }
        values[key] = next;
        script.call(next, static_cast<unsigned>(process), "put",
                    {v(static_cast<std::int64_t>(key)), v(next)});
        open[process] = next++;
      };
      for (int i = 0; i < 1200; ++i) touch(random.below(open.size()));
      const Checked found = checked(script.history(), map, partition);
      REQUIRE(std::holds_alternative<Linearizable>(found.answer));
      CHECK(std::get<Linearizable>(found.answer).order.size() > 500);
    }
  }
}
