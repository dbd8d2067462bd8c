// From traces to histories. Each trace is written by hand, as a case would leave it.
#include "harnesses/schedule/history_check.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "harnesses/protocol/show.hpp"

using harness::Event;
using harness::HistoryCheck;
using harness::List;
using harness::Trace;
using harness::Value;
namespace history = harness::history;
using Ending = history::Operation::Ending;

namespace {

// A plan whose n-th operation has these arguments, and is the model's of this name.
struct Known {
  std::string operation;
  std::optional<std::string> as;
  std::vector<harness::OperationArgument> arguments = {};
};

harness::SchedulePlan plan_of(const std::vector<Known>& known, bool moves_time = false) {
  harness::OperationsPlan operations{.object = harness::ObjectPlan{},
                                     .operations = {},
                                     .steps = {0, 9},
                                     .advance = {},
                                     .after = {},
                                     .at_end = {}};
  for (const Known& each : known) {
    operations.operations.push_back({.name = each.operation,
                                     .function = each.operation,
                                     .on = {},
                                     .arguments = each.arguments,
                                     .options = {}});
  }
  if (moves_time) operations.advance = harness::Generator{harness::gen::Integer{1, 9}};
  harness::SchedulePlan plan;
  plan.operations = std::move(operations);
  return plan;
}

HistoryCheck check_of(const std::vector<Known>& known, const std::string& model,
                      std::vector<std::pair<std::string, harness::Argument>> parameters = {}) {
  harness::Linearizability wanted{.model = model, .parameters = std::move(parameters), .as = {}};
  for (const Known& each : known) wanted.as.push_back(each.as);
  return HistoryCheck{plan_of(known), wanted};
}

Value v(std::int64_t number) { return Value{number}; }

// Writes a trace; calls count from 1, as the object's is call 0.
class Script {
 public:
  Script() {
    trace_.calls.push_back({.operation = {}, .on = {}, .arguments = {}, .cancel_reason = {}});
  }

  Script& call(const std::string& operation, std::vector<Value> arguments = {},
               std::optional<std::uint32_t> on = {}) {
    trace_.calls.push_back({.operation = operation,
                            .on = on,
                            .arguments = Value{List{std::move(arguments)}},
                            .cancel_reason = {}});
    const auto number = static_cast<std::uint32_t>(trace_.calls.size() - 1);
    return add({.kind = Event::Kind::operation, .value = {}, .call = number});
  }
  Script& gives(std::uint32_t number, Value value) {
    add({.kind = Event::Kind::returned, .flag = true, .value = {}, .call = number});
    return add({.kind = Event::Kind::fulfilled, .value = std::move(value), .call = number});
  }
  Script& fails(std::uint32_t number, Event::Kind how = Event::Kind::rejected) {
    return add({.kind = how, .value = {}, .call = number});
  }
  Script& rest() { return add({.kind = Event::Kind::rest, .value = {}}); }
  Script& pass(std::int64_t ms) {
    now_ += ms;
    return add({.kind = Event::Kind::advance, .value = v(ms)});
  }
  Script& given(const std::string& name, Value value) {
    trace_.given.push_back({.name = name, .value = std::move(value), .collection = {}});
    return *this;
  }

  [[nodiscard]] const Trace& trace() const { return trace_; }

 private:
  Script& add(Event event) {
    event.at = now_;
    trace_.events.push_back(std::move(event));
    return *this;
  }

  Trace trace_;
  std::int64_t now_ = 0;
};

const std::vector<Known> kQueue = {{"put", "put", {harness::Argument{}, harness::OwnSignal{false}}},
                                   {"take", "take"},
                                   {"size", {}}};

history::History history_of(const HistoryCheck& check, const Script& script) {
  const auto model = check.model_for(script.trace());
  REQUIRE_MESSAGE(model.has_value(), model.error().message());
  auto history = check.history_of(script.trace(), *model);
  REQUIRE_MESSAGE(history.has_value(), history.error().message());
  return std::move(*history);
}

HistoryCheck::Answer answer_of(const HistoryCheck& check, const Script& script) {
  auto answer = check.judge(script.trace());
  REQUIRE_MESSAGE(answer.has_value(), answer.error().message());
  return std::move(*answer);
}

bool fits(const HistoryCheck& check, const Script& script) {
  return std::holds_alternative<HistoryCheck::Fits>(answer_of(check, script));
}

bool differs(const HistoryCheck& check, const Script& script) {
  return std::holds_alternative<HistoryCheck::Differs>(answer_of(check, script));
}

bool are(const std::vector<Value>& found, const std::vector<Value>& wanted) {
  return std::ranges::equal(found, wanted, harness::same);
}

Value signal() { return Value{harness::Opaque{"signal"}}; }

}  // namespace

