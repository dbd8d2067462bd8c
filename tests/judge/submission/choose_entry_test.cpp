#include "judge/submission/choose_entry.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace {

using judge::Language;

const std::vector<Language> kAll(std::begin(judge::kLanguages), std::end(judge::kLanguages));

std::vector<judge::SourceFile> files_named(const std::vector<std::string>& paths,
                                           const std::string& package = "") {
  std::vector<judge::SourceFile> files;
  for (const std::string& path : paths) {
    const std::string content = path == "package.json" ? package : "x";
    files.push_back({path, std::make_shared<const std::string>(content)});
  }
  return files;
}

std::string chosen(const std::vector<judge::SourceFile>& files,
                   std::optional<Language> asked = std::nullopt,
                   const std::vector<Language>& offered = kAll) {
  const auto entry = judge::choose_entry(files, asked, offered);
  return entry ? entry->path + " " + to_string(entry->language) : entry.error().message();
}

}  // namespace

TEST_SUITE("judge/submission/choose_entry") {
  TEST_CASE("index goes before solution, solution before main, and one file needs no name") {
    CHECK(chosen(files_named({"index.mjs", "main.mjs", "solution.mjs"})) == "index.mjs javascript");
    CHECK(chosen(files_named({"helper.py", "main.py", "solution.py"})) == "solution.py python");
    CHECK(chosen(files_named({"a.cpp", "a.hpp", "main.cpp"})) == "main.cpp cpp");
    CHECK(chosen(files_named({"README.md", "src/queue.c"})) == "src/queue.c c");
    CHECK(chosen(files_named({"queue.ts", "queue.d.ts"})) == "queue.ts typescript");
  }

  TEST_CASE("package.json names the entry as Node reads it") {
    const std::vector<std::string> paths{"index.js", "lib/index.js", "lib/run.cjs", "package.json"};
    struct Row {
      const char* package;
      const char* entry;
    };
    for (const Row& row : {
             Row{R"({"main": "lib/run.cjs"})", "lib/run.cjs javascript"},
             Row{R"({"main": "./lib/../lib/run"})", "lib/run.cjs javascript"},
             Row{R"({"main": "./lib"})", "lib/index.js javascript"},
             Row{R"({"main": "index.js", "exports": "./lib/run.cjs"})", "lib/run.cjs javascript"},
             Row{R"({"main": "lib/run.cjs", "exports": {".": "./x.js"}})",
                 "lib/run.cjs javascript"},
             Row{R"({"main": "missing.js"})", "index.js javascript"},
             Row{R"({"main": "../index.js"})", "index.js javascript"},
             Row{R"({"main": 5})", "index.js javascript"},
             Row{"not json", "index.js javascript"},
             Row{"[]", "index.js javascript"},
         }) {
      CAPTURE(row.package);
      CHECK(chosen(files_named(paths, row.package)) == row.entry);
    }
    const std::string deep =
        "{\"a\":" + std::string(200'000, '[') + std::string(200'000, ']') + "}";
    CHECK(chosen(files_named(paths, deep)) == "index.js javascript");
  }

  TEST_CASE("a package.json does not overrule the language that was asked for") {
    const auto files =
        files_named({"dist/a.js", "index.ts", "package.json"}, R"({"main": "dist/a.js"})");
    CHECK(chosen(files) == "dist/a.js javascript");
    CHECK(chosen(files, Language::typescript) == "index.ts typescript");
  }

  TEST_CASE("of several languages the one that the problem offers counts") {
    const auto files = files_named({"jest.config.js", "solution.ts"});
    CHECK(chosen(files, std::nullopt, {Language::typescript, Language::python}) ==
          "solution.ts typescript");
    CHECK(chosen(files, Language::javascript) == "jest.config.js javascript");
  }

  TEST_CASE("of several that it offers the one with an entry by name counts, if it is alone") {
    CHECK(chosen(files_named({"index.ts", "vendor/index.js", "vendor/lib.js"})) ==
          "index.ts typescript");
    CHECK(chosen(files_named({"jest.config.js", "solution.ts"})) == "solution.ts typescript");
    const char* const undecided =
        "holds files in javascript and typescript; say which counts with --language";
    CHECK(chosen(files_named({"index.js", "solution.ts"})) == undecided);
    CHECK(chosen(files_named({"a.js", "b.ts"})) == undecided);
  }

  TEST_CASE("what cannot be decided lists the candidates") {
    CHECK(chosen(files_named({"index.cjs", "index.mjs"})) ==
          "begins at index.cjs and index.mjs alike; keep one of them");
    CHECK(
        chosen(files_named({"a.mjs", "b.mjs", "src/main.mjs"})) ==
        "may begin at any of a.mjs, b.mjs and src/main.mjs; name the first one index, solution or "
        "main, or name it as \"main\" in package.json");
    CHECK(chosen(files_named({"1.c", "2.c", "3.c", "4.c", "5.c", "6.c", "7.c", "8.c", "9.c"})) ==
          "may begin at any of 1.c, 2.c, 3.c, 4.c, 5.c, 6.c, 7.c, 8.c and ...; name the first one "
          "index, solution or main");
    CHECK(
        chosen(files_named({"notes.txt"})) ==
        "holds no source file; known endings are .mjs .cjs .js .ts .mts .cts .py .cpp .cc .cxx .c");
    CHECK(chosen(files_named({"a.py"}), Language::c) ==
          "holds no c file; send one, or another --language");
  }
}
