#include "judge/problem/digest.hpp"

#include <array>
#include <cstdint>

#include <sodium/core.h>
#include <sodium/utils.h>

#include "sandbox/base/check.hpp"

namespace judge {
namespace {

constexpr std::size_t kDigestBytes = 32;

}  // namespace

Digest::Digest() {
  JUDGE_CHECK(sodium_init() >= 0, "libsodium starts");
  (void)crypto_generichash_init(&state_, nullptr, 0, kDigestBytes);  // fails on a bad size only
}

void Digest::add(std::string_view name, std::string_view content) {
  add_piece(name);
  add_piece(content);
}

void Digest::add_piece(std::string_view piece) {
  std::array<unsigned char, 8> length{};  // little endian on every host
  for (std::size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(piece.size()) >> (8 * i));
  }
  (void)crypto_generichash_update(&state_, length.data(), length.size());  // always returns 0
  (void)crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(piece.data()),
                                  piece.size());
}

std::string Digest::finish() {
  std::array<unsigned char, kDigestBytes> digest{};
  (void)crypto_generichash_final(&state_, digest.data(), digest.size());
  std::array<char, kDigestBytes * 2 + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return std::string{"blake2b:"} + hex.data();
}

}  // namespace judge
