#include "harnesses/history/report.hpp"

#include <algorithm>
#include <numeric>
#include <sstream>

#include <doctest/doctest.h>

#include "harnesses/history/ascii.hpp"
#include "tests/harnesses/history/support.hpp"

using namespace harness::history;
using namespace harness::history::test;

namespace {

std::string drawn(const History& history) {
  std::vector<std::size_t> all(history.operations().size());
  std::iota(all.begin(), all.end(), 0);
  return "\n" + draw_lanes(history, all);
}

std::string reported(const History& history, const AnyModel& model) {
  const Checked found = checked(history, model);
  const auto& failure = std::get<NotLinearizable>(found.answer);
  const auto explanation = explain(history, model, failure, kAmple);
  REQUIRE(explanation);
  return "\n" + report(history, failure, *explanation);
}

bool fits(const std::string& text) {
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    const bool printable = std::ranges::all_of(line, [](char c) { return c >= ' ' && c <= '~'; });
    if (line.size() > 100 || !printable) return false;
  }
  return true;
}

}  // namespace

TEST_SUITE("harnesses/history/report") {
  TEST_CASE("lanes show what overlaps, what ended how, and what never ended") {
    const History history = Script{}
                                .call(1, 0, "put", {v("k"), v(1)})
                                .done(1, "get", {v("k")}, v(1))
                                .call(2, 2, "put", {v("k"), v(2)})
                                .ret(1)
                                .call(3, 0, "delete", {v("k")})
                                .fail(3)
                                .history();
    CHECK(drawn(history) == R"(
  process 0  |- put('k', 1) -> ok -|  |- delete('k') -> failed -|
  process 1   |- get('k') -> 1 -|
  process 2                      |- put('k', 2) ...
)");
  }

  TEST_CASE("texts that do not fit are shortened, then numbered") {
    Script shortened;
    const std::string text(30, 'x');
    shortened.done(0, "put", {v(text.c_str())}).done(0, "put", {v(text.c_str())});
    CHECK(drawn(shortened.history()) == R"(
  process 0  |- put('xxxxxxxxxxxxxxx...) -> ok -|  |- put('xxxxxxxxxxxxxxx...) -> ok -|
)");
    Script numbered;
    for (unsigned i = 0; i < 6; ++i) numbered.done(i % 2, "put", {v(text.c_str())});
    CHECK(drawn(numbered.history()) == R"(
  process 0  |- 1 -|       |- 3 -|       |- 5 -|
  process 1         |- 2 -|       |- 4 -|       |- 6 -|
  1  put('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') -> ok
  2  put('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') -> ok
  3  put('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') -> ok
  4  put('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') -> ok
  5  put('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') -> ok
  6  put('xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') -> ok
)");
  }

  TEST_CASE("more than a line of numbers goes on in the next band") {
    Script script;
    for (int i = 0; i < 30; ++i) script.done(0, "put", {v(i)});
    const std::string text = drawn(script.history());
    CHECK(fits(text));
    CHECK(text.find("|- 1 -|  |- 2 -|") != std::string::npos);
    CHECK(text.find("|- 30 -|") != std::string::npos);
    CHECK(text.find("  30  put(29) -> ok") != std::string::npos);
    CHECK(text.find("\n\n  process 0  ") != std::string::npos);
  }

  TEST_CASE("hostile contents stay plain text of at most 100 columns") {
    std::string all_bytes;
    for (int c = 0; c < 256; ++c) all_bytes += static_cast<char>(c);
    const std::string wide = "\xe4\xb8\xad\xcc\x81\xe2\x80\xae\xf0\x9f\x98\x80";
    for (const std::string& contents :
         {all_bytes, wide, std::string(5000, '\x1b'), std::string(5000, '\n')}) {
      Script script;
      script.done(0, "write", {v(1)});
      for (unsigned i = 0; i < 5; ++i) {
        script.done(i, "write", {Value{contents}});
        script.done(i, "read", {}, Value{contents}, std::nullopt);
      }
      script.done(0, "read", {}, Value{contents + "!"});
      const History history = script.history();
      CHECK(fits(drawn(history).substr(1)));
      CHECK(fits(reported(history, model("register")).substr(1)));
    }
  }

  TEST_CASE("other alphabets are written as code points") {
    CHECK(ascii("a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80") == "a\\u{00E9}\\u{4E2D}\\u{1F600}");
    CHECK(cut("abcdef", 6) == "abcdef");
    CHECK(cut("abcdefg", 6) == "abc...");
  }

  TEST_CASE("a report says what fails and how far an order goes") {
    const History history = Script{}
                                .done(2, "put", {v("other"), v(1)})
                                .done(0, "put", {v("k"), v(1)})
                                .done(0, "put", {v("k"), v(3)})
                                .done(0, "put", {v("k"), v(2)})
                                .done(1, "get", {v("k")}, v(1))
                                .history();
    CHECK(reported(history, model("map")) == R"(
key 'k': these 2 operations cannot all have happened, whichever of 2 others took effect
  process 0  |- put('k', 2) -> ok -|
  process 1                         |- get('k') -> 1 -|
no order gets past get('k') -> 1, which returns 0.009 ms after the first call
one order of what was before, 3 operations:
  put('k', 1) -> ok
  put('k', 3) -> ok
  put('k', 2) -> ok
  then the object holds {'k': 2}
)");
  }

  TEST_CASE("lanes are called what the caller says, and no time is told where none passed") {
    Recorder recorder;
    const OperationId id{1};
    REQUIRE(recorder.call(id, {.process = ProcessId{3}, .operation = "read", .arguments = {}},
                          std::chrono::nanoseconds{0}));
    REQUIRE(recorder.returned(id, v(7), std::chrono::nanoseconds{0}));
    const History history = std::move(recorder).finish();
    const AnyModel checked_by = model("register");
    const auto checked = check(history, checked_by, kAmple);
    REQUIRE(checked.has_value());
    const auto& failure = std::get<NotLinearizable>(checked->answer);
    const auto explained = explain(history, checked_by, failure, kAmple);
    REQUIRE(explained.has_value());
    CHECK(report(history, failure, *explained, "call") ==
          R"(this operation cannot have happened
  call 3  |- read() -> 7 -|
no order gets past read() -> 7
before it nothing took effect
  then the object holds null
)");
  }

  TEST_CASE("a single impossible operation has no place") {
    CHECK(reported(Script{}.done(0, "read", {}, v(7)).history(), model("register")) == R"(
this operation cannot have happened
  process 0  |- read() -> 7 -|
no order gets past read() -> 7, which returns 0.001 ms after the first call
before it nothing took effect
  then the object holds null
)");
  }
}
