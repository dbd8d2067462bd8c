#include "judge/problem/digest.hpp"

#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace {

std::string digest_of(const std::vector<std::pair<std::string, std::string>>& pieces) {
  judge::Digest digest;
  for (const auto& piece : pieces) digest.add(piece.first, piece.second);
  return digest.finish();
}

}  // namespace

TEST_SUITE("judge/problem/digest") {
  // b2sum -l 256 </dev/null, and of 01 00*7 61 02 00*7 62 63
  TEST_CASE("the digest is BLAKE2b-256 over length-prefixed pieces") {
    CHECK(digest_of({}) ==
          "blake2b:0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(digest_of({{"a", "bc"}}) ==
          "blake2b:77bbcab7072b897c548327378f11776f4853104c71bdb95a12ded5d2783523bf");
  }

  TEST_CASE("moving a byte from one piece to the next changes the digest") {
    CHECK(digest_of({{"a", "bc"}}) != digest_of({{"ab", "c"}}));
    CHECK(digest_of({{"a", "b"}, {"c", ""}}) != digest_of({{"a", "b"}}));
    CHECK(digest_of({{"a", "b"}, {"c", "d"}}) == digest_of({{"a", "b"}, {"c", "d"}}));
  }
}
