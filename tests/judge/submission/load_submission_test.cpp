#include "judge/submission/load_submission.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "tests/judge/scratch_folder.hpp"

namespace {

namespace fs = std::filesystem;
using judge::Language;

judge::Problem problem_in(std::initializer_list<Language> languages) {
  judge::Problem problem;
  for (const Language language : languages) problem.languages.push_back({language, {}, ""});
  return problem;
}

const judge::Problem& usual_problem() {
  static const judge::Problem problem = problem_in({Language::javascript, Language::python});
  return problem;
}

// The whole error text, without the scratch folder's path; empty: loaded.
std::string fault_of(const ScratchFolder& scratch, const fs::path& path,
                     std::optional<Language> language = std::nullopt) {
  const auto loaded = judge::load_submission(path, language, usual_problem());
  if (loaded) return "";
  CHECK(loaded.error().kind() == base::Error::Kind::invalid_input);
  return scratch.relative(loaded.error().message());
}

judge::Submission load(const fs::path& path, std::optional<Language> language = std::nullopt) {
  auto loaded = judge::load_submission(path, language, usual_problem());
  if (!loaded) FAIL(loaded.error().message());
  return std::move(*loaded);
}

}  // namespace

TEST_SUITE("judge/submission/load_submission") {
  TEST_CASE("a file is a submission of one file, in the language of its name") {
    const ScratchFolder scratch;
    const judge::Submission submission = load(scratch.write("a/run.mjs", "export const a = 1;\n"));
    CHECK(submission.language == Language::javascript);
    CHECK(submission.entry == "run.mjs");
    CHECK(submission.display_name == "run.mjs");
    REQUIRE(submission.files.size() == 1);
    CHECK(submission.files[0].path == "run.mjs");
    CHECK(entry_content(submission) == "export const a = 1;\n");
    CHECK(submission.digest.size() == std::string{"blake2b:"}.size() + 64);
  }

  TEST_CASE("the language that was asked for goes before the name") {
    const ScratchFolder scratch;
    const fs::path file = scratch.write("answer.txt", "x = 1\n");
    CHECK(load(file, Language::python).language == Language::python);
    CHECK(fault_of(scratch, file) ==
          "answer.txt: its name tells no language; end it in .mjs .cjs .js .ts .mts .cts .py .cpp "
          ".cc .cxx or .c, or say --language");
  }

  TEST_CASE("a folder is read whole, except for what nobody wrote") {
    const ScratchFolder scratch;
    scratch.write("s/solution.py", "import helper\n");
    scratch.write("s/pkg/helper.py", "\n");
    scratch.write("s/pkg/data.bin", std::string_view{"\0\xFF", 2});
    scratch.write("s/.git/config", "x");
    scratch.write("s/.hidden.py", "x");
    scratch.write("s/node_modules/a/index.js", "x");
    scratch.write("s/pkg/__pycache__/helper.pyc", "x");
    fs::create_symlink("/etc", scratch.path() / "s/node_modules/link");
    for (const char* named : {"s", "s/", "s/."}) {
      CAPTURE(named);
      const judge::Submission submission = load(scratch.path() / named);
      CHECK(submission.entry == "solution.py");
      CHECK(submission.display_name == "s");
      CHECK(submission.left_out_packages);
      REQUIRE(submission.files.size() == 3);
      CHECK(submission.files[0].path == "pkg/data.bin");
      CHECK(submission.files[1].path == "pkg/helper.py");
      CHECK(submission.files[2].path == "solution.py");
    }
  }

  TEST_CASE("the digest knows the bytes, the language and a folder's names") {
    const ScratchFolder scratch;
    const fs::path file = scratch.write("a.mjs", "x\n");
    const std::string digest = load(file).digest;
    CHECK(load(scratch.write("renamed.mjs", "x\n")).digest == digest);
    CHECK(load(scratch.write("a.cjs", "x\n")).digest != digest);
    CHECK(load(scratch.write("b.mjs", "y\n")).digest != digest);
    CHECK(load(file, Language::python).digest != digest);
    scratch.write("s/index.mjs", "x\n");
    scratch.write("s/lib/a.mjs", "y\n");
    const std::string tree = load(scratch.path() / "s").digest;
    CHECK(tree != digest);
    fs::rename(scratch.path() / "s", scratch.path() / "t");
    CHECK(load(scratch.path() / "t").digest == tree);
    fs::rename(scratch.path() / "t/lib", scratch.path() / "t/bil");
    CHECK(load(scratch.path() / "t").digest != tree);
  }

  TEST_CASE("a submission that is no usable text says so") {
    const ScratchFolder scratch;
    CHECK(fault_of(scratch, scratch.path() / "none.mjs") ==
          "none.mjs: does not exist; name a file or folder");
    CHECK(fault_of(scratch, scratch.write("empty.mjs", "")) ==
          "empty.mjs: is empty; write a solution into it");
    CHECK(fault_of(scratch, scratch.write("blank.py", " \n\t\r\n")) ==
          "blank.py: is empty; write a solution into it");
    CHECK(fault_of(scratch, scratch.write("elf.py", std::string_view{"ELF\0\1", 5})) ==
          "elf.py: is binary: byte 3 is NUL; send the source text");
    CHECK(fault_of(scratch, scratch.write("latin.py", "# caf\xE9\n")) ==
          "latin.py: is not UTF-8: byte 5 is \\xE9; save it as UTF-8");
    CHECK(fault_of(scratch, scratch.write("s/main.py", std::string_view{"\0", 1}).parent_path()) ==
          "s: its entry main.py is binary: byte 0 is NUL; send the source text");
    CHECK(fault_of(scratch, scratch.write("bom.py", "\xEF\xBB\xBFx = 1\n")) == "");
  }

  TEST_CASE("a language that the problem does not offer is refused, with those it does") {
    const ScratchFolder scratch;
    const fs::path file = scratch.write("a.cpp", "int main() {}\n");
    CHECK(fault_of(scratch, file) ==
          "a.cpp: is cpp, which this problem does not offer; it offers javascript and python");
    CHECK(fault_of(scratch, scratch.write("a.py", "x\n"), Language::c) ==
          "a.py: is c, which this problem does not offer; it offers javascript and python");
    CHECK(judge::load_submission(file, std::nullopt, problem_in({Language::cpp})).has_value());
  }

  TEST_CASE("size and number are bounded, right up to the bound") {
    const ScratchFolder scratch;
    const std::string mebibyte(1U << 20U, '#');
    CHECK(fault_of(scratch, scratch.write("fits.py", mebibyte)) == "");
    CHECK(fault_of(scratch, scratch.write("large.py", mebibyte + "#")) ==
          "large.py: is larger than 1 MiB");
    for (int i = 0; i < 8; ++i) scratch.write("s/" + std::to_string(i) + ".txt", mebibyte);
    CHECK(fault_of(scratch, scratch.path() / "s", Language::python) ==
          "s: holds no python file; send one, or another --language");
    scratch.write("s/main.py", "x\n");
    CHECK(fault_of(scratch, scratch.path() / "s") ==
          "s: is larger than 8 MiB; send the sources alone");
    for (int i = 0; i < 499; ++i) scratch.write("n/" + std::to_string(i) + ".txt", "");
    scratch.write("n/main.py", "x\n");
    CHECK(fault_of(scratch, scratch.path() / "n") == "");
    scratch.write("n/one-more.txt", "");
    CHECK(fault_of(scratch, scratch.path() / "n") ==
          "n: has more than 500 files; send the sources alone");
    std::string deep = "d";
    for (int i = 0; i < 17; ++i) deep += "/d";
    scratch.write(deep + "/main.py", "x\n");
    CHECK(fault_of(scratch, scratch.path() / "d").find("lies too deep; nest at most 16 folders") !=
          std::string::npos);
  }

  TEST_CASE("no link is followed, wherever it stands and wherever it leads") {
    const ScratchFolder scratch;
    const fs::path file = scratch.write("real/main.py", "x = 1\n");
    const std::string refused =
        "is a symbolic link, and none is followed; put the file itself there";
    fs::create_symlink(file, scratch.path() / "link.py");
    CHECK(fault_of(scratch, scratch.path() / "link.py") == "link.py: " + refused);
    fs::create_directory_symlink(scratch.path() / "real", scratch.path() / "folder");
    CHECK(fault_of(scratch, scratch.path() / "folder/") == "folder: " + refused);
    CHECK(fault_of(scratch, scratch.path() / "folder/main.py") == "");  // the caller's own path
    fs::create_symlink("main.py", scratch.path() / "real/again.py");
    CHECK(fault_of(scratch, scratch.path() / "real") == "real/again.py: " + refused);
  }

  TEST_CASE("pipes and empty folders are refused at once") {
    const ScratchFolder scratch;
    REQUIRE(::mkfifo((scratch.path() / "pipe.py").c_str(), 0600) == 0);
    CHECK(fault_of(scratch, scratch.path() / "pipe.py") == "pipe.py: is a named pipe, not a file");
    scratch.write("s/main.py", "x\n");
    REQUIRE(::mkfifo((scratch.path() / "s/pipe").c_str(), 0600) == 0);
    CHECK(fault_of(scratch, scratch.path() / "s") == "s/pipe: is a named pipe, not a file");
    fs::create_directories(scratch.path() / "e/.git");
    CHECK(fault_of(scratch, scratch.path() / "e") == "e: holds no file; put a solution into it");
  }

  TEST_CASE("a file without read permission says so") {
    const ScratchFolder scratch;
    const fs::path file = scratch.write("a.py", "x\n");
    CHECK(fault_of(scratch, file) == "");
    fs::permissions(file, fs::perms::none);
    fs::permissions(scratch.path(), fs::perms::all);
    const uid_t self = ::geteuid();
    if (self == 0) REQUIRE(::seteuid(65534) == 0);  // root may read anything
    const std::string fault = fault_of(scratch, file);
    if (self == 0) REQUIRE(::seteuid(0) == 0);
    CHECK(fault == "a.py: may not be read (EACCES); grant read permission");
  }

  TEST_CASE("names that could drive a terminal are shown escaped") {
    const ScratchFolder scratch;
    CHECK(fault_of(scratch, scratch.write("\x1b[31m.py", "")) ==
          "\\x1B[31m.py: is empty; write a solution into it");
  }
}
