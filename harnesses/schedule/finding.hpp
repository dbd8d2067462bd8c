// Finding: a case that broke a criterion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/schedule/driver.hpp"

namespace harness {

struct Finding {
  std::string criterion;
  std::size_t predicate;  // index into the plan's
  std::size_t event;      // this and the next two: see PredicateFailure
  std::vector<std::pair<std::string, std::string>> values;
  bool is_asked;
  Trace trace;
  // The failing case is the last; those before it ran earlier in the same process and are needed
  // for it to fail.
  std::vector<PastCase> replay;
  std::int64_t found_at;              // the how manieth case of its test it was
  bool reproducible;                  // failed again each time it was run in a fresh process
  std::optional<Trace> other_course;  // not reproducible: what the same case showed another time
  std::string explanation = {};       // of a history: see HistoryCheck::explain
};

}  // namespace harness
