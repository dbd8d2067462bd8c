// `given`: the inputs that a schedule test draws anew for every case.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "judge/problem/node.hpp"
#include "judge/problem/problem.hpp"
#include "judge/problem/read_call.hpp"

namespace judge {

// Fills `names` with what `call` may refer to, names with a wrong generator included.
[[nodiscard]] std::vector<Given> read_given(const Node& node, GivenNames& names, Diagnostics& out);

// `reasons: any` of a signal, given or a call's own: it may be aborted with what is no error.
// Without `reasons` it may not.
[[nodiscard]] bool read_any_reason(const Node* reasons, Diagnostics& out);

// Names that predicates know from elsewhere (PREDICATES.md) and JavaScript's own words: no given
// may take them.
[[nodiscard]] bool is_reserved_name(std::string_view name);

// Reports a key that cannot be a name in predicates.
void check_name(const Node& given, Diagnostics& out);

}  // namespace judge
