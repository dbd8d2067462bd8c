// Real threads against real queues. A right queue is right however the threads run. The wrong ones
// are called so that every possible run of them is wrong: their verdict is no matter of luck.
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "tests/harnesses/history/support.hpp"

using namespace harness::history;
using namespace harness::history::test;

namespace {

// Bounded and blocking. Two ways to be wrong: newest first, and a capacity that nobody keeps.
class Queue {
 public:
  enum class Flaw { none, newest_first, ignores_capacity };
  Queue(std::size_t capacity, Flaw flaw) : capacity_{capacity}, flaw_{flaw} {}

  void put(std::int64_t value) {
    std::unique_lock lock{mutex_};
    changed_.wait(lock,
                  [&] { return items_.size() < capacity_ || flaw_ == Flaw::ignores_capacity; });
    items_.push_back(value);
    changed_.notify_all();
  }

  std::int64_t take() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return !items_.empty(); });
    if (flaw_ == Flaw::newest_first) std::ranges::reverse(items_);
    const std::int64_t value = items_.front();
    items_.pop_front();
    if (flaw_ == Flaw::newest_first) std::ranges::reverse(items_);
    changed_.notify_all();
    return value;
  }

 private:
  std::size_t capacity_;
  Flaw flaw_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::int64_t> items_;
};

// Stamps a thread's operations by the clock that all threads share.
class Thread {
 public:
  explicit Thread(unsigned process) : process_{process} {}

  void put(Queue& queue, std::int64_t value) {
    run("put", {v(value)}, [&]() -> std::optional<Value> {
      queue.put(value);
      return std::nullopt;
    });
  }
  void take(Queue& queue) {
    run("take", {}, [&]() -> std::optional<Value> { return v(queue.take()); });
  }

  struct Stamped {
    std::chrono::nanoseconds called;
    std::chrono::nanoseconds returned;
    Call call;
    std::optional<Value> result;
  };
  [[nodiscard]] const std::vector<Stamped>& operations() const { return operations_; }

 private:
  using Clock = std::chrono::steady_clock;

  void run(const char* operation, std::vector<Value> arguments,
           const std::function<std::optional<Value>()>& body) {
    const auto called = Clock::now().time_since_epoch();
    auto result = body();
    const auto returned = Clock::now().time_since_epoch();
    operations_.push_back(
        {called, returned, {ProcessId{process_}, operation, std::move(arguments)}, result});
  }

  unsigned process_;
  std::vector<Stamped> operations_;
};

// At equal times calls come first, as history.hpp asks for.
History merged(const std::vector<Thread>& threads) {
  std::vector<std::tuple<std::chrono::nanoseconds, bool, unsigned, const Thread::Stamped*>> events;
  unsigned id = 0;
  for (const Thread& thread : threads) {
    for (const Thread::Stamped& operation : thread.operations()) {
      events.emplace_back(operation.called, false, id, &operation);
      events.emplace_back(operation.returned, true, id, &operation);
      ++id;
    }
  }
  std::ranges::sort(events);
  Recorder recorder;
  for (const auto& [at, is_return, number, operation] : events) {
    const auto status = is_return ? recorder.returned(OperationId{number}, operation->result, at)
                                  : recorder.call(OperationId{number}, operation->call, at);
    REQUIRE_MESSAGE(status, (status ? "" : status.error().message()));
  }
  return std::move(recorder).finish();
}

AnyModel bounded(std::int64_t capacity) {
  return model("bounded queue", {{"capacity", v(capacity)}});
}

constexpr int kItems = 40;

History run_producers_and_consumers(Queue& queue) {
  std::vector<Thread> threads{Thread{0}, Thread{1}, Thread{2}, Thread{3}};
  std::vector<std::jthread> running;
  for (std::size_t i = 0; i < threads.size(); ++i) {
    running.emplace_back([&queue, i, &self = threads[i]] {
      for (int n = 0; n < kItems; ++n) {
        if (i < 2) self.put(queue, static_cast<std::int64_t>(i) * kItems + n);
        if (i >= 2) self.take(queue);
      }
    });
  }
  running.clear();  // joins
  return merged(threads);
}

}  // namespace

TEST_SUITE("harnesses/history: threads") {
  TEST_CASE("a right bounded queue is linearizable, whatever the threads do") {
    for (const std::size_t capacity : {1U, 3U}) {
      Queue queue{capacity, Queue::Flaw::none};
      CHECK(is_linearizable(run_producers_and_consumers(queue),
                            bounded(static_cast<std::int64_t>(capacity))));
    }
  }

  TEST_CASE("a queue that gives the newest first is found out in every run") {
    Queue queue{3, Queue::Flaw::newest_first};
    std::vector<Thread> threads{Thread{0}, Thread{1}};
    // The puts are over before the first take begins.
    std::jthread{[&] {
      for (const std::int64_t value : {1, 2, 3}) threads[0].put(queue, value);
    }}.join();
    std::jthread{[&] {
      for (int i = 0; i < 3; ++i) threads[1].take(queue);
    }}.join();
    CHECK_FALSE(is_linearizable(merged(threads), bounded(3)));
  }

  TEST_CASE("a queue that ignores its capacity is found out in every run") {
    for (const std::int64_t capacity : {2, 3}) {
      Queue queue{2, Queue::Flaw::ignores_capacity};
      std::vector<Thread> threads{Thread{0}, Thread{1}, Thread{2}};
      std::vector<std::jthread> running;
      running.reserve(threads.size());
      for (Thread& thread : threads) {
        running.emplace_back([&] { thread.put(queue, 1); });
      }
      running.clear();  // three puts have returned, nothing was taken
      CHECK(is_linearizable(merged(threads), bounded(capacity)) == (capacity == 3));
    }
  }
}
