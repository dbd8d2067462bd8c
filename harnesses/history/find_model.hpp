// Models by name, for whoever reads names and parameters from a file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harnesses/history/model.hpp"
#include "harnesses/protocol/value.hpp"
#include "sandbox/base/result.hpp"

namespace harness::history {

// The parameters stand in models/README.md; `per_key: true` makes each Call::key an object of its
// own, with any model. Errors: Kind::invalid_input, `model 'x': parameter: what is wrong`, for an
// unknown name, an unknown or missing parameter, a value that does not fit.
[[nodiscard]] base::Result<AnyModel> find_model(std::string_view name,
                                                const Object& parameters = {});

// All names, in alphabetical order.
[[nodiscard]] std::vector<std::string_view> model_names();

}  // namespace harness::history
