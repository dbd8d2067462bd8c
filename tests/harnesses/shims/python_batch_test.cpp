#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

namespace {

constexpr const char* kFunctions = R"(
import asyncio, json

def encode(x):
    return json.dumps(x)

def decode(text):
    return json.loads(text)

def grow(items, by=1):
    items.append(by)
    return len(items)

async def later(ms, x):
    await asyncio.sleep(ms / 1000)
    return x

async def fail():
    raise ValueError("no")

async def never():
    await asyncio.get_running_loop().create_future()
)";
const std::vector<std::string> kAll{"encode", "decode", "grow", "later", "fail", "never"};

}  // namespace

TEST_SUITE("harnesses/shims/python batch") {
  TEST_CASE("cases run one after the other, and results are handed to later calls") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll, {list({batch_call(0, {list({number(1)})}),
                                  batch_call(1, {harness::undefined()}, {number(0), number(0)})}),
                            list({batch_call(0, {text("b")})})}) ==
          "OUTCOME 1.0 state 0 '[1]' | OUTCOME 1.1 state 0 [1] | OUTCOME 2.0 state 0 '\"b\"' | "
          "REST");
  }

  TEST_CASE("arguments are looked at after the call, options with them") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll,
                     {list({batch_call(2, {list({number(1)})}, {}, object({{"by", number(5)}}))})},
                     true) == "OUTCOME 1.0 state 0 2 after [[1, 5], {by: 5}] | REST");
  }

  TEST_CASE("what can be awaited is awaited before the next call is made") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll, {list({batch_call(3, {number(20), text("a")})}),
                            list({batch_call(4, {}),
                                  batch_call(0, {harness::undefined()}, {number(0), number(0)}),
                                  batch_call(0, {number(4)})})}) == "REST timers");
    CHECK(shim.wait(1000) ==
          "OUTCOME 1.0 state 2 'a' | OUTCOME 2.0 state 3 ValueError('no') | "
          "OUTCOME 2.2 state 0 '4' | REST");
  }

  TEST_CASE("behind a call that never ends nothing is run, and the next batch is") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll, {list({batch_call(5, {})}), list({batch_call(0, {number(1)})})}) ==
          "REST");
    CHECK(shim.batch(kAll, {list({batch_call(0, {number(1)})})}) ==
          "OUTCOME 3.0 state 0 '1' | REST");
  }
}
