// Orders as the caller's side makes them: where the fuzzer starts, and what the ordinary test
// damages byte by byte.
#pragma once

#include <string>
#include <vector>

namespace fuzz {

// As order_fuzz takes them: the first byte chooses the kind.
[[nodiscard]] std::vector<std::string> order_seeds();

}  // namespace fuzz
