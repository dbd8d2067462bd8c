// What a loader asks of a generator as a whole: whether it draws too much, and whether every
// language can hold it.
#pragma once

#include "harnesses/engine/generator.hpp"

namespace judge {

// More than 100,000 values in one case. At random, that is: a replay may say more.
[[nodiscard]] bool draws_too_much(const harness::Generator& generator);

// Whether Python cannot hold what is drawn: sets of lists, mappings by objects.
[[nodiscard]] bool has_unhashable_members(const harness::Generator& generator);

// And that it does not have.
[[nodiscard]] bool draws_undefined(const harness::Generator& generator);

}  // namespace judge
