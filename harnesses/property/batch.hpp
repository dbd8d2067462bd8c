// Batches: many cases against one actor in one request (PROTOCOL.md, BATCH).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "harnesses/property/property_case.hpp"

namespace harness {

struct BatchAnswer {
  // By case, of those that were come to. In the last a call may be pending: then those behind it
  // were not run.
  std::vector<std::vector<CallOutcome>> outcomes;
  std::optional<Value> unhandled;  // the first error of the kind
  std::optional<Value> uncaught;
};

// `first`: the number of the first case; the actor has not seen it or a higher one. `look`: report
// arguments after calls. The Error is ours.
base::Result<std::variant<BatchAnswer, Ended>> run_batch(Actor& actor,
                                                         const std::vector<std::string>& functions,
                                                         std::span<const PropertyCase> cases,
                                                         std::int64_t first, bool look);

}  // namespace harness
