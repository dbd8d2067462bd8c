// Runs one row of the table for real and says whether the sandbox kept its promise.
#pragma once

#include <string>

#include "sandbox/host.hpp"
#include "tests/sandbox/containment/row.hpp"
#include "tests/sandbox/containment/stage.hpp"

namespace sandbox::test {

struct Outcome {
  enum class Kind { contained, not_contained, not_expressible, left_out };
  Kind kind;
  std::string detail;  // what went wrong, or why it was not run
};

// The programs of a row, read while the build folder can be reached.
struct PreparedRow {
  const Row* row;
  Limits limits;
  Program program;
  std::optional<Program> before;
  std::optional<Program> beside;
  std::string missing;  // what this host lacks to run it
};

[[nodiscard]] PreparedRow prepare(const Row& row, const Stage& stage);

[[nodiscard]] Outcome run_row(const PreparedRow& prepared, const Host& host, Tier tier,
                              const Stage& stage);

}  // namespace sandbox::test
