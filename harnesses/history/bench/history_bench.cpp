// What a check costs: histories like those of Jepsen's etcd tests (clients that read, write and
// compare-and-set small numbers in a few registers, some of whom never get an answer), whole and by
// key, right and wrong. Steps, configurations and bytes are the same on every machine; of the times
// only the ratios mean much. The histories are made up here from fixed seeds.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "harnesses/history/explain.hpp"
#include "harnesses/history/find_model.hpp"

namespace {

using namespace harness::history;
using harness::Value;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr base::Bytes kMemory{std::uint64_t{256} << 20U};
constexpr Budget kBudget{20'000'000, kMemory};
constexpr Budget kToExplain{5'000'000, kMemory};

[[noreturn]] void stop(const std::string& why) {
  std::cerr << "history_bench: " << why << "\n";
  std::exit(1);  // NOLINT(concurrency-mt-unsafe): there is one thread
}

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_{seed} {}
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

 private:
  std::mt19937_64 engine_;
};

Value number(std::uint64_t value) { return Value{static_cast<std::int64_t>(value)}; }

AnyModel model(std::string_view name) {
  auto found = find_model(name);
  if (!found) stop(found.error().message());
  return std::move(*found);
}

// A right object: draws a call, and answers it when it takes effect; nothing: it has to wait.
struct Object {
  std::function<Call(Random&)> draw;
  std::function<std::optional<Value>(const Call&)> answer;
};

struct Shape {
  std::size_t clients;
  std::size_t operations;
  std::uint64_t pending_in_1000;  // how often a client never hears again and another takes over
  std::size_t spoilt = 0;         // the answer in this place from the end is replaced
};

// Clients act in turns drawn at random: call, take effect, return.
class Simulation {
 public:
  Simulation(const Shape& shape, Object object, std::uint64_t seed)
      : shape_{shape}, object_{std::move(object)}, random_{seed}, clients_(shape.clients) {
    for (Client& client : clients_) client.process = next_process_++;
  }

  History run() {
    // A client that waits for another is drawn again and again; each round ends some operation.
    while (returned_ + pending_ < shape_.operations) {
      step(clients_[random_.below(clients_.size())]);
    }
    return std::move(recorder_).finish();
  }

 private:
  struct Client {
    std::uint32_t process = 0;
    std::uint64_t id = 0;
    std::optional<Call> call = std::nullopt;
    std::optional<Value> answer = std::nullopt;
  };

  void step(Client& client) {
    now_ += std::chrono::microseconds{1};
    if (!client.call) {
      client.call = object_.draw(random_);
      client.call->process = ProcessId{client.process};
      client.id = next_id_++;
      expect(recorder_.call(OperationId{client.id}, *client.call, now_));
    } else if (random_.below(1000) < shape_.pending_in_1000) {
      ++pending_;
      client = Client{.process = next_process_++};
    } else if (!client.answer) {
      client.answer = object_.answer(*client.call);
    } else {
      ++returned_;
      const bool spoil = shape_.spoilt > 0 && returned_ + shape_.spoilt >= shape_.operations &&
                         std::holds_alternative<std::int64_t>(client.answer->data) && !spoilt_;
      if (spoil) client.answer = number(std::get<std::int64_t>(client.answer->data) == 0 ? 1 : 0);
      spoilt_ = spoilt_ || spoil;
      expect(recorder_.returned(OperationId{client.id}, std::move(client.answer), now_));
      client.call.reset();
      client.answer.reset();
    }
  }

  static void expect(const base::Status& status) {
    if (!status) stop(status.error().message());
  }

  Shape shape_;
  Object object_;
  Random random_;
  Recorder recorder_;
  std::chrono::nanoseconds now_{};
  std::vector<Client> clients_;
  std::uint32_t next_process_ = 0;
  std::uint64_t next_id_ = 0;
  std::size_t returned_ = 0;
  std::size_t pending_ = 0;
  bool spoilt_ = false;
};

// A map of `keys` registers; with one key it is a register.
Object registers(std::uint64_t keys) {
  const auto draw = [keys](Random& random) {
    const Value key = number(random.below(keys));
    const Value one = number(random.below(5));
    const Value two = number(random.below(5));
    switch (random.below(3)) {
      case 0:
        return Call{{}, "get", {key}};
      case 1:
        return Call{{}, "put", {key, one}};
      default:
        return Call{{}, "compare_and_set", {key, one, two}};
    }
  };
  const auto integer = [](const Value& value) { return std::get<std::int64_t>(value.data); };
  const auto answer = [integer, held = std::map<std::int64_t, std::int64_t>{}](
                          const Call& call) mutable -> std::optional<Value> {
    const auto key = integer(call.arguments[0]);
    const auto found = held.find(key);
    if (call.operation == "get") {
      return found == held.end() ? Value{harness::Null{}} : Value{found->second};
    }
    if (call.operation == "put") {
      held[key] = integer(call.arguments[1]);
      return Value{harness::Undefined{}};
    }
    const bool equal = found != held.end() && found->second == integer(call.arguments[1]);
    if (equal) found->second = integer(call.arguments[2]);
    return Value{equal};
  };
  return {draw, answer};
}

