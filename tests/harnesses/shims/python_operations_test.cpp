#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;
using harness::FrameType;
using harness::Value;

namespace {

constexpr const char* kGate = R"(
import asyncio

class Gate:
    def __init__(self, free):
        self.free = free
        self.waiting = []

    async def enter_now(self):
        if self.free > 0:
            self.free -= 1
            return self.leave
        waiter = asyncio.get_running_loop().create_future()
        self.waiting.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter in self.waiting:
                self.waiting.remove(waiter)
            raise
        return self.leave

    def leave(self):
        if self.waiting:
            self.waiting.pop(0).set_result(None)
        else:
            self.free += 1

    @property
    def broken(self):
        raise ValueError("getter")

async def load(key, loader, *, extra=None):
    return await loader(key, "x")

def load_plainly(key, loader):
    return loader(key)
)";

}  // namespace

TEST_SUITE("harnesses/shims/python operations") {
  TEST_CASE("an object is made, its methods are called, and what they gave is called in turn") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "gate.py", kGate};
    REQUIRE(shim.load({"Gate", "load"}) == "READY");
    CHECK(shim.begin({number(1)}) == "REST");
    CHECK(shim.perform({step(0, -1, "Gate", {given(0)}, true)}) ==
          "RETURNED value | FULFILLED <instance of Gate> | REST");
    CHECK(shim.perform({step(1, 0, "enterNow")}) ==
          "RETURNED#1 promise | FULFILLED#1 <method leave> | REST");
    CHECK(shim.perform({step(2, 0, "enter_now"), step(3, 0, "enterNow")}) ==
          "RETURNED#2 promise | RETURNED#3 promise | REST");
    CHECK(shim.perform({step(4, 1, "")}) ==
          "RETURNED#4 value | FULFILLED#4 null | FULFILLED#2 <method leave> | REST");
    CHECK(shim.perform({step(5, 0, "leave")}) ==
          "RETURNED#5 value | FULFILLED#5 null | FULFILLED#3 <method leave> | REST");
  }

  TEST_CASE("abort cancels the task of one call only, and no signal is passed") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "gate.py", kGate};
    REQUIRE(shim.load({"Gate", "load"}) == "READY");
    (void)shim.begin({number(0)});
    (void)shim.perform({step(0, -1, "Gate", {given(0)}, true)});
    CHECK(shim.perform(
              {step(1, 0, "enterNow", {signal_of(1)}), step(2, 0, "enterNow", {signal_of(2)})}) ==
          "RETURNED#1 promise | RETURNED#2 promise | REST");
    CHECK(shim.perform({aborting(2, define(9, error({"Exception"}, "gone")))}) ==
          "REJECTED#2 CancelledError('') | REST");
    CHECK(shim.perform({step(3, 0, "leave"), aborting(3, harness::undefined())}) ==
          "RETURNED#3 value | FULFILLED#3 null | FULFILLED#1 <method leave> | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
  }

  TEST_CASE("each invocation of a callback is an input that its index names") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "gate.py", kGate};
    REQUIRE(shim.load({"load"}) == "READY");
    const auto form = [](const char* how, Value value) {
      return object({{"how", text(how)}, {"value", std::move(value)}});
    };
    (void)shim.begin({callback(100, {form("later", text("")), form("returns", text("r")),
                                     form("throws", error({"KeyError"}, "t"))})});
    CHECK(shim.perform({step(1, -1, "load", {text("k"), given(0)})}) ==
          "RETURNED#1 promise | INVOKED 100 ['k', 'x'] | REST");
    CHECK(shim.perform({step(2, -1, "load", {text("k"), given(0)})}) ==
          "RETURNED#2 promise | INVOKED 101 ['k', 'x'] | FULFILLED#2 'r' | REST");
    CHECK(shim.perform({step(3, -1, "load", {text("k"), given(0)})}) ==
          "RETURNED#3 promise | INVOKED 102 ['k', 'x'] | REJECTED#3 KeyError('t') | REST");
    CHECK(shim.perform(
              {step(4, -1, "load", {text("l"), given(0)}), settling(100, true, text("v"))}) ==
          "RETURNED#4 promise | INVOKED 103 ['l', 'x'] | FULFILLED#1 'v' | REST");
    CHECK(shim.perform({aborting(4, harness::undefined())}) ==
          "ABORTED 103 null | REJECTED#4 CancelledError('') | REST");
  }

  TEST_CASE("a plain callback returns and raises without being awaited") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "gate.py", kGate};
    REQUIRE(shim.load({"load_plainly"}) == "READY");
    Value plain =
        callback(0, {object({{"how", text("returns")}, {"value", number(5)}}),
                     object({{"how", text("throws")}, {"value", error({"KeyError"}, "t")}})});
    std::get<harness::Controlled>(plain.data).fields.emplace_back("plain", Value{true});
    (void)shim.begin({plain});
    const auto call = [&](int number) {
      return shim.perform({step(number, -1, "load_plainly", {text("k"), given(0)})});
    };
    CHECK(call(1) == "INVOKED 0 ['k'] | RETURNED#1 value | FULFILLED#1 5 | REST");
    CHECK(call(2) == "INVOKED 1 ['k'] | THREW#2 KeyError('t') | REST");
  }

  TEST_CASE("a method that is missing, or raises when it is read, is the submission's fault") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "gate.py", kGate};
    REQUIRE(shim.load({"Gate"}) == "READY");
    (void)shim.begin({});
    (void)shim.perform({step(0, -1, "Gate", {number(1)}, true)});
    CHECK(shim.perform({step(1, 0, "exit")}).starts_with("THREW#1 AttributeError("));
    CHECK(shim.perform({step(2, 0, "broken")}) == "THREW#2 ValueError('getter') | REST");
    CHECK(shim.perform({step(3, 0, "")}).starts_with("THREW#3 TypeError("));
  }

  TEST_CASE("steps that make no sense are refused before any of them is done") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "gate.py", kGate};
    REQUIRE(shim.load({"Gate", "load"}) == "READY");
    (void)shim.begin({callback(0)});
    const auto fine = step(1, -1, "load", {text("k"), given(0)});
    CHECK(shim.perform({fine, step(2, 5, "m")}) == "REFUSED 'call 5, which gave nothing'");
    CHECK(shim.perform({fine, step(2, -1, "m")}) == "REFUSED 'a function that was not loaded'");
    CHECK(shim.perform({fine, object({{"kind", text("dance")}})}) ==
          "REFUSED 'a step of kind dance'");
    CHECK(shim.perform({step(1, -1, "load", {given(7)})}) ==
          "REFUSED 'a given value that BEGIN did not hand over'");
    CHECK(shim.perform({fine}) == "RETURNED#1 promise | INVOKED 0 ['k', 'x'] | REST");
  }

  TEST_CASE("time passes to the next timer, or without one when it is asked to") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio
