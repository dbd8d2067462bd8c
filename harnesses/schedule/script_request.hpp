// The SCRIPT that hands several cases of one call over at once (PROTOCOL.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harnesses/engine/foreseen.hpp"
#include "harnesses/protocol/value.hpp"
#include "harnesses/schedule/case_options.hpp"
#include "harnesses/schedule/generate.hpp"

namespace harness {

class ScriptRequest {
 public:
  // `first`: the number of the first case; the others count on from there.
  ScriptRequest(const CaseOptions& options, std::int64_t first)
      : options_{options}, first_{first} {}

  // `source` has drawn the case, and tells what it will answer next.
  void add(const GeneratedCase& generated, ForeseenSource& source);
  [[nodiscard]] std::size_t size() const { return cases_.size(); }
  [[nodiscard]] Value take() &&;

 private:
  const CaseOptions& options_;
  std::int64_t first_;
  std::string cases_;
};

}  // namespace harness