TEST_SUITE("harnesses/schedule/history_check") {
  TEST_CASE("calls become operations of the model, without signals and what it does not see") {
    Script script;
    script.call("put", {v(7), signal()}).call("size").gives(2, v(0)).call("take").gives(3, v(7));
    const history::History history = history_of(check_of(kQueue, "queue"), script);
    REQUIRE(history.operations().size() == 2);
    const history::Operation& put = history.operations()[0];
    CHECK(put.id == history::OperationId{1});
    CHECK(put.call.operation == "put");
    CHECK(are(put.call.arguments, {v(7)}));
    CHECK(put.ending == Ending::pending);
    const history::Operation& take = history.operations()[1];
    CHECK(take.ending == Ending::returned);
    REQUIRE(take.result.has_value());
    CHECK(harness::same(*take.result, v(7)));
  }

  TEST_CASE("calls of one turn overlap, whichever settled first") {
    Script script;
    script.call("put", {v(1), signal()}).call("put", {v(2), signal()});
    script.gives(1, {}).gives(2, {}).rest().call("take").gives(3, v(2)).rest();
    CHECK(fits(check_of(kQueue, "queue"), script));
  }

  TEST_CASE("a call that was made when another had ended comes after it") {
    Script script;
    script.call("put", {v(1), signal()}).gives(1, {}).rest();
    script.call("put", {v(2), signal()}).gives(2, {}).rest();
    script.call("take").gives(3, v(2)).rest();
    const auto answer = answer_of(check_of(kQueue, "queue"), script);
    REQUIRE(std::holds_alternative<HistoryCheck::Differs>(answer));
    // The take's end: behind it is a rest alone.
    CHECK(std::get<HistoryCheck::Differs>(answer).event == script.trace().events.size() - 2);
  }

  TEST_CASE("what throws or rejects did nothing to a queue; what is pending may have") {
    for (const Event::Kind how : {Event::Kind::rejected, Event::Kind::threw}) {
      Script failed;
      failed.call("put", {v(1), signal()}).fails(1, how).rest().call("take").gives(2, v(1));
      CHECK(differs(check_of(kQueue, "queue"), failed));
    }
    Script pending;
    pending.call("put", {v(1), signal()}).rest().call("take").gives(2, v(1));
    CHECK(fits(check_of(kQueue, "queue"), pending));
  }

  TEST_CASE("what failed may have changed a map, now or later") {
    const std::vector<Known> map = {{"set", "put", {harness::Argument{}, harness::Argument{}}},
                                    {"get", "get", {harness::Argument{}}}};
    for (const std::int64_t seen : {1, 2}) {
      Script script;
      script.call("set", {v(0), v(1)}).gives(1, {}).call("set", {v(0), v(2)}).fails(2);
      script.call("get", {v(0)}).gives(3, v(seen));
      CHECK(fits(check_of(map, "map"), script));
    }
    Script never;
    never.call("set", {v(0), v(1)}).gives(1, {}).call("set", {v(0), v(2)}).fails(2);
    never.call("get", {v(0)}).gives(3, v(3));
    CHECK(differs(check_of(map, "map"), never));
  }

  TEST_CASE("a parameter is what was drawn for the case") {
    const std::vector<std::pair<std::string, harness::Argument>> capacity = {
        {"capacity", harness::Argument{harness::Reference{"size"}}}};
    for (const std::int64_t size : {1, 2}) {
      Script script;
      script.given("size", v(size));
      script.call("put", {v(1), signal()}).gives(1, {}).rest();
      script.call("put", {v(2), signal()}).gives(2, {}).rest();
      CHECK(fits(check_of(kQueue, "bounded queue", capacity), script) == (size == 2));
    }
  }

  TEST_CASE("who uses a result is the process that got it, unless that is busy") {
    const std::vector<Known> lock = {{"acquire", "acquire"}, {"release", "release"}};
    Script script;
    script.call("acquire").gives(1, {}).rest().call("release", {}, 1).call("release", {}, 1);
    const history::History history = history_of(check_of(lock, "lock"), script);
    REQUIRE(history.operations().size() == 3);
    CHECK(history.operations()[1].call.process == history::ProcessId{1});
    CHECK(history.operations()[2].call.process == history::ProcessId{3});

    Script others;
    others.call("acquire").gives(1, {}).rest().call("release", {}, 1).gives(2, {}).rest();
    CHECK(fits(check_of(lock, "lock"), others));
    others.call("acquire").gives(3, {}).call("acquire").gives(4, {});
    CHECK(differs(check_of(lock, "lock"), others));
  }

  TEST_CASE("a model that regards the time is told when a call was made") {
    const std::vector<Known> cache = {{"get", "get", {harness::Argument{}}},
                                      {"put", "put", {harness::Argument{}, harness::Argument{}}}};
    const HistoryCheck check =
        check_of(cache, "lru cache",
                 {{"capacity", harness::Argument{v(2)}}, {"ttl", harness::Argument{v(100)}}});
    const auto read_after = [](std::int64_t ms) {
      Script script;
      script.pass(5).call("put", {v(1), v(2)}).gives(1, {}).pass(ms).call("get", {v(1)});
      return script.gives(2, v(2)).rest();
    };
    CHECK(fits(check, read_after(99)));
    CHECK(differs(check, read_after(100)));
    CHECK(are(history_of(check, read_after(99)).operations()[1].call.arguments, {v(1), v(104)}));
  }

  TEST_CASE("a call over which time passed is judged by no model that regards it") {
    const std::vector<Known> cache = {{"get", "get", {harness::Argument{}}}};
    Script script;
    script.call("get", {v(1)}).pass(5).gives(1, Value{});
    const auto timed = answer_of(
        check_of(cache, "lru cache",
                 {{"capacity", harness::Argument{v(2)}}, {"ttl", harness::Argument{v(100)}}}),
        script);
    REQUIRE(std::holds_alternative<HistoryCheck::Unknown>(timed));
    CHECK(std::get<HistoryCheck::Unknown>(timed).why ==
          "call 1 went on while time passed, so that nobody knows at which moment it took effect");
    CHECK(fits(check_of(cache, "lru cache", {{"capacity", harness::Argument{v(2)}}}), script));
  }

  TEST_CASE("a search that ends without an answer says so, and is no pass") {
    Script script;
    constexpr std::int64_t kPuts = 60;
    for (std::int64_t i = 1; i <= kPuts; ++i) script.call("put", {v(i), signal()});
    for (std::uint32_t i = 1; i <= kPuts; ++i) script.gives(i, {});
    for (std::int64_t i = 1; i <= kPuts; ++i) {
      script.call("take").gives(static_cast<std::uint32_t>(kPuts + i),
                                v(i == kPuts ? 1 : kPuts - i));
    }
    const auto answer = answer_of(check_of(kQueue, "queue"), script);
    REQUIRE(std::holds_alternative<HistoryCheck::Unknown>(answer));
    CHECK(std::get<HistoryCheck::Unknown>(answer).why.starts_with(
        "whether 120 calls have an order was not known after "));
  }

  TEST_CASE("an explanation draws the calls that have no order, by their numbers and labels") {
    Script script;
    Trace labelled = script.call("put", {Value{std::string{"t-1a2b"}}, signal()})
                         .gives(1, {})
                         .rest()
                         .call("put", {v(2), signal()})
                         .gives(2, {})
                         .rest()
                         .call("take")
                         .gives(3, v(2))
                         .rest()
                         .trace();
    labelled.tokens = {{"t-1a2b", "value 0"}};
    const auto text = check_of(kQueue, "queue").explain(labelled);
    REQUIRE_MESSAGE(text.has_value(), text.error().message());
    CHECK(*text == R"(these 2 operations cannot all have happened, whichever of 1 others took effect
  call 1  |- put('value 0') -> ok -|
  call 3                           |- take() -> 2 -|
no order gets past take() -> 2
one order of what was before, 2 operations:
  put('value 0') -> ok
  put(2) -> ok
  then the object holds ['value 0', 2]
)");
  }
}
