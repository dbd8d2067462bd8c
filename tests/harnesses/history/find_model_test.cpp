#include "harnesses/history/find_model.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "tests/harnesses/history/support.hpp"

using namespace harness::history;
using namespace harness::history::test;

namespace {

std::string error_of(std::string_view name,
                     std::vector<std::pair<std::string, harness::Value>> parameters) {
  const auto found = find_model(name, harness::Object{std::move(parameters)});
  return found ? "fine" : found.error().message();
}

// What a concept must refuse, to be one.
struct NoModel {
  static constexpr std::string_view kName = "none";
};

}  // namespace

TEST_SUITE("harnesses/history/find_model") {
  TEST_CASE("what is not a model does not pass for one") {
    CHECK(Model<harness::history::AnyModel> == false);
    CHECK(Model<NoModel> == false);
  }

  TEST_CASE("every name finds the model of that name") {
    const std::vector<std::pair<std::string, harness::Value>> needed[] = {
        {}, {{"capacity", v(1)}}, {{"permits", v(1)}}};
    CHECK(model_names().size() == 10);
    for (const std::string_view name : model_names()) {
      CAPTURE(std::string{name});
      bool found = false;
      for (const auto& parameters : needed) {
        const auto model = find_model(name, harness::Object{parameters});
        if (!model) continue;
        found = true;
        CHECK(model->name() == name);
        CHECK_FALSE(model->operations().empty());
      }
      CHECK(found);
    }
  }

  TEST_CASE("names and parameters that do not exist or do not fit are errors") {
    CHECK(error_of("tree\n", {}) ==
          "model 'tree\\n': there is no such model; there are: bounded queue, counter, lock, lru "
          "cache, map, queue, register, semaphore, set, stack");
    CHECK(error_of("bounded queue", {}) ==
          "model 'bounded queue': capacity: is missing; write a whole number");
    CHECK(error_of("bounded queue", {{"capacity", v(0)}}) ==
          "model 'bounded queue': capacity: 0 is not a whole number from 1");
    CHECK(error_of("queue", {{"capacity", v(1)}}) ==
          "model 'queue': 'capacity' is no parameter of it; there are: overtakes, per_key, "
          "per_producer");
    CHECK(error_of("queue", {{"per_producer", v(1)}}) ==
          "model 'queue': per_producer: 1 is neither true nor false");
    CHECK(error_of("queue", {{"per_producer", truth(true)}, {"overtakes", v(1)}}) ==
          "model 'queue': overtakes: has no meaning beside per_producer; leave one out");
    CHECK(error_of("counter", {{"initial", v("1")}}) ==
          "model 'counter': initial: '1' is not a whole number");
    CHECK(error_of("semaphore", {{"permits", v(-1)}}) ==
          "model 'semaphore': permits: -1 is not a whole number from 0");
    CHECK(error_of("lru cache", {{"capacity", v(1)}, {"ttl", v(0)}}) ==
          "model 'lru cache': ttl: 0 is not a whole number from 1");
    CHECK(error_of("lru cache", {{"capacity", v(1)}, {"per_key", truth(true)}}) == "fine");
  }
}
