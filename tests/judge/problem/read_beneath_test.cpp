#include "judge/problem/read_beneath.hpp"

#include <sys/stat.h>

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "tests/judge/scratch_folder.hpp"

namespace {

namespace fs = std::filesystem;
using judge::Symlinks;

std::string outcome(const base::UniqueFd& folder, const std::string& name, Symlinks symlinks) {
  const auto content = judge::read_beneath(folder, name, symlinks, 4);
  return content ? "content " + *content : content.error().message();
}

}  // namespace

TEST_SUITE("judge/problem/read_beneath") {
  TEST_CASE("files inside are read, and nothing leads out") {
    const ScratchFolder scratch;
    scratch.write("outside", "no");
    scratch.write("in/file", "yes");
    scratch.write("in/below/deep", "deep");
    fs::create_symlink("file", scratch.path() / "in/link");
    fs::create_symlink("../outside", scratch.path() / "in/out");
    fs::create_symlink(scratch.path() / "in/file", scratch.path() / "in/absolute");
    fs::create_symlink("loop", scratch.path() / "in/loop");
    const auto folder = judge::open_folder(scratch.path() / "in");
    REQUIRE(folder.has_value());
    CHECK(outcome(*folder, "file", Symlinks::inside) == "content yes");
    CHECK(outcome(*folder, "below/deep", Symlinks::refused) == "content deep");
    CHECK(outcome(*folder, "below/../file", Symlinks::refused) == "content yes");
    CHECK(outcome(*folder, "link", Symlinks::inside) == "content yes");
    CHECK(outcome(*folder, "link", Symlinks::refused) ==
          "is or passes a symbolic link, and none is followed; put the file itself there");
    for (const char* name :
         {"out", "absolute", "../outside", "/etc/passwd", "below/../../outside"}) {
      CAPTURE(name);
      CHECK(outcome(*folder, name, Symlinks::inside) == "leads outside the folder");
    }
    CHECK(outcome(*folder, "loop", Symlinks::inside) == "is a symbolic link that goes in circles");
    CHECK(outcome(*folder, "none", Symlinks::inside) == "does not exist");
    CHECK(outcome(*folder, "file/none", Symlinks::inside) == "does not exist");
  }

  TEST_CASE("what is no file, or too large, is refused without waiting for it") {
    const ScratchFolder scratch;
    scratch.write("four", "1234");
    scratch.write("five", "12345");
    fs::create_directory(scratch.path() / "folder");
    REQUIRE(::mkfifo((scratch.path() / "pipe").c_str(), 0600) == 0);
    const auto folder = judge::open_folder(scratch.path());
    REQUIRE(folder.has_value());
    CHECK(outcome(*folder, "four", Symlinks::inside) == "content 1234");
    CHECK(outcome(*folder, "five", Symlinks::inside) == "is larger than 4 B");
    CHECK(outcome(*folder, "folder", Symlinks::inside) == "is a folder, not a file");
    CHECK(outcome(*folder, "pipe", Symlinks::inside) == "is a named pipe, not a file");
  }
}
