// What a slot is told about one run: Program and Limits as a wire::RunOrder.
#pragma once

#include <string>

#include "sandbox/bare/path_map.hpp"
#include "sandbox/base/result.hpp"
#include "sandbox/host_state.hpp"
#include "sandbox/limits.hpp"
#include "sandbox/program.hpp"

namespace sandbox {

// Error::Kind::invalid_input for a program that can never be run; its paths have been checked
// already (SlotRecipe::key_for).
base::Status check_program(const Host::State& host, const Program& program, const Limits& limits);

// A program without arguments is a rehearsal. The Error: a bind's source that does not exist.
// `keep` and `again` as wire::RunOrder and wire::Command have them.
enum class Stay { no, keep, again };
base::Result<std::string> encode_run(const Host::State& host, const Program& program,
                                     const Limits& limits, Stay stay, const PathMap& paths);

// RLIMIT_DATA where no group limits memory: what a process may ask for, used or not.
[[nodiscard]] base::Bytes data_limit(const Limits& limits);

// The path of a file or folder of the order, for error messages.
[[nodiscard]] std::string describe_file(const Program& program, int index);

}  // namespace sandbox
