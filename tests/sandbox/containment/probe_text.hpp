// The bytes of hostile programs, compiled or as they are written.
#pragma once

#include <memory>
#include <string>

namespace sandbox::test {

using Text = std::shared_ptr<const std::string>;

// By the last part of its name. Ends the program when it is not there.
[[nodiscard]] Text compiled_probe(const std::string& name);

// Where the sources are.
[[nodiscard]] std::string probe_folder();

// By its path below tests/probes.
[[nodiscard]] Text probe_source(const std::string& path);

}  // namespace sandbox::test
