#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "judge/problem/load_problem.hpp"
#include "tests/judge/problem/stage.hpp"
#include "tests/judge/scratch_folder.hpp"

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> golden_folders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator{JUDGE_GOLDEN_PROBLEMS}) {
    folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  return folders;
}

}  // namespace

TEST_SUITE("judge/problem/golden") {
  // JUDGE_UPDATE_GOLDEN=1 writes expected.txt anew; the difference is reviewed as code.
  TEST_CASE("each spec below tests/golden/problems gets exactly the errors written beside it") {
    const bool update = std::getenv("JUDGE_UPDATE_GOLDEN") != nullptr;
    int malformed = 0;
    int valid = 0;
    for (const fs::path& golden : golden_folders()) {
      CAPTURE(golden.filename().string());
      const ScratchFolder scratch;
      const judge::LoadedProblem loaded = judge::load_problem(
          stage_problem(scratch, golden.filename().string(), content_of(golden / "problem.yaml")));
      std::string found;
      if (!loaded) found = scratch.relative(judge::to_error(loaded.error()).message()) + "\n";
      (loaded ? valid : malformed) += 1;
      if (update) std::ofstream{golden / "expected.txt"} << found;
      CHECK(found == content_of(golden / "expected.txt"));
    }
    CHECK(malformed >= 25);
    CHECK(valid >= 2);  // or a loader that refuses everything would pass
  }
}
