// What order_fuzz does, without libFuzzer: its seeds, what it has kept, and damage to both.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "sandbox/wire/block.hpp"
#include "tests/fuzz/order_seeds.hpp"

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);  // NOLINT

namespace {

using namespace sandbox;

int read(const std::string& input) {
  return LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

std::vector<std::string> kept_inputs() {
  std::vector<std::string> inputs;
  for (const auto& entry : std::filesystem::directory_iterator{JUDGE_CORPUS}) {
    std::ifstream file{entry.path(), std::ios::binary};
    inputs.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
  }
  return inputs;
}

template <typename Order>
bool is_sound(const std::string& seed) {
  std::vector<char> bytes(seed.begin() + 1, seed.end());
  const wire::Block block{bytes.data(), bytes.size()};
  const auto* order = block.order<Order>();
  return order != nullptr && wire::is_sound(block, *order);
}

}  // namespace

TEST_SUITE("fuzz/order") {
  TEST_CASE("what the caller's side makes is sound, and cut short it is not") {
    for (const std::string& seed : fuzz::order_seeds()) {
      const auto check = seed.front() == 0 ? is_sound<wire::SlotOrder> : is_sound<wire::RunOrder>;
      CHECK(check(seed));
      CHECK_FALSE(check(seed.substr(0, seed.size() / 2)));
      CHECK_FALSE(check(seed.substr(0, 9)));
    }
  }

  TEST_CASE("everything the fuzzer kept is read without harm") {
    for (const std::string& input : kept_inputs()) CHECK(read(input) == 0);
    CHECK(kept_inputs().size() >= 20);
  }

  TEST_CASE("orders with any one byte or word damaged, or any end missing, are read without harm") {
    constexpr std::array<std::uint32_t, 8> kWords{0,          1,          0x7f,       0x1000,
                                                  0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
    for (const std::string& seed : fuzz::order_seeds()) {
      for (std::size_t at = 1; at < seed.size(); ++at) {
        CHECK(read(seed.substr(0, at)) == 0);
        for (int bit = 0; bit < 8; ++bit) {
          std::string damaged = seed;
          damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
          CHECK(read(damaged) == 0);
        }
        for (const std::uint32_t word : kWords) {
          std::string damaged = seed;
          std::memcpy(damaged.data() + at, &word, std::min(sizeof word, seed.size() - at));
          CHECK(read(damaged) == 0);
        }
      }
    }
  }
}
