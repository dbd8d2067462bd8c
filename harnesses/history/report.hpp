// A failure as text for people: lanes over time, and how far an order goes. What operations carry
// comes from the program under test: everything is escaped, plain ASCII, and at most 100 columns
// wide.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "harnesses/history/explain.hpp"

namespace harness::history {

// One lane for each process, `|-- put(1) -> ok --|`, with calls and returns in their order, not to
// scale; what did not return ends in dots. `operations` are indices; `noun` is what a process is
// called. Where the texts do not fit, the lanes hold numbers and a list below says what they mean;
// where those do not fit either, the drawing continues in a second band below the first.
[[nodiscard]] std::string draw_lanes(const History& history,
                                     std::span<const std::size_t> operations,
                                     std::string_view noun = "process");

// What fails, drawn; then the longest part that has an order and the state it leads to.
[[nodiscard]] std::string report(const History& history, const NotLinearizable& failure,
                                 const Explanation& explanation, std::string_view noun = "process");

}  // namespace harness::history
