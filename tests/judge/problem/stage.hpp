// A problem's folder for one test case: problem.yaml beside the files that specs here name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "tests/judge/scratch_folder.hpp"

// Writes `yaml` as <scratch>/<id>/problem.yaml and answers the folder.
inline std::filesystem::path stage_problem(const ScratchFolder& scratch, const std::string& id,
                                           std::string_view yaml) {
  scratch.write("outside.mjs", "export const outside = 1;\n");
  for (const char* name :
       {"statement.md", "starter/solution.mjs", "starter/solution.ts", "starter/solution.py",
        "starter/main.cpp", "starter/main.c", "data/in.txt"}) {
    scratch.write(id + "/" + name, "x\n");
  }
  const std::filesystem::path folder = scratch.path() / id;
  std::filesystem::create_symlink("../outside.mjs", folder / "link-to-outside.md");
  std::filesystem::create_symlink("data/in.txt", folder / "link-to-inside.txt");
  scratch.write(id + "/problem.yaml", yaml);
  return folder;
}
