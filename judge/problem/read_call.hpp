// `call` and `options`: which export is called, with what.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "judge/problem/fields.hpp"
#include "judge/problem/test_context.hpp"

namespace judge {

// What `$name` may refer to. `cases` tests have none: there a `$` is a character like any other.
struct GivenNames {
  std::set<std::string> all;
  std::set<std::string> signals;
  std::set<std::string> used;  // filled while reading
};

// Reads `call` (required) and `options` of `fields`. The languages are the test's; every one must
// have the export.
[[nodiscard]] std::optional<Call> read_call(const Fields& fields,
                                            const std::vector<Language>& languages,
                                            GivenNames* given, ProblemContext& problem);

}  // namespace judge
