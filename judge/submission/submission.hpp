// Submission: what a candidate sent, read once into memory. Nothing of it is trusted, nothing of it
// has run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "judge/problem/language.hpp"

namespace judge {

struct SourceFile {
  std::string path;  // relative to the submission, with '/'; no "..", no empty part
  std::shared_ptr<const std::string> content;
};

struct Submission {
  Language language;
  std::vector<SourceFile> files;  // sorted by path; never empty
  std::string entry;              // the path of one of them: what is loaded, run or compiled
  std::string digest;  // over language, entry and files; the name of a single file does not count
  std::string display_name;        // the last part of the path it was read from
  bool left_out_packages = false;  // a node_modules lay beside the files
};

// The entry's content.
[[nodiscard]] const std::string& entry_content(const Submission& submission);

}  // namespace judge
