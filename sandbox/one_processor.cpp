#include "sandbox/one_processor.hpp"

#include <sched.h>

#include <cstddef>
#include <utility>

namespace sandbox {
namespace {

// Of this thread, before it was ever bound here.
const cpu_set_t& allowed() {
  static thread_local const cpu_set_t set = [] {
    cpu_set_t now{};
    if (::sched_getaffinity(0, sizeof now, &now) != 0) CPU_ZERO(&now);
    return now;
  }();
  return set;
}

}  // namespace

OneProcessor::OneProcessor(OneProcessor&& other) noexcept
    : processor_{std::exchange(other.processor_, kNone)}, until_{other.until_} {}

void OneProcessor::keep_together(pid_t program, std::chrono::steady_clock::time_point now) {
  if (processor_ != kNone && now >= until_) return release();
  const int here = ::sched_getcpu();
  if (here == processor_ || here < 0 || here >= CPU_SETSIZE || program <= 0) return;
  if (CPU_COUNT(&allowed()) < 2) return;
  cpu_set_t one{};
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(here), &one);
  if (::sched_setaffinity(program, sizeof one, &one) != 0) return;
  if (::sched_setaffinity(0, sizeof one, &one) != 0) return;
  processor_ = here;
  until_ = now + kStay;
}

void OneProcessor::release() {
  if (std::exchange(processor_, kNone) == kNone) return;
  (void)::sched_setaffinity(0, sizeof(cpu_set_t), &allowed());
}

}  // namespace sandbox
