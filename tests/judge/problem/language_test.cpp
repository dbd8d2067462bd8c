#include "judge/problem/language.hpp"

#include <doctest/doctest.h>

using judge::Language;

TEST_SUITE("judge/problem/language") {
  TEST_CASE("a language's name reads back as the language") {
    for (const Language language : judge::kLanguages) {
      CHECK(judge::parse_language(to_string(language)) == language);
    }
    CHECK_FALSE(judge::parse_language("rust").has_value());
    CHECK_FALSE(judge::parse_language("Python").has_value());
  }

  TEST_CASE("the extension tells the language, and nothing else does") {
    struct Row {
      const char* name;
      Language language;
    };
    for (const Row& row :
         {Row{"a.mjs", Language::javascript}, Row{"a.cjs", Language::javascript},
          Row{"a.js", Language::javascript}, Row{"a.ts", Language::typescript},
          Row{"a.mts", Language::typescript}, Row{"a.cts", Language::typescript},
          Row{"x/a.b.py", Language::python}, Row{"a.cpp", Language::cpp},
          Row{"a.cc", Language::cpp}, Row{"a.cxx", Language::cpp}, Row{"a.c", Language::c}}) {
      CAPTURE(row.name);
      CHECK(judge::language_of_file(row.name) == row.language);
    }
    for (const char* name : {"a", ".py", "a.", "a.h", "a.json", "a.PY", ""}) {
      CAPTURE(name);
      CHECK_FALSE(judge::language_of_file(name).has_value());
    }
  }

  TEST_CASE("functions can be called where there is a shim") {
    CHECK(judge::can_export(Language::javascript));
    CHECK(judge::can_export(Language::typescript));
    CHECK(judge::can_export(Language::python));
    CHECK_FALSE(judge::can_export(Language::cpp));
    CHECK_FALSE(judge::can_export(Language::c));
  }
}
