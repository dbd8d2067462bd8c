#include <doctest/doctest.h>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/show.hpp"
#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;
using harness::FrameType;

namespace {

constexpr const char* kPool = R"(
import asyncio

async def run(tasks, limit):
    gate = asyncio.Semaphore(limit)
    async def one(task):
        async with gate:
            return await task()
    children = [asyncio.ensure_future(one(task)) for task in tasks]
    try:
        return await asyncio.gather(*children)
    except BaseException:
        for child in children:
            child.cancel()
        await asyncio.gather(*children, return_exceptions=True)
        raise
)";

}  // namespace

TEST_SUITE("harnesses/shims/python call") {
  TEST_CASE("tasks start, settle in the judge's order, and the call ends with their values") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "pool.py", kPool};
    REQUIRE(shim.load({"run"}) == "READY");
    CHECK(shim.call("run", {list(tasks(4)), number(2)}) ==
          "RETURNED promise | STARTED 0 | STARTED 1 | REST");
    CHECK(shim.settle({{1, true, text("b")}}) == "STARTED 2 | REST");
    CHECK(shim.settle({{0, true, text("a")}, {2, true, text("c")}}) == "STARTED 3 | REST");
    CHECK(shim.settle({{3, true, text("d")}}) == "FULFILLED ['a', 'b', 'c', 'd'] | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
  }

  // Libraries ask which task it is that calls them, and find out so that this is asyncio.
  TEST_CASE("plain functions are called in a task, of which nobody else is told") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "f.py",
                     "import asyncio\n"
                     "seen = []\n"
                     "def f():\n"
                     "    seen.append(asyncio.current_task())\n"
                     "    return [seen[0] is not None, seen[0] is seen[-1], seen[0].done(),\n"
                     "            len(asyncio.all_tasks())]\n"
                     "async def g():\n"
                     "    return [asyncio.current_task() not in seen, len(asyncio.all_tasks())]\n"};
    REQUIRE(shim.load({"f", "g"}) == "READY");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED [true, true, false, 0] | REST");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED [true, true, false, 0] | REST");
    CHECK(shim.call("g", {}) == "RETURNED promise | FULFILLED [true, 1] | REST");
  }

  TEST_CASE("a failure cancels the others, and the very error comes back") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "pool.py", kPool};
    REQUIRE(shim.load({"run"}) == "READY");
    (void)shim.call("run", {list(tasks(3)), number(2)});
    CHECK(shim.settle({{1, false, define(7, error({"Oops", "ValueError"}, "bad"))}}) ==
          "STARTED 2 | ABORTED 0 null | ABORTED 2 null | REJECTED <known 7> | REST");
    CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
  }

  TEST_CASE("the judge cancels the call from outside") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "pool.py", kPool};
    REQUIRE(shim.load({"run"}) == "READY");
    (void)shim.call("run", {list(tasks(3)), number(2)});
    CHECK(shim.abort(harness::undefined()) ==
          "ABORTED 0 null | ABORTED 1 null | REJECTED CancelledError('') | REST");
    CHECK(shim.abort(harness::undefined()) == "REST");
  }

  TEST_CASE("what a call may come to") {
    if (!is_available(Runtime::python)) return;
    struct Row {
      std::string source;
      std::string answer;
    };
    for (const Row& row : {
             Row{"def f(): raise ValueError('at once')", "THREW ValueError('at once') | REST"},
             Row{"def f(): return 5", "RETURNED value | FULFILLED 5 | REST"},
             Row{"async def f(): return 5", "RETURNED promise | FULFILLED 5 | REST"},
             Row{"async def f(): raise KeyError('k')",
                 "RETURNED promise | REJECTED KeyError('k') | REST"},
             Row{"async def f(): await asyncio.Event().wait()", "RETURNED promise | REST"},
             Row{"def f(): return asyncio.get_running_loop().create_future()",
                 "RETURNED promise | REST"},
             Row{"def f(): return asyncio.create_task(asyncio.sleep(0, 6))",
                 "RETURNED promise | FULFILLED 6 | REST"},
             Row{"class A:\n  def __await__(self):\n    yield from asyncio.sleep(0).__await__()\n  "
                 "  return 7\ndef f(): "
                 "return A()",
                 "RETURNED promise | FULFILLED 7 | REST"},
             Row{"async def f(): asyncio.get_running_loop().call_soon(lambda: 1 / 0)",
                 "RETURNED promise | UNCAUGHT ZeroDivisionError('division by zero') | FULFILLED "
                 "null | REST"},
             Row{"async def bad(): raise ValueError('lost')\nasync def f(): "
                 "asyncio.ensure_future(bad())",
                 "RETURNED promise | UNHANDLED ValueError('lost') | FULFILLED null | REST"},
             Row{"async def f():\n  for _ in range(500): await asyncio.sleep(0)\n  return 1",
                 "RETURNED promise | FULFILLED 1 | REST"},
             Row{"async def f(): return await asyncio.to_thread(sum, range(1000000))",
                 "RETURNED promise | FULFILLED 499999500000 | REST"},
             Row{"async def f(): raise asyncio.CancelledError()",
                 "RETURNED promise | REJECTED CancelledError('') | REST"},
             Row{"def f(): return (i for i in ())",
                 "RETURNED value | FULFILLED <instance of generator> | REST"},
         }) {
      ShimProcess shim{Runtime::python, "a.py", "import asyncio\n" + row.source};
      REQUIRE(shim.load({"f"}) == "READY");
      CAPTURE(row.source);
      CHECK(shim.call("f", {}) == row.answer);
      CHECK(shim.inspect() == "OBSERVED 0 [] | REST");
    }
  }

  TEST_CASE(
      "an exception that is never retrieved is told at the latest by INSPECT, in spite of cycles") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio
