// libFuzzer target: whatever stands in a problem.yaml, reading it ends, harms nothing and explains
// itself in clean lines. Seeds: tests/golden/problems/*/problem.yaml and problems/*/problem.yaml;
// the golden test runs the former everywhere.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "judge/problem/load_problem.hpp"
#include "sandbox/base/check.hpp"
#include "sandbox/base/unique_fd.hpp"

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);   // NOLINT
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  // No folder: every named file is missing, and reading goes on behind that.
  const judge::LoadedProblem loaded = judge::read_problem(text, "fuzz", base::UniqueFd{});
  JUDGE_CHECK(!loaded, "a problem without its statement is refused");
  JUDGE_CHECK(!loaded.error().empty(), "whatever is refused is explained");
  for (const judge::Diagnostic& diagnostic : loaded.error()) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    JUDGE_CHECK(std::none_of(diagnostic.text.begin(), diagnostic.text.end(), is_control),
                "nothing from the file reaches a terminal as it is");
    JUDGE_CHECK(diagnostic.where.line >= 0 && diagnostic.where.column >= 0, "positions count up");
  }
  return 0;
}
