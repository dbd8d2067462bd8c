// RandomWords: numbers that nobody can predict, straight from the kernel (getrandom(2)), fetched
// many at a time. Why not std::random_device: making one asks the processor what it is, which takes
// tens of microseconds in a virtual machine, and each number takes one of its slow instructions.
// One thread at a time; never copied, so that no number is given out twice.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace base {

class RandomWords {
 public:
  RandomWords() = default;
  RandomWords(const RandomWords&) = delete;
  RandomWords& operator=(const RandomWords&) = delete;
  // What was moved from begins with fresh ones.
  RandomWords(RandomWords&& other) noexcept;
  RandomWords& operator=(RandomWords&& other) noexcept;
  ~RandomWords() = default;

  [[nodiscard]] std::uint32_t next();

 private:
  std::array<std::uint32_t, 64> words_{};  // 256 bytes, which getrandom(2) never cuts short
  std::size_t left_ = 0;
};

}  // namespace base
