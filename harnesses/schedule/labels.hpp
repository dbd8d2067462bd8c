// Labels: how the values of a case are shown to people. Unpredictable strings and objects with an
// identity become "value 3", "error 1": the same in every run, and easier to follow.
#pragma once

#include <cstdint>
#include <optional>
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

// "task 2", "input 0", "load 1": what people call an input.
[[nodiscard]] std::string input_name(const Trace& trace, std::uint32_t input);

// What people call a call: "call 3"; nothing where there is only one.
[[nodiscard]] std::optional<std::string> call_label(const Trace& trace, std::uint32_t call);

// "get(1, 'a')", or "release() of call 1".
[[nodiscard]] std::string describe_call(const Trace& trace, std::uint32_t call);

}  // namespace harness
