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
  std::set<std::string> callbacks;
  std::set<std::string> used;  // filled while reading
};

// Whether Python may export a name in its own spelling.
enum class ExportNames { as_written, spelt_by_language };

// Reads `call` (required) and `options` of `fields`. The languages are the test's; every one must
// have the export.
[[nodiscard]] std::optional<Call> read_call(const Fields& fields,
                                            const std::vector<Language>& languages,
                                            GivenNames* given, ProblemContext& problem,
                                            ExportNames names = ExportNames::as_written);

// The same for one argument of an operation that is not drawn afresh, and for a list of them.
[[nodiscard]] std::optional<Argument> read_one_argument(const Node& node, GivenNames& given,
                                                        Diagnostics& out);
[[nodiscard]] std::vector<Argument> read_arguments(const Node& node, GivenNames* given,
                                                   Diagnostics& out);
[[nodiscard]] ArgumentObject read_options(const Node& node, GivenNames* given, Diagnostics& out);
// Reports a name at `at` that some of the languages do not export.
void check_named_export(const Node& at, const std::string& name,
                        const std::vector<Language>& languages, ProblemContext& problem);
// The same, where Python may export the name in its own spelling.
void check_export(const Node& at, const std::string& name, const std::vector<Language>& languages,
                  ProblemContext& problem);
// Reports a language with several exports where the only one is meant.
void check_only_export(const Node& call, const std::vector<Language>& languages,
                       ProblemContext& problem);

}  // namespace judge
