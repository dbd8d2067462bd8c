// Toolchain: the interpreters and compilers of this machine, found once and without starting them
// where their place tells enough, because every grading waits for it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "judge/problem/problem.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/program.hpp"

namespace judge {

// A program of the host, and what of the host must be visible for it to run.
struct Tool {
  std::string path;  // inside the sandbox
  std::string
      host_path;  // resolved: no version manager's wrapper, which would need more of the host
  std::vector<sandbox::ReadOnlyBind> binds;  // empty when it lives below /usr
};

struct Toolchain {
  Tool node;                                 // always needed: the oracle runs on it
  std::shared_ptr<const std::string> acorn;  // text of acorn.mjs, which parses predicates
  std::optional<Tool> esbuild;               // TypeScript
  std::optional<Tool> python;                // >= 3.9
  std::optional<Tool> cxx;                   // g++
  std::optional<Tool> cc;                    // gcc

  // The Error says what is missing and how to get it. Only what everything needs is an Error; see
  // require().
  static base::Result<Toolchain> find();

  // The tool for `language`, or an Error that says how to install it.
  [[nodiscard]] base::Result<const Tool*> require(Language language) const;
};

// What `tool --version` says, in one line; for people.
[[nodiscard]] std::string version_of(const Tool& tool);

// Where the npm packages are that the judge itself needs: $JUDGE_NODE_MODULES, else what the build
// was configured with.
[[nodiscard]] std::string node_modules_folder();

}  // namespace judge
