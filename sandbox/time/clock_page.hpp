// What the judge and the replacement vDSO share, word for word: two pages in front of its code.
#pragma once

#include <cstdint>

namespace sandbox::time {

constexpr std::uint64_t kPageSize = 4096;

// Written by the caller alone; read-only for programs. One for all programs under one clock.
struct ClockPage {
  std::uint64_t monotonic_ns;  // CLOCK_MONOTONIC and its kin
  std::uint64_t realtime_ns;   // what CLOCK_REALTIME has on top
};

// One for each run, which writes it: a program that asks for the time again and again without ever
// resting would wait for ever if time stood still, so from some number of questions on each one
// takes time. Counted, not measured: equal programs see equal times.
struct SpinPage {
  std::uint64_t reads;    // since the program last rested
  std::uint64_t spun_ns;  // time that has passed by that, on top of monotonic_ns
};

// In mode `preload` (preload/) in place of the SpinPage, also one for each run, which writes it.
struct WaitPage : SpinPage {
  std::uint64_t magic;    // set by the caller: the library has mapped the right page
  std::uint64_t owner;    // the process that lives on the clock, as it calls itself; 0: none does
  std::uint64_t next_ns;  // on the monotonic clock: the earliest moment that a thread waits for
  std::uint64_t turn;     // moved by the caller when somebody may have to go on; a futex
};
constexpr std::uint64_t kWaitMagic = 0x6a75646765207431;
constexpr std::uint64_t kNoMoment = ~std::uint64_t{0};

// So many questions are free; about 10 ms of a program that does nothing else.
constexpr std::uint64_t kFreeReads = 200'000;
constexpr std::uint64_t kNanosecondsPerRead = 1'000;

// In front of the code, in this order.
constexpr std::uint64_t kPagesBeforeCode = 2;

}  // namespace sandbox::time
