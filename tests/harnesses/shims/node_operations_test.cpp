#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;
using harness::FrameType;

namespace {

constexpr const char* kGate = R"(
export class Gate {
  waiting = [];
  constructor(free) { this.free = free; }
  enter(signal) {
    if (this.free > 0) { this.free--; return Promise.resolve(() => this.leave()); }
    return new Promise((resolve, reject) => {
      const waiter = () => resolve(() => this.leave());
      this.waiting.push(waiter);
      signal?.addEventListener('abort', () => {
        this.waiting = this.waiting.filter((each) => each !== waiter);
        reject(signal.reason);
      });
    });
  }
  leave() {
    const next = this.waiting.shift();
    if (next) next(); else this.free++;
  }
  get broken() { throw new Error('getter'); }
}
export const load = (key, loader) => loader(key, 'x');
)";

}  // namespace

TEST_SUITE("harnesses/shims/node operations") {
  TEST_CASE("an object is made, its methods are called, and what they gave is called in turn") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "gate.mjs", kGate};
    REQUIRE(shim.load({"Gate", "load"}) == "READY");
    CHECK(shim.begin({number(1)}) == "REST");
    CHECK(shim.perform({step(0, -1, "Gate", {given(0)}, true)}) ==
          "RETURNED value | FULFILLED <instance of Gate> | REST");
    CHECK(shim.perform({step(1, 0, "enter")}) ==
          "RETURNED#1 promise | FULFILLED#1 <function> | REST");
    CHECK(shim.perform({step(2, 0, "enter"), step(3, 0, "enter")}) ==
          "RETURNED#2 promise | RETURNED#3 promise | REST");
    CHECK(shim.perform({step(4, 1, "")}) ==
          "RETURNED#4 value | FULFILLED#4 undefined | FULFILLED#2 <function> | REST");
  }

  TEST_CASE("abort reaches the signals of one call only") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "gate.mjs", kGate};
    REQUIRE(shim.load({"Gate", "load"}) == "READY");
    (void)shim.begin({number(0)});
    (void)shim.perform({step(0, -1, "Gate", {given(0)}, true)});
    CHECK(
        shim.perform({step(1, 0, "enter", {signal_of(1)}), step(2, 0, "enter", {signal_of(2)})}) ==
        "RETURNED#1 promise | RETURNED#2 promise | REST");
    CHECK(shim.inspect() == "OBSERVED 2 [] | REST");
    CHECK(shim.perform({aborting(2, define(9, error({"Error"}, "gone")))}) ==
          "REJECTED#2 <known 9> | REST");
  }

  TEST_CASE("each invocation of a callback is an input that its index names") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "gate.mjs", kGate};
    REQUIRE(shim.load({"Gate", "load"}) == "READY");
    const auto form = [](const char* how, const char* value) {
      return object({{"how", text(how)}, {"value", text(value)}});
    };
    (void)shim.begin(
        {callback(100, {form("later", ""), form("returns", "r"), form("throws", "t")})});
    CHECK(shim.perform({step(1, -1, "load", {text("k"), given(0)})}) ==
          "INVOKED 100 ['k', 'x'] | RETURNED#1 promise | REST");
    CHECK(shim.perform({step(2, -1, "load", {text("k"), given(0)})}) ==
          "INVOKED 101 ['k', 'x'] | RETURNED#2 value | FULFILLED#2 'r' | REST");
    CHECK(shim.perform({step(3, -1, "load", {text("k"), given(0)})}) ==
          "INVOKED 102 ['k', 'x'] | THREW#3 't' | REST");
    CHECK(shim.perform(
              {step(4, -1, "load", {text("l"), given(0)}), settling(100, true, text("v"))}) ==
          "INVOKED 103 ['l', 'x'] | RETURNED#4 promise | FULFILLED#1 'v' | REST");
    CHECK(shim.settle({{103, false, text("e")}}) == "REJECTED#4 'e' | REST");
  }

  TEST_CASE("a callback calls the object, but not from within its own call") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export class Bell {
        ring(listener, ...args) { listener(...args); return 'rung'; }
      })"};
    REQUIRE(shim.load({"Bell"}) == "READY");
    const auto form = object({{"how", text("calls")}, {"value", text("v")}});
    const auto calls = object(
        {{"function", text("ring")},
         {"arguments", list({object({{"given", number(0)}}), object({{"value", text("in")}})})}});
    (void)shim.begin({harness::Value{harness::Controlled{
        "callback", {{"first", number(5)}, {"forms", list({form, form})}, {"calls", calls}}}}});
    (void)shim.perform({step(0, -1, "Bell", {}, true)});
    CHECK(shim.perform({step(1, 0, "ring", {given(0), text("out")})}) ==
          "INVOKED 5 ['out'] | INVOKED 6 ['in'] | RETURNED#1 value | FULFILLED#1 'rung' | REST");
  }

  TEST_CASE("forms of a plain callback begin again when they are used up") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", "export const f = (g) => [g(), g(), g()];"};
    REQUIRE(shim.load({"f"}) == "READY");
    const auto form = [](const char* value) {
      return object({{"how", text("returns")}, {"value", text(value)}});
    };
    (void)shim.begin({harness::Value{harness::Controlled{"callback",
                                                         {{"first", number(0)},
                                                          {"forms", list({form("a"), form("b")})},
                                                          {"plain", harness::Value{true}}}}}});
    CHECK(shim.perform({step(1, -1, "f", {given(0)})}) ==
          "INVOKED 0 [] | INVOKED 1 [] | INVOKED 2 [] | RETURNED#1 value | "
          "FULFILLED#1 ['a', 'b', 'a'] | REST");
  }

  TEST_CASE("a signal among a callback's arguments is watched") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = (callback) => {
        const controller = new AbortController();
        callback('key', controller.signal);
        controller.abort('enough');
      };)"};
    REQUIRE(shim.load({"f"}) == "READY");
    (void)shim.begin({callback(0)});
    CHECK(shim.perform({step(1, -1, "f", {given(0)})}) ==
          "INVOKED 0 ['key', <instance of AbortSignal>] | ABORTED 0 'enough' | RETURNED#1 value | "
          "FULFILLED#1 undefined | REST");
  }

  TEST_CASE(
      "an invocation that heeds rejects with the reason, once, unless it was settled before") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", R"(
      export const f = (callback, signal) => callback(signal);)"};
    REQUIRE(shim.load({"f"}) == "READY");
    const auto heeding = object({{"how", text("heeds")}, {"value", harness::Value{}}});
    const auto begin = [&] {
      const harness::Value signal{
          harness::Controlled{"signal", {{"state", text("live")}, {"call", number(-1)}}}};
      const harness::Value callback{harness::Controlled{"callback",
                                                        {{"first", number(0)},
                                                         {"forms", list({heeding, heeding})},
                                                         {"plain", harness::Value{false}}}}};
      (void)shim.begin({callback, signal});
    };
    const auto abort = object({{"kind", text("abort")},
                               {"call", number(-1)},
                               {"signal", number(0)},
                               {"reason", text("enough")}});
    const auto settle = object({{"kind", text("settle")},
                                {"index", number(0)},
                                {"ok", harness::Value{true}},
                                {"value", text("done")}});
    begin();
    (void)shim.perform({step(1, -1, "f", {given(0), given(1)})});
    CHECK(shim.perform({abort, settle}) == "ABORTED 0 'enough' ended | REJECTED#1 'enough' | REST");
    CHECK(shim.perform({step(2, -1, "f", {given(0), given(1)})}) ==
          "INVOKED 1 [<instance of AbortSignal>] | ABORTED 1 'enough' ended | RETURNED#2 promise | "
          "REJECTED#2 'enough' | REST");
    begin();
    (void)shim.perform({step(1, -1, "f", {given(0), given(1)})});
    CHECK(shim.perform({settle, abort}) == "ABORTED 0 'enough' | FULFILLED#1 'done' | REST");
  }

  TEST_CASE("a method that is missing, or throws when it is read, is the submission's fault") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "gate.mjs", kGate};
    REQUIRE(shim.load({"Gate", "load"}) == "READY");
    (void)shim.begin({});
    (void)shim.perform({step(0, -1, "Gate", {number(1)}, true)});
    CHECK(shim.perform({step(1, 0, "exit")}).starts_with("THREW#1 TypeError("));
    CHECK(shim.perform({step(2, 0, "broken")}) == "THREW#2 Error('getter') | REST");
    CHECK(shim.perform({step(3, 0, "")}).starts_with("THREW#3 TypeError("));
  }

  TEST_CASE("steps that make no sense are refused before any of them is done") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "gate.mjs", kGate};
    REQUIRE(shim.load({"Gate", "load"}) == "READY");
    (void)shim.begin({callback(0)});
    const auto fine = step(1, -1, "load", {text("k"), given(0)});
    CHECK(shim.perform({fine, step(2, 5, "m")}) == "REFUSED 'call 5, which gave nothing'");
    CHECK(shim.perform({fine, step(2, -1, "m")}) == "REFUSED 'a function that was not loaded'");
    CHECK(shim.perform({fine, object({{"kind", text("dance")}})}) ==
          "REFUSED 'a step of kind dance'");
    CHECK(shim.perform({step(1, -1, "load", {given(7)})}) ==
          "REFUSED 'a given value that BEGIN did not hand over'");
    CHECK(shim.perform({fine}) == "INVOKED 0 ['k', 'x'] | RETURNED#1 promise | REST");
  }

  TEST_CASE("time passes without a timer when it is asked to") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs",
                     "export const f = () => Date.now();"
                     "export const g = () => { setTimeout(() => {}, 5); };"};
    REQUIRE(shim.load({"f", "g"}) == "READY");
    (void)shim.begin({});
    (void)shim.perform({step(1, -1, "f")});
    const auto before = std::get<std::int64_t>(shim.last().data);
    CHECK(shim.wait(30, true) == "REST");
    (void)shim.perform({step(2, -1, "f")});
    CHECK(std::get<std::int64_t>(shim.last().data) >= before + 29);
    (void)shim.perform({step(3, -1, "g")});
    CHECK(shim.wait(3, true) == "REST timers");
    CHECK(shim.wait(3, true) == "REST");
  }
}