async def f():
    before = asyncio.get_running_loop().time()
    await asyncio.sleep(0.005)
    return round(1000 * (asyncio.get_running_loop().time() - before), 3)
def now():
    return round(1000 * asyncio.get_running_loop().time())
)"};
    REQUIRE(shim.load({"f", "now"}) == "READY");
    (void)shim.begin({});
    CHECK(shim.perform({step(1, -1, "f")}) == "RETURNED#1 promise | REST timers");
    CHECK(shim.wait(3, true) == "REST timers");
    CHECK(shim.wait(30, true) == "FULFILLED#1 5 | REST");
    (void)shim.perform({step(2, -1, "now")});
    const auto before = std::get<std::int64_t>(shim.last().data);
    CHECK(shim.wait(30) == "REST");
    (void)shim.perform({step(3, -1, "now")});
    CHECK(std::get<std::int64_t>(shim.last().data) == before);
    CHECK(shim.wait(30, true) == "REST");
    (void)shim.perform({step(4, -1, "now")});
    CHECK(std::get<std::int64_t>(shim.last().data) == before + 30);
  }

  TEST_CASE("a callback calls the object, but not from within its own call") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py",
                     "class Bell:\n"
                     "    def ring_all(self, listener, *values):\n"
                     "        listener(*values)\n"
                     "        return 'rung'\n"};
    REQUIRE(shim.load({"Bell"}) == "READY");
    const Value form = object({{"how", text("calls")}, {"value", text("v")}});
    const Value calls = object(
        {{"function", text("ringAll")},
         {"arguments", list({object({{"given", number(0)}}), object({{"value", text("in")}})})}});
    (void)shim.begin({Value{harness::Controlled{"callback",
                                                {{"first", number(5)},
                                                 {"forms", list({form, form})},
                                                 {"plain", Value{true}},
                                                 {"calls", calls}}}}});
    (void)shim.perform({step(0, -1, "Bell", {}, true)});
    CHECK(shim.perform({step(1, 0, "ringAll", {given(0), text("out")})}) ==
          "INVOKED 5 ['out'] | INVOKED 6 ['in'] | RETURNED#1 value | FULFILLED#1 'rung' | REST");
  }

  TEST_CASE("forms of a plain callback begin again when they are used up") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", "def f(g):\n    return [g(), g(), g()]\n"};
    REQUIRE(shim.load({"f"}) == "READY");
    const auto form = [](const char* value) {
      return object({{"how", text("returns")}, {"value", text(value)}});
    };
    (void)shim.begin({Value{harness::Controlled{
        "callback",
        {{"first", number(0)}, {"forms", list({form("a"), form("b")})}, {"plain", Value{true}}}}}});
    CHECK(shim.perform({step(1, -1, "f", {given(0)})}) ==
          "INVOKED 0 [] | INVOKED 1 [] | INVOKED 2 [] | RETURNED#1 value | "
          "FULFILLED#1 ['a', 'b', 'a'] | REST");
  }
}