async def f(task):
    async def child():
        keep = asyncio.current_task()
        await task()
    asyncio.ensure_future(child())
)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0)}) == "RETURNED promise | STARTED 0 | FULFILLED null | REST");
    CHECK(shim.settle({{0, false, define(3, error({"ValueError"}, "lost"))}}) == "REST");
    CHECK(shim.inspect() == "UNHANDLED <known 3> | OBSERVED 0 [] | REST");
  }

  TEST_CASE("options become keyword arguments in snake case, without the signal") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", "def f(*args, **options): return [args, options]"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {number(1)}, object({{"maxRetries", number(3)}, {"signal", signal()}})) ==
          "RETURNED value | FULFILLED [[1], {max_retries: 3}] | REST");
    CHECK(shim.call("f", {number(1)}) == "RETURNED value | FULFILLED [[1], {}] | REST");
  }

  TEST_CASE("tasks settle in every manner") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
async def f(task):
    try:
        return ['ok', await task()]
    except ValueError as error:
        return ['failed', error]
async def twice(task):
    return [await task(), await task()]
)"};
    REQUIRE(shim.load({"f", "twice"}) == "READY");
    const harness::Value bad = error({"ValueError"}, "bad");
    for (const std::string how : {"returns", "fulfilled"}) {
      CHECK(shim.call("f", {task(0, how, number(1))}) ==
            "RETURNED promise | STARTED 0 | FULFILLED ['ok', 1] | REST");
    }
    for (const std::string how : {"throws", "rejected"}) {
      CHECK(shim.call("f", {task(0, how, bad)}) ==
            "RETURNED promise | STARTED 0 | FULFILLED ['failed', ValueError('bad')] | REST");
    }
    (void)shim.call("f", {task(0)});
    CHECK(shim.settle({{0, false, bad}}) == "FULFILLED ['failed', ValueError('bad')] | REST");
    CHECK(shim.call("twice", {task(0)}) == "RETURNED promise | STARTED 0 | REST");
    CHECK(shim.settle({{0, true, number(1)}}) == "STARTED 0 | REST");
    CHECK(shim.settle({{0, true, number(2)}}) == "FULFILLED [1, 2] | REST");
    (void)shim.call("f", {task(0)});
    CHECK(shim.settle({{0, false, number(5)}}) ==
          "REFUSED 'a failure that is no error; Python cannot raise it'");
  }

  TEST_CASE("promises and iterables come in every manner") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio
