// The solutions that a problem ships: submissions/<verdict>/NAME, right ones and wrong ones, each
// with what it must fail.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "judge/problem/diagnostic.hpp"
#include "judge/problem/problem.hpp"
#include "judge/submission/submission.hpp"

namespace judge {

struct Shipped {
  std::filesystem::path path;
  std::string verdict;                            // the folder's name: accepted, wrong_answer, ...
  std::optional<std::vector<std::string>> fails;  // the header's; nothing without a header
  std::vector<std::string> may_fail;              // the header's with a '?': some seeds find it
  Submission submission;
};

// The criteria named by a first line `// fails: a, b` or `# fails: a, b`; nothing without such a
// line. Only the first line counts (the second behind `#!`). Names come back as written, with the
// '?' of those that it may fail, not checked.
[[nodiscard]] std::optional<std::vector<std::string>> parse_expectations(std::string_view source);

// All of them, by verdict and name; a problem without the folder ships none. Errors, all at once:
// an unknown verdict folder, a submission that cannot be loaded, a header that names an unknown
// criterion or one not claimed for the language, a wrong answer without a header, an accepted one
// with.
[[nodiscard]] tl::expected<std::vector<Shipped>, std::vector<Diagnostic>> shipped_submissions(
    const Problem& problem);

}  // namespace judge
