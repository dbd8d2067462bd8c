// Simulated delays, as parts of d: one right full jitter and the wrong ones that programs have.
#pragma once

#include <random>
#include <vector>

namespace harness::bench {

struct Jitter {
  const char* name;
  bool right;  // evenly in [0, 1)
  double (*draw)(std::mt19937_64& random);
};

// The right one is the first.
[[nodiscard]] const std::vector<Jitter>& jitters();

// Of how many samples the look was at which a test against [0, 1) rejected; 0: at none up to
// `most`.
[[nodiscard]] std::size_t samples_to_reject(const Jitter& jitter, std::uint64_t seed,
                                            std::size_t most);

}  // namespace harness::bench