async def each(items):
    out = []
    for item in items:
        out.append(await item if hasattr(item, '__await__') else item)
    return out
def first(items):
    iterator = iter(items)
    value = next(iterator)
    if hasattr(iterator, 'close'):
        iterator.close()
    return value
def all_of(items):
    return list(items)
)"};
    REQUIRE(shim.load({"each", "first", "all_of"}) == "READY");
    CHECK(shim.call("each",
                    {list({promise(0, "fulfilled", number(1)), promise(1, "value", number(2)),
                           promise(2, "thenable"), promise(3)})}) == "RETURNED promise | REST");
    CHECK(shim.settle({{3, true, number(4)}, {2, true, number(3)}}) ==
          "FULFILLED [1, 2, 3, 4] | REST");
    const std::vector<harness::Value> items = {number(3), number(1), number(2)};
    for (const std::string how : {"array", "set", "generator"}) {
      CAPTURE(how);
      CHECK(shim.call("all_of", {iterable(items, how)}) ==
            "RETURNED value | FULFILLED [3, 1, 2] | REST");
      CHECK(shim.inspect() == "OBSERVED 0 [0] | REST");
      CHECK(shim.call("first", {iterable(items, how)}) == "RETURNED value | FULFILLED 3 | REST");
      CHECK(shim.inspect() ==
            std::string{"OBSERVED 0 ["} + (how == "generator" ? "1" : "0") + "] | REST");
    }
    CHECK(shim.call("all_of",
                    {iterable(items, "iterator-throws", error({"ValueError"}, "broken"))}) ==
          "THREW ValueError('broken') | REST");
  }

  TEST_CASE("timers stand still until WAIT, and then run one time after the other") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio, threading
async def f(task):
    await asyncio.sleep(0.01)
    await task()
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.02)
    except asyncio.TimeoutError:
        return 'timed out'
async def thread():
    asyncio.get_running_loop().call_later(60, print)
    return await asyncio.to_thread(lambda: threading.Event().wait(0.05))
)"};
    REQUIRE(shim.load({"f", "thread"}) == "READY");
    CHECK(shim.call("f", {task(0)}) == "RETURNED promise | REST timers");
    CHECK(shim.inspect() == "OBSERVED 0 [] | REST timers");
    CHECK(shim.wait(1000) == "STARTED 0 | REST");
    CHECK(shim.settle({{0, true, number(1)}}) == "REST timers");
    CHECK(shim.wait(5) == "REST timers");
    CHECK(shim.wait(1000) == "FULFILLED 'timed out' | REST");
    CHECK(shim.wait(1000) == "REST");
    CHECK(shim.call("thread", {}) == "RETURNED promise | FULFILLED false | REST timers");
  }

  TEST_CASE("who is due at the same moment, but for what adding fractions loses, comes as well") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio, math

async def f(task, later):
    loop = asyncio.get_running_loop()
    moment = loop.time() + 0.3
    loop.call_at(moment, lambda: asyncio.ensure_future(task()))
    loop.call_at(math.nextafter(moment, math.inf), lambda: asyncio.ensure_future(later()))
    await asyncio.sleep(1)
)"};
    CHECK(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0), task(1)}) == "RETURNED promise | REST timers");
    CHECK(shim.wait(300, true) == "STARTED 0 | STARTED 1 | REST timers");
  }

  TEST_CASE("what has passed already is not slept for, and what is left of it is") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio, time

