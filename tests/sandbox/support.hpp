// What the tests of this room share: hosts probed once, short ways to run a script, a probe, a
// program.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/process.hpp"

namespace sandbox::test {

// Limits as problems usually have them, short in time.
[[nodiscard]] Limits usual_limits();

// With the environment variable JUDGE_TEST_TIER: that tier at best.
[[nodiscard]] ProbeOptions wanted_options();

// Probed once per test program. A host that cannot isolate at all ends the test program with
// "SKIPPED:" and the reason.
[[nodiscard]] const Host& host();

// Of tier D, probed once per test program; a host that cannot be one fails the case.
[[nodiscard]] const Host& bare();

// True on a host of tier D, which is said aloud: the case that asks cannot hold there.
[[nodiscard]] bool needs_namespaces(std::string_view why);

[[nodiscard]] std::shared_ptr<const std::string> text(std::string_view content);

// /bin/sh -c `script`, with the environment PATH alone.
[[nodiscard]] Program shell(std::string_view script);

// A program of tests/probes, at /box/probe.
[[nodiscard]] Program probe(const std::string& name, std::vector<std::string> arguments = {});

// Runs to the end; fails the test with the error's text when it could not be run.
[[nodiscard]] RunReport run_here(const Program& program, const Limits& limits = usual_limits(),
                                 const Host& on = host());

}  // namespace sandbox::test
