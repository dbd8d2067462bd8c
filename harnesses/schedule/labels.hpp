// Labels: how the values of a case are shown to people. Unpredictable strings and objects with an
// identity become "value 3", "error 1": the same in every run, and easier to follow.
#pragma once

#include <string>

#include "harnesses/protocol/value.hpp"
#include "harnesses/schedule/trace.hpp"

namespace harness {

// A short literal, escaped for a terminal.
[[nodiscard]] std::string show_labelled(const Value& value, const Trace& trace);

// `text` with every unpredictable string of the case replaced by its label.
[[nodiscard]] std::string with_labels(std::string text, const Trace& trace);

// "3 tasks: later, later (fails), throws".
[[nodiscard]] std::string describe_inputs(const Trace::Drawn& drawn, const Trace& trace);

}  // namespace harness
