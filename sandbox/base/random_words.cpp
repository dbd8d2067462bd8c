#include "sandbox/base/random_words.hpp"

#include <sys/random.h>

#include <cerrno>
#include <utility>

#include "sandbox/base/check.hpp"

namespace base {

RandomWords::RandomWords(RandomWords&& other) noexcept
    : words_{other.words_}, left_{std::exchange(other.left_, 0)} {}

RandomWords& RandomWords::operator=(RandomWords&& other) noexcept {
  words_ = other.words_;
  left_ = std::exchange(other.left_, 0);
  return *this;
}

std::uint32_t RandomWords::next() {
  while (left_ == 0) {
    const ssize_t size = ::getrandom(words_.data(), sizeof words_, 0);
    JUDGE_CHECK(size == static_cast<ssize_t>(sizeof words_) || errno == EINTR,
                "the kernel gives random numbers");
    if (size > 0) left_ = words_.size();
  }
  return words_[--left_];
}

}  // namespace base
