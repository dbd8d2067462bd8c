// What the soak does inside of one process.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sandbox/tier.hpp"

namespace sandbox::test {

struct SoakOptions {
  std::uint64_t launches = 20'000;
  std::uint64_t seed = 1;
  int threads = 4;
  std::chrono::seconds time{3600};  // at most
  Tier best = Tier::a;
  std::chrono::milliseconds calm{100};  // between two kills, on average; 0: nobody is killed
  std::string probes;
};

// Launches on several threads while another one kills launcher, slots, init and programs. Prints a
// summary and every fault; returns how many there were.
int soak(const SoakOptions& options);

// Launches until somebody kills this process.
[[noreturn]] void launch_for_ever(const SoakOptions& options);

// /bin/true, `launches` times; prints what it took and what is left.
int launch_plain(const SoakOptions& options);

}  // namespace sandbox::test
