// threads: std::thread and everything that waits between threads with a time limit. Says the order
// in which they woke, and when. With an argument it makes no other process.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <shared_mutex>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

Clock::time_point begin;
std::mutex said;

void say(const char* what, int number = 0) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  const std::lock_guard lock{said};
  std::printf("%s %d at %lld\n", what, number, static_cast<long long>(ms.count()));
  std::fflush(stdout);
}

void wait_for_child() {
  begin = Clock::now();
  const pid_t child = fork();
  if (child == 0) {
    std::this_thread::sleep_for(20s);
    say("child");
    _exit(0);
  }
  std::this_thread::sleep_for(10s);
  say("parent");
  waitpid(child, nullptr, 0);
  say("reaped");
}

}  // namespace

int main(int argc, char**) {
  begin = Clock::now();
  std::vector<std::thread> sleepers;
  for (int i = 0; i < 8; ++i) {
    sleepers.emplace_back([i] {
      std::this_thread::sleep_for(1h * (8 - i));
      say("slept", i);
    });
  }
  for (std::thread& sleeper : sleepers) sleeper.join();

  begin = Clock::now();
  std::mutex mutex;
  std::condition_variable condition;
  bool ready = false;
  std::thread setter{[&] {
    std::this_thread::sleep_for(10s);
    const std::lock_guard lock{mutex};
    ready = true;
    condition.notify_one();
  }};
  {
    std::unique_lock lock{mutex};
    say("condition", condition.wait_for(lock, 1h, [&] { return ready; }) ? 1 : 0);
    say("condition", condition.wait_for(lock, 1h, [] { return false; }) ? 1 : 0);
  }
  setter.join();

  begin = Clock::now();
  std::timed_mutex held;
  held.lock();
  std::thread taker{[&] { say("mutex", held.try_lock_for(1h) ? 1 : 0); }};
  taker.join();
  std::thread later{[&] { say("mutex", held.try_lock_for(1h) ? 1 : 0); }};
  std::this_thread::sleep_for(30min);
  held.unlock();
  later.join();

  begin = Clock::now();
  auto answer = std::async(std::launch::async, [] {
    std::this_thread::sleep_for(5s);
    return 42;
  });
  say("future", answer.wait_for(1s) == std::future_status::ready ? 1 : 0);
  say("future", answer.wait_for(10s) == std::future_status::ready ? 1 : 0);

  if (argc == 1) wait_for_child();

  // Working takes no time; asking for the time again and again does.
  begin = Clock::now();
  volatile unsigned long sum = 0;
  for (unsigned long i = 0; i < 50'000'000; ++i) sum = sum + i;
  say("worked");
  begin = Clock::now();
  while (Clock::now() - begin < 50ms) {
  }
  say("spun");
}