async def f(seconds):
    start = time.monotonic()
    await asyncio.sleep(seconds)
    return time.monotonic() - start >= 0.03
)"};
    CHECK(shim.load({"f"}) == "READY");
    constexpr int kHour = 3'600'000;
    CHECK(shim.call("f", {number(3600)}) == "RETURNED promise | REST timers");
    CHECK(shim.wait(kHour - 1, true, kHour - 1) == "REST timers");
    CHECK(shim.wait(1, true, 0).find("FULFILLED") == 0);
    CHECK(shim.wait(kHour, true, kHour) == "REST");
    CHECK(shim.call("f", {harness::Value{3600.03}}) == "RETURNED promise | REST timers");
    CHECK(shim.wait(2 * kHour, true, kHour) == "FULFILLED true | REST");
  }

  TEST_CASE("a program that never rests is called busy, and can still be asked") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio
async def f(task):
    child = asyncio.ensure_future(task())
    while not child.done():
        await asyncio.sleep(0)
    return 'polled'
)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0)}) == "RETURNED promise | STARTED 0 | REST busy");
    CHECK(shim.settle({{0, true, number(1)}}) == "FULFILLED 'polled' | REST");
  }

  TEST_CASE("events of an earlier case are dropped") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", R"(
import asyncio
gates = []
async def f(task):
    gate = asyncio.Event()
    gates.append(gate)
    if len(gates) > 1:
        gates[0].set()
        await asyncio.sleep(0)
        return 'second'
    await gate.wait()
    await task()
    raise ValueError('late')
)"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {task(0, "returns")}) == "RETURNED promise | REST");
    CHECK(shim.call("f", {task(0)}) == "RETURNED promise | FULFILLED 'second' | REST");
  }

  TEST_CASE("requests that make no sense are refused, and the shim goes on") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", "def f(): return 1"};
    REQUIRE(shim.load({"f"}) == "READY");
    CHECK(shim.call("g", {}) == "REFUSED 'a function that was not loaded'");
    CHECK(shim.call("f", {task(0, "sideways")}) ==
          "REFUSED 'a controlled task that is made sideways'");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED 1 | REST");
    CHECK(shim.settle({{0, true, number(1)}}) == "REFUSED 'the input 0, which does not exist'");
    CHECK(shim.ask(FrameType::inspect, object({{"case", number(99)}})) ==
          "REFUSED 'case 99, which is not the current one'");
    CHECK(shim.ask_bytes(FrameType::inspect, harness::encode(object({})) + "x") ==
          "REFUSED 'a payload that is not one object'");
    CHECK(shim.ask_bytes(FrameType::inspect, "\x0b") == "REFUSED 'a payload that is cut off'");
    CHECK(shim.call("f", {}) == "RETURNED value | FULFILLED 1 | REST");
  }

  TEST_CASE("a program that ends itself in a call closes the channel") {
    if (!is_available(Runtime::python)) return;
    for (const std::string source : {"def f(): sys.exit(0)", "async def f(): sys.exit(0)",
                                     "def f(): os._exit(0)", "def f(): os.close(3)"}) {
      ShimProcess shim{Runtime::python, "a.py", "import os, sys\n" + source};
      CAPTURE(source);
      REQUIRE(shim.load({"f"}) == "READY");
      CHECK(shim.call("f", {}) == "CLOSED");
    }
  }

  TEST_CASE("what turns until its moment has come sees it come, in a wait that idles") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py",
                     "import asyncio, time\n"
                     "async def f(ms):\n"
                     "  end = time.monotonic() + ms / 1000\n"
                     "  while time.monotonic() < end: await asyncio.sleep(0)\n"
                     "  return round((time.monotonic() - end) * 1000)"};
    CHECK(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {number(500)}) == "RETURNED promise | REST busy");
    CHECK(shim.wait(10, true) == "REST busy");
    CHECK(shim.wait(600, true).find("FULFILLED") == 0);
    CHECK(shim.wait(30, true) == "REST");
  }
}
