// Comparing what the program did in a case with what the reference did.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "harnesses/property/literal_text.hpp"
#include "harnesses/property/property_case.hpp"

namespace harness {

// The first call that ended otherwise; nothing when all ended alike. A call that throws counts like
// one that rejects, an error by its class.
[[nodiscard]] std::optional<std::size_t> differing_call(const Observed& observed);

// For people, one line each, at most `limit` bytes a value.
// `encode("a", {strict: true})`
[[nodiscard]] std::string call_text(const Observed& observed, const std::string& function,
                                    std::size_t call, LiteralStyle style, std::size_t limit);
// `returned "a"`, `fulfilled with 5`, `threw new TypeError("...")`, `never settled`
[[nodiscard]] std::string outcome_text(const CallOutcome& outcome, LiteralStyle style,
                                       std::size_t limit);
// "expected encode("a") to return "b"; it returned "c""
[[nodiscard]] std::string difference_text(const Observed& observed, const std::string& function,
                                          std::size_t call, LiteralStyle style);

}  // namespace harness