// Every item is another number.
Object queue() {
  const auto draw = [next = std::uint64_t{0}](Random& random) mutable {
    if (random.below(2) == 0) return Call{{}, "try_take", {}};
    return Call{{}, "put", {number(next++)}};
  };
  const auto answer = [held =
                           std::deque<Value>{}](const Call& call) mutable -> std::optional<Value> {
    if (call.operation == "put") {
      held.push_back(call.arguments[0]);
      return Value{harness::Undefined{}};
    }
    if (held.empty()) return Value{harness::Null{}};
    const Value front = held.front();
    held.pop_front();
    return front;
  };
  return {draw, answer};
}

struct Row {
  const char* name;
  const char* model;
  std::function<Object()> object;
  Shape shape;
  Partition partition = Partition::by_model;
};

const char* name_of(const Answer& answer) {
  if (std::holds_alternative<Linearizable>(answer)) return "yes";
  return std::holds_alternative<NotLinearizable>(answer) ? "no" : "unknown";
}

// Median of some runs; slow ones are run once.
template <typename Body>
double median_ms(const Body& body) {
  std::vector<double> times;
  do {
    const auto start = Clock::now();
    body();
    times.push_back(Milliseconds{Clock::now() - start}.count());
  } while (times.size() < 5 && times.front() < 1000);
  std::ranges::sort(times);
  return times[times.size() / 2];
}

// Milliseconds of the check.
double measure(const Row& row) {
  const AnyModel checked_by = model(row.model);
  const History history = Simulation{row.shape, row.object(), 1}.run();
  std::optional<Checked> checked;
  const double ms = median_ms([&] {
    auto result = check(history, checked_by, kBudget, row.partition);
    if (!result) stop(result.error().message());
    checked = std::move(*result);
  });
  std::printf("%-34s %6zu  %-8s %10llu %10llu %10.1f %9.2f", row.name, history.operations().size(),
              name_of(checked->answer), static_cast<unsigned long long>(checked->effort.steps),
              static_cast<unsigned long long>(checked->effort.configurations),
              static_cast<double>(checked->effort.memory.count()) / 1024, ms);
  if (const auto* const failure = std::get_if<NotLinearizable>(&checked->answer)) {
    std::size_t size = 0;
    bool is_minimal = false;
    const double explain_ms = median_ms([&] {
      const auto explanation = explain(history, checked_by, *failure, kToExplain, row.partition);
      if (!explanation) stop(explanation.error().message());
      size = explanation->blocking.size();
      is_minimal = explanation->is_minimal;
    });
    std::printf("  %zu%s in %.2f ms", size, is_minimal ? "" : " (not minimal)", explain_ms);
  }
  std::printf("\n");
  return ms;
}

void compare(const char* name, const Shape& shape, std::uint64_t keys) {
  const auto object = [keys] { return registers(keys); };
  const std::string whole_name = std::string{name} + ", whole";
  const std::string keys_name = std::string{name} + ", by key";
  const double whole = measure({whole_name.c_str(), "map", object, shape, Partition::none});
  const double by_key = measure({keys_name.c_str(), "map", object, shape, Partition::by_model});
  std::printf("%-34s %.1f times as fast by key\n", "", whole / by_key);
}

}  // namespace

int main() {
  std::printf("%-34s %6s  %-8s %10s %10s %10s %9s  %s\n", "history", "calls", "answer", "steps",
              "configs", "KiB", "ms", "blocking set");
  const auto one = [] { return registers(1); };
  measure({"register, 10 clients", "map", one, {10, 1000, 0}});
  measure({"register, 10 clients, 2% pending", "map", one, {10, 1000, 10}});
  measure({"register, 50 clients", "map", one, {50, 1000, 0}});
  measure({"register, 50 clients, 2% pending", "map", one, {50, 1000, 10}});
  compare("10 keys, 10 clients", {10, 1000, 0}, 10);
  compare("10 keys, 10 clients, 2% pending", {10, 1000, 10}, 10);
  compare("10 keys, 50 clients", {50, 1000, 0}, 10);
  measure({"register, 5 clients, wrong", "map", one, {5, 1000, 0, 500}});
  const auto ten = [] { return registers(10); };
  measure({"10 keys, 10 clients, wrong", "map", ten, {10, 1000, 10, 300}});
  measure({"queue, 3 clients", "queue", queue, {3, 100, 0}});
  measure({"queue, 3 clients, wrong", "queue", queue, {3, 100, 0, 50}});
  measure({"queue, 5 clients, wrong", "queue", queue, {5, 60, 0, 20}});
  measure({"queue, 3 clients, too long", "queue", queue, {3, 1000, 0}});
}
