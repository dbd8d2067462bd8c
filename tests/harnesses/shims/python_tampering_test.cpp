// A submission that reaches for what the Python shim uses. There are no walls in this language:
// what is held is what takes no search for the shim's own objects.
#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

TEST_SUITE("harnesses/shims/python tampering") {
  TEST_CASE("an error that nobody looked at is told, whatever was done to keep it quiet") {
    if (!is_available(Runtime::python)) return;
    for (const std::string patch : {
             "pass",  // the positive control
             "loop.set_exception_handler(lambda loop, context: None)",
             "setattr(loop, 'call_exception_handler', print)",
             "setattr(type(loop), 'call_exception_handler', print)",
             "loop.__dict__.update(call_exception_handler=print)",
             "asyncio.BaseEventLoop.call_exception_handler = print",
             "gc.disable(); gc.freeze(); gc.collect = lambda *_: 0",
             "kept.append(task)",
             "asyncio.Task.__del__ = print",
         }) {
      ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio, gc
kept = []
async def fail():
    raise ValueError("nobody looks")
async def f():
    loop = asyncio.get_running_loop()
    task = loop.create_task(fail())
    try:
        )" + patch + R"(
    except Exception:
        pass
    ring = [task]
    ring.append(ring)
    await asyncio.sleep(0)
)"};
      CAPTURE(patch);
      REQUIRE(shim.load({"f"}) == "READY");
      std::string answers = shim.call("f", {});
      answers += " | " + shim.inspect();
      CAPTURE(answers);
      CHECK(answers.find("UNHANDLED ValueError('nobody looks')") != std::string::npos);
      CHECK(answers.find("UNHANDLED") == answers.rfind("UNHANDLED"));
    }
  }

  TEST_CASE("an error that somebody looked at is not told") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio
kept = []
async def fail():
    raise ValueError("looked at")
async def f():
    kept.append(asyncio.ensure_future(fail()))
    await asyncio.wait(kept)
    kept[0].exception()
)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {}) == "RETURNED promise | FULFILLED null | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
  }

  TEST_CASE("the shim's modules are not the submission's") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import sys
found = sorted(name for name in sys.modules if name.startswith("shim"))
import __main__
async def f(task):
    return found, hasattr(__main__, "Shim"), await task()
)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0)}) == "RETURNED promise | STARTED 0 | REST");
    CHECK(shim.settle({{0, true, number(1)}}) == "FULFILLED [[], false, 1] | REST");
  }

  TEST_CASE("the functions that frames are made with can be replaced, for others") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import gc, json, os, select, struct, time
for module in (json, os, select, struct, time):
    for name in ("dumps", "loads", "write", "read", "_exit", "select", "pack", "unpack_from",
                 "monotonic", "Struct"):
        if hasattr(module, name):
            setattr(module, name, None)
async def f(task):
    return await task()
)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0)}) == "RETURNED promise | STARTED 0 | REST");
    CHECK(shim.settle({{0, true, text("token")}}) == "FULFILLED 'token' | REST");
  }
}
