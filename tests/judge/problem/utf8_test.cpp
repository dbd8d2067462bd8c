#include "judge/problem/utf8.hpp"

#include <cstddef>
#include <string_view>

#include <doctest/doctest.h>

TEST_SUITE("judge/problem/utf8") {
  TEST_CASE("well-formed text passes, up to the borders of each length") {
    for (const std::string_view text :
         {"", "plain", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
          "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
      CAPTURE(text);
      CHECK_FALSE(judge::find_ill_formed_utf8(text).has_value());
    }
    CHECK_FALSE(judge::find_ill_formed_utf8(std::string_view{"\0", 1}).has_value());
  }

  TEST_CASE("the first ill-formed byte is found") {
    struct Row {
      std::string_view text;
      std::size_t at;
    };
    for (const Row& row :
         {Row{"ab\xFF", 2}, Row{"\x80", 0}, Row{"\xC0\xAF", 0}, Row{"\xC1\xBF", 0}, Row{"é\xC3", 2},
          Row{"\xE0\x9F\xBF", 0}, Row{"\xED\xA0\x80", 0}, Row{"\xE2\x82", 0}, Row{"\xE2\x82x", 0},
          Row{"\xF0\x8F\xBF\xBF", 0}, Row{"\xF4\x90\x80\x80", 0}, Row{"\xF5\x80\x80\x80", 0}}) {
      CAPTURE(row.text);
      CHECK(judge::find_ill_formed_utf8(row.text) == row.at);
    }
  }

  TEST_CASE("characters are counted, not bytes") {
    CHECK(judge::count_characters("") == 0);
    CHECK(judge::count_characters("aé漢🙂") == 4);
  }
}
