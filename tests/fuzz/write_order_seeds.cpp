// Writes the seeds of order_fuzz into a folder, for a fresh start when the orders have changed.
#include <cstdio>
#include <fstream>
#include <string>

#include "tests/fuzz/order_seeds.hpp"

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: write_order_seeds FOLDER\n", stderr);
    return 2;
  }
  int number = 0;
  for (const std::string& seed : fuzz::order_seeds()) {
    std::ofstream file{std::string{arguments[1]} + "/seed-" + std::to_string(number++),
                       std::ios::binary};
    file << seed;
    if (!file) return 1;
  }
  return 0;
}
