#include "judge/grading/evidence.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "harnesses/protocol/show.hpp"
#include "harnesses/schedule/labels.hpp"
#include "harnesses/schedule/schedule_text.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

using Kind = harness::Event::Kind;

constexpr std::size_t kShownInput = 300;
constexpr std::size_t kShownPredicate = 1000;
constexpr std::string_view kCaseTag = "c1:";

// Nothing for what reports leave out.
std::optional<TraceLine> line_of(const harness::Event& event, const harness::Trace& trace) {
  const bool has_operations = !trace.operations.empty();
  const auto plain = [](std::string what, std::string detail = {}) {
    return TraceLine{
        .moment = 0, .event = std::move(what), .input = {}, .detail = std::move(detail)};
  };
  const auto about = [&](std::string what, std::string detail = {}) {
    return TraceLine{.moment = 0,
                     .event = std::move(what),
                     .input = harness::input_name(trace, event.index),
                     .detail = std::move(detail)};
  };
  const auto of_call = [&](std::string what, std::string detail = {}) {
    return TraceLine{.moment = 0,
                     .event = std::move(what),
                     .input = harness::call_label(trace, event.call),
                     .detail = std::move(detail)};
  };
  const auto shown = [&] { return harness::show_labelled(event.value, trace); };
  switch (event.kind) {
    case Kind::started:
      return about("started");
    case Kind::settle: {
      const harness::Input& input = trace.inputs[event.index];
      return about(event.flag ? "fulfils" : "fails",
                   harness::show_labelled(event.flag ? input.value : input.error, trace));
    }
    case Kind::aborted:
      return about("aborted", shown());
    case Kind::cancel:
      return plain("cancel", "the call is cancelled from outside");
    case Kind::wait:
      return plain("wait", "time passes");
    case Kind::operation:
      return of_call("called", harness::describe_call(trace, event.call));
    case Kind::abort:
      return of_call("cancel", "its signal is aborted");
    case Kind::advance:
      return plain("wait", harness::show_labelled(event.value, trace) + " ms pass");
    case Kind::invoked:
      return about("invoked", harness::show_labelled(trace.inputs[event.index].arguments, trace));
    case Kind::returned:
      if (has_operations && !event.flag) return {};  // its value says as much
      return of_call("returned", event.flag ? "a promise" : "a plain value");
    case Kind::threw:
      return of_call("threw", shown());
    case Kind::fulfilled:
      if (has_operations && event.call == 0) return {};  // the object was made
      return of_call("fulfilled", shown());
    case Kind::rejected:
      return of_call("rejected", shown());
    case Kind::unhandled:
      return plain("unhandled", shown());
    case Kind::uncaught:
      return plain("uncaught", shown());
    case Kind::rest:
      return {};
  }
  return {};
}

std::string joined(const std::vector<std::pair<std::string, std::string>>& values,
                   const harness::Trace& trace) {
  std::string text;
  for (const auto& [name, value] : values) {
    text += (text.empty() ? "" : ", ") + base::escape(name) + " = " +
            base::escape(harness::with_labels(value, trace));
  }
  return text;
}

std::vector<std::pair<std::string, std::string>> given_of(const harness::Trace& trace) {
  std::vector<std::pair<std::string, std::string>> given;
  for (const harness::Trace::Drawn& drawn : trace.given) {
    if (drawn.is_callback) continue;  // its invocations stand in the trace
    given.emplace_back(drawn.name, drawn.is_inputs ? harness::describe_inputs(drawn, trace)
                                                   : harness::show_labelled(drawn.value, trace));
  }
  return given;
}

std::vector<std::string> lines_in(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) lines.push_back(std::move(line));
  return lines;
}

// Lines up to and including the event: what the moment is called in the report.
int moment_of(std::size_t event, const harness::Trace& trace) {
  const auto end =
      trace.events.begin() + static_cast<std::ptrdiff_t>(std::min(event + 1, trace.events.size()));
  return static_cast<int>(std::count_if(trace.events.begin(), end, [&](const harness::Event& each) {
    return is_shown(each, trace);
  }));
}

}  // namespace

