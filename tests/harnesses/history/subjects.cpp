#include "tests/harnesses/history/subjects.hpp"

#include <algorithm>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include <doctest/doctest.h>

#include "harnesses/protocol/show.hpp"

namespace harness::history::test {
namespace {

std::int64_t number(const Call& call, std::size_t index) {
  return std::get<std::int64_t>(call.arguments.at(index).data);
}

Value silence() { return Value{Undefined{}}; }

using Choices = std::vector<std::string>;

// ---- right objects ----

Real real_register(Random& /*random*/) {
  return [held = nothing()](const Call& call) mutable -> std::optional<Value> {
    if (call.operation == "read") return held;
    if (call.operation == "write") {
      held = call.arguments[0];
      return silence();
    }
    const bool equal = canonical_encoding(held) == canonical_encoding(call.arguments[0]);
    if (equal) held = call.arguments[1];
    return truth(equal);
  };
}

Real real_map(Random& /*random*/) {
  return [held = std::map<std::int64_t, std::int64_t>{}](
             const Call& call) mutable -> std::optional<Value> {
    const auto found = held.find(number(call, 0));
    const bool is_there = found != held.end();
    if (call.operation == "get") return is_there ? v(found->second) : nothing();
    if (call.operation == "delete") return truth(held.erase(number(call, 0)) > 0);
    if (call.operation == "put") {
      held[number(call, 0)] = number(call, 1);
      return silence();
    }
    const bool equal = is_there && found->second == number(call, 1);
    if (equal) found->second = number(call, 2);
    return truth(equal);
  };
}

Real real_set(Random& /*random*/) {
  return [held = std::set<std::int64_t>{}](const Call& call) mutable -> std::optional<Value> {
    if (call.operation == "contains") return truth(held.contains(number(call, 0)));
    if (call.operation == "add") return truth(held.insert(number(call, 0)).second);
    return truth(held.erase(number(call, 0)) > 0);
  };
}

// Whether an item may be taken, beside so many older ones.
using MayTake = std::function<bool(std::size_t older, bool older_of_same)>;

struct QueueItem {
  unsigned producer;
  std::int64_t value;
};

Real real_queue(Random& random, std::size_t capacity, MayTake may_take) {
  return [&random, capacity, may_take = std::move(may_take),
          held = std::deque<QueueItem>{}](const Call& call) mutable -> std::optional<Value> {
    if (call.operation == "put" || call.operation == "try_put") {
      const bool is_try = call.operation == "try_put";
      if (held.size() == capacity) return is_try ? std::optional{truth(false)} : std::nullopt;
      held.push_back({static_cast<unsigned>(call.process), number(call, 0)});
      return is_try ? truth(true) : silence();
    }
    if (held.empty()) return call.operation == "take" ? std::nullopt : std::optional{nothing()};
    std::vector<std::size_t> allowed;
    std::set<unsigned> producers;
    for (std::size_t i = 0; i < held.size(); ++i) {
      if (may_take(i, producers.contains(held[i].producer))) allowed.push_back(i);
      producers.insert(held[i].producer);
    }
    const std::size_t taken = allowed.at(random.below(allowed.size()));
    const Value value = v(held[taken].value);
    held.erase(held.begin() + static_cast<std::ptrdiff_t>(taken));
    return value;
  };
}

bool oldest(std::size_t older, bool /*of_same*/) { return older == 0; }
bool among_two(std::size_t older, bool /*of_same*/) { return older <= 1; }
bool oldest_of_producer(std::size_t /*older*/, bool of_same) { return !of_same; }

Real real_stack(Random& /*random*/) {
  return [held = std::list<std::int64_t>{}](const Call& call) mutable -> std::optional<Value> {
    if (call.operation == "push") {
      held.push_front(number(call, 0));
      return silence();
    }
    if (held.empty()) return call.operation == "pop" ? std::nullopt : std::optional{nothing()};
    const Value top = v(held.front());
    held.pop_front();
    return top;
  };
}

Real real_counter(Random& /*random*/) {
  return [count = std::int64_t{0}](const Call& call) mutable -> std::optional<Value> {
    if (call.operation == "get") return v(count);
    count += number(call, 0);
    if (call.operation == "add_and_get") return v(count);
    return call.operation == "add" ? silence() : v(count - number(call, 0));
  };
}

Real real_lock(Random& /*random*/) {
  return [holder = std::optional<ProcessId>{}](const Call& call) mutable -> std::optional<Value> {
    if (call.operation == "release") {
      if (holder != call.process) return std::nullopt;
      holder.reset();
      return silence();
    }
    const bool is_try = call.operation == "try_acquire";
    if (holder) return is_try ? std::optional{truth(false)} : std::nullopt;
    holder = call.process;
    return is_try ? truth(true) : silence();
  };
}

Real real_semaphore(Random& /*random*/) {
  return [held = std::int64_t{0}](const Call& call) mutable -> std::optional<Value> {
    if (call.operation == "release") {
      held -= number(call, 0);
      return silence();
    }
    const bool is_try = call.operation == "try_acquire";
    if (held + number(call, 0) > 2) return is_try ? std::optional{truth(false)} : std::nullopt;
    held += number(call, 0);
    return is_try ? truth(true) : silence();
  };
}

struct CacheEntry {
  std::int64_t key;
  std::int64_t value;
  std::int64_t put_at;
};

Real real_lru(Random& /*random*/) {
  return [held = std::list<CacheEntry>{}](const Call& call) mutable -> std::optional<Value> {
    const std::int64_t now = number(call, call.arguments.size() - 1);
    held.remove_if([&](const CacheEntry& entry) { return now - entry.put_at >= 3; });
    const auto found = std::ranges::find(held, number(call, 0), &CacheEntry::key);
    if (call.operation == "get") {
      if (found == held.end()) return nothing();
      held.splice(held.begin(), held, found);
      return v(held.front().value);
    }
    const bool was_there = found != held.end();
    if (was_there) held.erase(found);
    if (call.operation == "delete") return truth(was_there);
    held.push_front({number(call, 0), number(call, 1), now});
    if (held.size() > 2) held.pop_back();
    return silence();
  };
}

// ---- calls of them ----

using Draw = decltype(Subject::draw);

// One of `operations`; as many small numbers as `arguments` says for each.
Draw any_of(Choices operations, std::vector<std::size_t> arguments) {
  return [operations = std::move(operations), arguments = std::move(arguments)](
             Random& random, unsigned process, std::size_t /*turn*/, std::int64_t /*now*/) {
    const std::size_t which = random.below(operations.size());
    Call call{ProcessId{process}, operations[which], {}};
    for (std::size_t i = 0; i < arguments[which]; ++i)
      call.arguments.push_back(v(random.number(2)));
    return call;
  };
}

// First one of `takes`, then `give`, and so on, with a count where there is one.
Draw in_turns(Choices takes, std::string give, bool counted) {
  return [takes = std::move(takes), give = std::move(give), counted](
             Random& random, unsigned process, std::size_t turn, std::int64_t /*now*/) {
    Call call{ProcessId{process}, turn % 2 == 0 ? takes[random.below(takes.size())] : give, {}};
    if (counted) call.arguments.push_back(v(1 + random.number(2)));
    return call;
  };
}

Draw with_time(Draw draw) {
  return [draw = std::move(draw)](Random& random, unsigned process, std::size_t turn,
                                  std::int64_t now) {
    Call call = draw(random, process, turn, now);
    call.arguments.push_back(v(now));
    return call;
  };
}

Draw with_key(Draw draw) {
  return [draw = std::move(draw)](Random& random, unsigned process, std::size_t turn,
                                  std::int64_t now) {
    Call call = draw(random, process, turn, now);
    call.key = v(random.number(2));
    return call;
  };
}

Real real_registers(Random& random) {
  return [&random,
          held = std::map<std::int64_t, Real>{}](const Call& call) mutable -> std::optional<Value> {
    Real& one = held.try_emplace(std::get<std::int64_t>(call.key->data), real_register(random))
                    .first->second;
    return one(call);
  };
}

std::function<Real(Random&)> queue_of(std::size_t capacity, const MayTake& may_take) {
  return [=](Random& random) { return real_queue(random, capacity, may_take); };
}

std::function<AnyModel()> named(const char* name,
                                const std::vector<std::pair<std::string, Value>>& parameters = {}) {
  return [=] { return model(name, parameters); };
}

}  // namespace

const std::vector<Subject>& subjects() {
  static const Draw registers = any_of({"read", "write", "compare_and_set"}, {0, 1, 2});
  static const Draw queues = any_of({"put", "put", "take", "try_take"}, {1, 1, 0, 0});
  static const Draw bounded =
      any_of({"put", "take", "try_take", "try_put", "try_put"}, {1, 0, 0, 1, 1});
  static const std::vector<Subject> all = {
      {"register", named("register"), registers, real_register},
      {"registers", named("register", {{"per_key", truth(true)}}), with_key(registers),
       real_registers},
      {"map", named("map"), any_of({"get", "put", "delete", "compare_and_set"}, {1, 2, 1, 3}),
       real_map},
      {"set", named("set"), any_of({"contains", "add", "remove"}, {1, 1, 1}), real_set},
      {"queue", named("queue"), queues, queue_of(1000, oldest)},
      {"relaxed queue", named("queue", {{"overtakes", v(1)}}), queues, queue_of(1000, among_two)},
      {"queue per producer", named("queue", {{"per_producer", truth(true)}}), queues,
       queue_of(1000, oldest_of_producer)},
      {"bounded queue", named("bounded queue", {{"capacity", v(1)}}), bounded, queue_of(1, oldest)},
      {"bounded relaxed queue", named("bounded queue", {{"capacity", v(2)}, {"overtakes", v(1)}}),
       bounded, queue_of(2, among_two)},
      {"stack", named("stack"), any_of({"push", "push", "pop", "try_pop"}, {1, 1, 0, 0}),
       real_stack},
      {"counter", named("counter"),
       any_of({"get", "add", "add_and_get", "get_and_add"}, {0, 1, 1, 1}), real_counter},
      {"lock", named("lock"), in_turns({"acquire", "try_acquire"}, "release", false), real_lock},
      {"semaphore", named("semaphore", {{"permits", v(2)}}),
       in_turns({"acquire", "try_acquire"}, "release", true), real_semaphore},
      {"lru cache", named("lru cache", {{"capacity", v(2)}, {"ttl", v(3)}}),
       with_time(any_of({"get", "get", "put", "put", "delete"}, {1, 1, 2, 2, 1})), real_lru},
  };
  return all;
}

}  // namespace harness::history::test
