// What the search does not do: work that it can do without. Counted in steps, which are the same on
// every machine.
#include "harnesses/history/search.hpp"

#include <doctest/doctest.h>

#include "tests/harnesses/history/support.hpp"

using namespace harness::history;
using namespace harness::history::test;

TEST_SUITE("harnesses/history/search") {
  TEST_CASE("configurations seen before are not searched again") {
    // 14 writes at once have 14! orders, but only 14 * 2^13 configurations and the first.
    Script script;
    for (unsigned i = 0; i < 14; ++i) script.call(i, i, "write", {v(i)});
    for (unsigned i = 0; i < 14; ++i) script.ret(i);
    const Checked found = checked(script.done(0, "read", {}, v(99)).history(), model("register"));
    CHECK(std::holds_alternative<NotLinearizable>(found.answer));
    CHECK(found.effort.configurations == (14U << 13U) + 1);
  }

  TEST_CASE("of pending operations that do the same, only their number counts") {
    Script script;
    for (unsigned i = 0; i < 30; ++i) script.call(i, i, "add", {v(1)});
    const Checked found = checked(script.done(40, "get", {}, v(31)).history(), model("counter"));
    CHECK(std::holds_alternative<NotLinearizable>(found.answer));
    CHECK(found.effort.configurations == 31);
  }

  TEST_CASE("reads that can be explained are no choice") {
    Script script;
    for (unsigned i = 0; i < 30; ++i) script.call(i, i, "read");
    for (unsigned i = 0; i < 30; ++i) script.ret(i, nothing());
    const Checked found = checked(script.done(0, "read", {}, v(1)).history(), model("register"));
    CHECK(std::holds_alternative<NotLinearizable>(found.answer));
    CHECK(found.effort.configurations == 1);
    CHECK(found.effort.steps == 31);
  }

  TEST_CASE("pending operations are used as little as possible") {
    // Only the last of 20 pending writes can matter, so no set of several is searched.
    Script script;
    for (unsigned i = 0; i < 20; ++i) script.call(i, i, "write", {v(i)});
    const Checked found = checked(script.done(40, "read", {}, v(99)).history(), model("register"));
    CHECK(std::holds_alternative<NotLinearizable>(found.answer));
    CHECK(found.effort.configurations < 300);
  }
}
