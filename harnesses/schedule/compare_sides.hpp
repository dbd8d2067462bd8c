// Comparing the program with the reference after an act of the judge.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "harnesses/schedule/side.hpp"

namespace harness {

enum class ActOrder { as_reference, any };

// What has happened on both sides since these events: which calls came to an end and how, which
// callbacks were called with what, whose signals were aborted. Says the first difference in a
// sentence, with labels for what is unpredictable. The order in which calls end and the order in
// which callbacks are called count each for itself, and not at all with ActOrder::any.
[[nodiscard]] std::optional<std::string> difference_between(const Side& expected,
                                                            std::size_t expected_from,
                                                            const Side& actual,
                                                            std::size_t actual_from,
                                                            ActOrder order);

// "call 3 acquire()", for people.
[[nodiscard]] std::string call_name(const Trace& trace, std::uint32_t call);

}  // namespace harness
