// Evidence: turning what a harness found into what a person reads and can run again.
#pragma once

#include "harnesses/cases/run_cases.hpp"
#include "harnesses/schedule/explore.hpp"
#include "judge/problem/problem.hpp"
#include "judge/verdict/verdict.hpp"

namespace judge {

// `replay`: the finding's cases as text.
[[nodiscard]] Evidence evidence_of(const std::string& test, const ScheduleTest& plan,
                                   const harness::Finding& finding, std::string replay);
[[nodiscard]] Evidence evidence_of(const std::string& test, const CasesTest& plan,
                                   const harness::CaseResult& result);

// What there is to say of a finding that takes so many cases of one process.
[[nodiscard]] std::vector<std::string> remarks_on(std::size_t cases, bool is_reproducible);

// The trace as reports show it: rests left out, values labelled.
[[nodiscard]] std::vector<TraceLine> lines_of(const harness::Trace& trace);

// Whether that has a line for this event.
[[nodiscard]] bool is_shown(const harness::Event& event, const harness::Trace& trace);

// "c1:3": case number 3 (from 0) of a cases test.
[[nodiscard]] std::string case_replay_string(std::size_t index);
[[nodiscard]] std::optional<std::size_t> parse_case_replay_string(std::string_view text);

}  // namespace judge
