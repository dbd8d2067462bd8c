#include "sandbox/base/escape.hpp"

#include <doctest/doctest.h>

TEST_SUITE("sandbox/base/escape") {
  TEST_CASE("printable text in any script passes unchanged") {
    CHECK(base::escape("plain") == "plain");
    CHECK(base::escape("naïve ✓ 漢字 🙂") == "naïve ✓ 漢字 🙂");
  }

  TEST_CASE("whatever could drive a terminal is spelled out") {
    CHECK(base::escape("\x1b[31mred") == "\\x1B[31mred");
    CHECK(base::escape("a\nb\tc\rd") == "a\\nb\\tc\\rd");
    CHECK(base::escape("\x7f") == "\\x7F");
    CHECK(base::escape("\xc2\x9b"
                       "2J") == "\\u{009B}2J");
    CHECK(base::escape("\xe2\x80\xae"
                       "txt") == "\\u{202E}txt");
  }

  TEST_CASE("spaces that nobody can tell from another, and what shows nothing, are spelled out") {
    CHECK(base::escape("a\xc2\xa0"
                       "b") == "a\\u{00A0}b");
    CHECK(base::escape("\xef\xbb\xbfid\xe2\x80\x8b") == "\\u{FEFF}id\\u{200B}");
    CHECK(base::escape("👩‍💻") == "👩‍💻");  // held together by a joiner
  }

  TEST_CASE("ill-formed UTF-8 is shown byte by byte") {
    CHECK(base::escape("\xff\xfe") == "\\xFF\\xFE");
    CHECK(base::escape("\xc0\xaf") == "\\xC0\\xAF");
    CHECK(base::escape("\xed\xa0\x80") == "\\xED\\xA0\\x80");
    CHECK(base::escape("\xe2\x82") == "\\xE2\\x82");
  }

  TEST_CASE("long text is cut and says so") {
    CHECK(base::escape("abcdef", 3) == "abc...");
    CHECK(base::quoted("abc", 3) == "'abc'");
  }

  TEST_CASE("lines stay lines where several are shown") {
    CHECK(base::escape_lines("a\n\tb\x1b", 100) == "a\n\tb\\x1B");
  }
}
