// Digest: BLAKE2b-256 over named pieces of content, written as `blake2b:<64 hex digits>`.
// Each name and each content is preceded by its length, so that no two different lists of pieces
// hash alike.
#pragma once

#include <string>
#include <string_view>

#include <sodium/crypto_generichash.h>

namespace judge {

class Digest {
 public:
  Digest();
  void add(std::string_view name, std::string_view content);
  // Ends the digest; nothing may be added afterwards.
  [[nodiscard]] std::string finish();

 private:
  void add_piece(std::string_view piece);

  crypto_generichash_state state_{};
};

}  // namespace judge
