#include "harnesses/history/explain.hpp"

#include <string>

#include <doctest/doctest.h>

#include "tests/harnesses/history/support.hpp"

using namespace harness::history;
using namespace harness::history::test;

namespace {

Explanation explained(const History& history, const AnyModel& model,
                      const Budget& budget = kAmple) {
  const Checked found = checked(history, model);
  REQUIRE(std::holds_alternative<NotLinearizable>(found.answer));
  auto explanation = explain(history, model, std::get<NotLinearizable>(found.answer), budget);
  REQUIRE(explanation);
  return std::move(*explanation);
}

std::string blocking(const History& history, const AnyModel& model) {
  std::string text;
  const Explanation explanation = explained(history, model);
  CHECK(explanation.is_minimal);
  for (const std::size_t i : explanation.blocking) {
    text += (text.empty() ? "" : "; ") + to_string(history.operations()[i]);
  }
  return text;
}

// Many operations that have nothing to do with it.
Script& noise(Script& script, unsigned id) {
  script.call(id, 8, "write", {v(50)}).call(id + 1, 9, "read");
  return script.ret(id).ret(id + 1, v(50));
}

}  // namespace

TEST_SUITE("harnesses/history/explain") {
  TEST_CASE("a stale read needs the write it missed") {
    Script script;
    noise(script, 10).done(0, "write", {v(1)});
    noise(script, 20).done(0, "write", {v(2)}).done(1, "read", {}, v(1));
    CHECK(blocking(noise(script, 30).history(), model("register")) ==
          "write(2) -> ok; read() -> 1");
  }

  TEST_CASE("the write that explains a read is not left out to make the read look wrong") {
    // Deleting write(1) would leave the read of 1 as the whole reason.
    const History history = Script{}
                                .done(0, "write", {v(1)})
                                .done(1, "read", {}, v(1))
                                .done(1, "read", {}, v(2))
                                .history();
    CHECK(blocking(history, model("register")) == "read() -> 2");
  }

  TEST_CASE("what nobody wrote is wrong by itself") {
    Script script;
    noise(script, 10).done(0, "read", {}, v(7));
    CHECK(blocking(noise(script, 20).history(), model("register")) == "read() -> 7");
  }

  TEST_CASE("a FIFO inversion needs the item that was passed over, and the take") {
    const History history = Script{}
                                .done(0, "put", {v(0)})
                                .done(2, "take", {}, v(0))
                                .done(0, "put", {v(1)})
                                .done(1, "put", {v(2)})
                                .done(2, "take", {}, v(2))
                                .done(2, "take", {}, v(1))
                                .history();
    CHECK(blocking(history, model("queue")) == "put(1) -> ok; take() -> 2");
  }

  TEST_CASE("a lock granted twice needs both grants") {
    const History history = Script{}
                                .done(0, "acquire")
                                .done(0, "release")
                                .done(1, "acquire")
                                .call(1, 2, "acquire")
                                .ret(1)
                                .done(1, "release")
                                .history();
    CHECK(blocking(history, model("lock")) == "acquire() -> ok; acquire() -> ok");
  }

  TEST_CASE("one permit too many needs a holder for each permit and release, and one more") {
    Script script;
    for (unsigned i = 0; i < 3; ++i) script.done(i, "acquire");
    const History too_many = script.done(3, "acquire").history();
    const AnyModel three = model("semaphore", {{"permits", v(3)}});
    CHECK(explained(too_many, three).blocking.size() == 4);
    Script later;
    for (unsigned i = 0; i < 3; ++i) later.done(i, "acquire");
    later.done(0, "release");
    for (unsigned i = 3; i < 5; ++i) later.done(i, "acquire");
    CHECK(explained(later.history(), three).blocking.size() == 5);
  }

  TEST_CASE("what was called too late to explain anything is no part of it") {
    const History history =
        Script{}.done(0, "read", {}, v(1)).call(1, 1, "write", {v(1)}).history();
    const Explanation explanation = explained(history, model("register"));
    CHECK(explanation.blocking == std::vector<std::size_t>{0});
    CHECK(explanation.left_out == 0);
  }

  TEST_CASE("an operation in doubt takes effect within its interval only") {
    // Were write(1) in doubt without its interval, it would explain the last read.
    const History history = Script{}
                                .done(0, "write", {v(1)})
                                .call(1, 0, "write", {v(2)})
                                .done(1, "read", {}, v(2))
                                .done(1, "read", {}, v(1))
                                .ret(1)
                                .history();
    CHECK(blocking(history, model("register")) == "read() -> 2; read() -> 1");
  }

  TEST_CASE("operations of other objects and later ones are no part of it") {
    const History history = Script{}
                                .done(0, "put", {v("b"), v(1)})
                                .done(0, "put", {v("a"), v(1)})
                                .done(0, "get", {v("a")}, v(2))
                                .done(0, "put", {v("a"), v(2)})
                                .history();
    const Explanation explanation = explained(history, model("map"));
    CHECK(explanation.blocking == std::vector<std::size_t>{2});
    CHECK(explanation.left_out == 1);
  }

  TEST_CASE("without a budget the reason is large, true, and not called minimal") {
    Script script;
    for (unsigned i = 0; i < 4; ++i) script.call(i, i, "add", {v(1)});
    for (unsigned i = 0; i < 4; ++i) script.ret(i);
    const History history = script.done(0, "get", {}, v(1)).history();
    const std::size_t needed = 3;  // two additions and the get
    CHECK(explained(history, model("counter")).blocking.size() == needed);
    std::size_t unfinished = 0;
    for (std::uint64_t steps = 0; steps < 3000; steps += 10) {
      const Explanation explanation = explained(history, model("counter"), {steps, kAmple.memory});
      if (explanation.is_minimal) CHECK(explanation.blocking.size() == needed);
      if (!explanation.is_minimal) ++unfinished;
      CHECK(explanation.blocking.size() >= needed);
      CHECK(explanation.effort.steps <= steps);
    }
    CHECK(unfinished > 3);
    CHECK(unfinished < 300);
  }
}
