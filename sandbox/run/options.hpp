// The options of sandbox-run, as a table: how each is written, what it is when it is not, what it
// means. The one place that the parser, --help and (by a test) the man page agree on.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sandbox/base/result.hpp"
#include "sandbox/run/request.hpp"

namespace sandbox_run {

struct OptionRow {
  std::string_view heading;  // opens a group in --help; empty: still the one before
  std::string_view name;     // "--cpu"
  std::string_view value;    // "TIME"; empty: a flag
  std::string_view usual;    // what holds when it is not given; empty: nothing
  bool repeats;
  std::string_view text;
  // Takes one value into the request. Errors: what was found and what to write instead.
  base::Status (*take)(Request& request, const std::string& value);
};

[[nodiscard]] std::span<const OptionRow> options();

}  // namespace sandbox_run