std::vector<std::string> remarks_on(std::size_t cases, bool is_reproducible) {
  std::vector<std::string> remarks;
  if (cases > 1) {
    remarks.push_back("only after " + std::to_string(cases - 1) +
                      " earlier case(s) in the same process");
  }
  if (!is_reproducible) {
    remarks.emplace_back("not every run shows it: the submission is nondeterministic");
  }
  return remarks;
}

std::vector<TraceLine> lines_of(const harness::Trace& trace) {
  std::vector<TraceLine> lines;
  for (const harness::Event& event : trace.events) {
    if (auto line = line_of(event, trace)) {
      line->moment = static_cast<int>(lines.size()) + 1;
      lines.push_back(std::move(*line));
    }
  }
  return lines;
}

bool is_shown(const harness::Event& event, const harness::Trace& trace) {
  return line_of(event, trace).has_value();
}

Evidence evidence_of(const std::string& test, const ScheduleTest& plan,
                     const harness::Finding& finding, std::string replay) {
  const Predicate& predicate = plan.predicates[finding.predicate];
  const std::string values = joined(finding.values, finding.trace);
  Evidence evidence;
  evidence.test = test;
  if (!finding.is_asked) {
    evidence.difference =
        "the object cannot be made, it fails with " +
        harness::show_labelled(finding.trace.events[finding.event].value, finding.trace);
  } else if (predicate.when == When::equals_reference && finding.trace.difference) {
    evidence.difference = base::escape(finding.trace.difference->text, 600);
  } else if (predicate.history) {
    evidence.explanation = lines_in(finding.explanation);
    evidence.difference = "no order of the calls explains what they gave, if this were a " +
                          predicate.history->model + ": " + evidence.explanation.front();
    evidence.explanation.erase(evidence.explanation.begin());
  } else {
    evidence.predicate =
        base::escape(predicate.expression, kShownPredicate) + (values.empty() ? "" : "; " + values);
  }
  evidence.remarks = remarks_on(finding.replay.size(), finding.reproducible);
  evidence.given = given_of(finding.trace);
  evidence.trace = lines_of(finding.trace);
  evidence.failed_at = moment_of(finding.event, finding.trace);
  evidence.replay = std::move(replay);
  evidence.reproducible = finding.reproducible;
  evidence.found_at = finding.found_at;
  evidence.schedule = harness::schedule_text(finding.trace);
  if (finding.other_course) evidence.other_trace = lines_of(*finding.other_course);
  evidence.raw_trace = finding.trace;
  return evidence;
}

Evidence evidence_of(const std::string& test, const CasesTest& plan,
                     const harness::CaseResult& result) {
  const Case& wanted = plan.cases[result.index];
  Evidence evidence;
  evidence.test = test;
  evidence.difference = result.difference.value_or("");
  evidence.given.emplace_back("case", base::escape(wanted.name));
  if (const auto* program = std::get_if<ProgramCase>(&wanted.what)) {
    for (const std::string& argument : program->arguments) {
      evidence.given.emplace_back("argument", base::quoted(argument));
    }
    evidence.given.emplace_back("stdin", base::quoted(program->input, kShownInput));
  }
  evidence.replay = case_replay_string(result.index);
  evidence.found_at = static_cast<std::int64_t>(result.index) + 1;
  return evidence;
}

std::string case_replay_string(std::size_t index) {
  return std::string{kCaseTag} + std::to_string(index);
}

std::optional<std::size_t> parse_case_replay_string(std::string_view text) {
  if (!text.starts_with(kCaseTag)) return {};
  text.remove_prefix(kCaseTag.size());
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc{} || end != text.data() + text.size()) return {};
  return index;
}

}  // namespace judge
