#include <doctest/doctest.h>

#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

namespace {

constexpr const char* kFunctions = R"(
export const encode = (x) => JSON.stringify(x);
export const decode = (text) => JSON.parse(text);
export const grow = (list, { by } = { by: 1 }) => list.push(by);
export const later = (ms, x) => new Promise((resolve) => setTimeout(() => resolve(x), ms));
export const fail = async () => { throw new RangeError('no'); };
export const never = () => new Promise(() => {});
export const strange = () => { throw undefined; };
export const thenable = () => ({ then(resolve) { resolve('then'); } });
)";
const std::vector<std::string> kAll{"encode", "decode", "grow",    "later",
                                    "fail",   "never",  "strange", "thenable"};

}  // namespace

TEST_SUITE("harnesses/shims/node batch") {
  TEST_CASE("cases run one after the other, and results are handed to later calls") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll, {list({batch_call(0, {list({number(1)})}),
                                  batch_call(1, {harness::undefined()}, {number(0), number(0)})}),
                            list({batch_call(0, {text("b")})})}) ==
          "OUTCOME 1.0 state 0 '[1]' | OUTCOME 1.1 state 0 [1] | OUTCOME 2.0 state 0 '\"b\"' | "
          "REST");
  }

  TEST_CASE("arguments are looked at after the call, options with them") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll,
                     {list({batch_call(2, {list({number(1)})}, {}, object({{"by", number(5)}}))})},
                     true) == "OUTCOME 1.0 state 0 2 after [[1, 5], {by: 5}] | REST");
  }

  TEST_CASE("a promise is waited for before the next call is made") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll,
                     {list({batch_call(7, {})}), list({batch_call(3, {number(20), text("a")})}),
                      list({batch_call(4, {})})}) == "OUTCOME 1.0 state 2 'then' | REST timers");
    CHECK(shim.wait(1000) ==
          "OUTCOME 2.0 state 2 'a' | OUTCOME 3.0 state 3 RangeError('no') | REST");
  }

  TEST_CASE("what needs the result of a call that failed is not made, all else is") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll, {list({batch_call(6, {}),
                                  batch_call(0, {harness::undefined()}, {number(0), number(0)}),
                                  batch_call(0, {harness::undefined()}, {number(0), number(1)}),
                                  batch_call(0, {number(4)})})}) ==
          "OUTCOME 1.0 state 1 undefined | OUTCOME 1.3 state 0 '4' | REST");
  }

  TEST_CASE("behind a promise that never settles nothing is run, and the next batch is") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load(kAll) == "READY");
    CHECK(shim.batch(kAll, {list({batch_call(5, {})}), list({batch_call(0, {number(1)})})}) ==
          "REST");
    CHECK(shim.batch(kAll, {list({batch_call(0, {number(1)})})}) ==
          "OUTCOME 3.0 state 0 '1' | REST");
  }

  TEST_CASE("a function that was not loaded is refused") {
    if (!is_available(Runtime::node)) return;
    ShimProcess shim{Runtime::node, "a.mjs", kFunctions};
    REQUIRE(shim.load({"encode"}) == "READY");
    CHECK(shim.batch({"decode"}, {list({batch_call(0, {})})}) ==
          "REFUSED 'a function that was not loaded'");
  }
}
