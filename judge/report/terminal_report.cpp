#include "judge/report/terminal_report.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include "judge/report/lanes.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

constexpr std::size_t kShownOutput = 2000;
constexpr std::size_t kShownPredicate = 400;

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g", value);
  return text.data();
}

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string mark(const CriterionResult& result, const Paint& paint) {
  switch (result.status) {
    case CriterionStatus::met:
      return paint.green("✓");
    case CriterionStatus::not_met:
      return paint.red("✗");
    case CriterionStatus::not_run:
    case CriterionStatus::not_enforced:
    case CriterionStatus::undecided:
      return paint.yellow("–");
  }
  return "?";
}

std::string headline(const Verdict& verdict, const Problem& problem, const Paint& paint) {
  const bool accepted = verdict.kind == VerdictKind::accepted;
  const std::string kind = spaced(to_string(verdict.kind));
  return (accepted ? paint.green(paint.bold(kind)) : paint.red(paint.bold(kind))) + "  " +
         problem.title + ", " + number(verdict.score()) + " of " + number(verdict.max_score()) +
         " points\n";
}

std::string criterion_lines(const Verdict& verdict, const Paint& paint) {
  std::size_t width = 0;
  for (const CriterionResult& each : verdict.criteria)
    width = std::max(width, each.criterion.id.size());
  std::string text;
  for (const CriterionResult& each : verdict.criteria) {
    text += "  " + mark(each, paint) + " " + each.criterion.id +
            std::string(width - each.criterion.id.size(), ' ') + "  " +
            base::escape(each.criterion.text, 400) + "\n";
    if (!each.reason.empty()) {
      text += "    " + std::string(width, ' ') + "  " +
              paint.dim("not judged: " + base::escape(each.reason)) + "\n";
    }
  }
  return text;
}

std::string evidence_lines(const CriterionResult& result, const Paint& paint) {
  const Evidence& evidence = *result.evidence;
  // What a criterion asks for is said better by its own text than by a predicate.
  std::string text = "\n" + paint.red("✗ ") + paint.bold(result.criterion.id) + ": " +
                     (evidence.predicate.empty() ? evidence.difference
                                                 : base::escape(result.criterion.text, 400)) +
                     "\n" + paint.dim("  test " + evidence.test) + "\n";
  for (const std::string& remark : evidence.remarks) text += "  " + remark + "\n";
  for (const auto& [name, value] : evidence.given) text += "  " + name + " = " + value + "\n";
  if (!evidence.schedule.empty()) {
    text += paint.dim("  schedule: " + base::escape(evidence.schedule, 400)) + "\n";
  }
  for (const CallLine& line : evidence.calls) {
    text += "\n  " + line.call + "\n    " + line.outcome + "\n";
    if (!line.expected.empty()) text += "    " + paint.green("expected: " + line.expected) + "\n";
  }
  if (!evidence.explanation.empty()) text += "\n";
  for (const std::string& line : evidence.explanation) text += "  " + line + "\n";
  const std::string lanes = draw_lanes(evidence, paint);
  if (!lanes.empty()) text += "\n" + lanes;
  if (!evidence.predicate.empty()) {
    text += "\n" +
            paint.dim("  does not hold: " + base::escape(evidence.predicate, kShownPredicate)) +
            "\n";
  }
  return text;
}

std::string incident_lines(const Incident& incident, const Paint& paint) {
  std::string text =
      "\n" + paint.bold(incident.test.empty() ? "before any test" : "in test " + incident.test) +
      ": " + base::escape(incident.summary, 1000) + "\n";
  if (!incident.output.empty()) {
    text += paint.dim("  it printed:") + "\n" + base::escape_lines(incident.output, kShownOutput) +
            "\n";
  }
  return text;
}

std::string search_line(const Verdict& verdict) {
  std::int64_t cases = 0;
  for (const SearchSummary& each : verdict.search) cases += each.cases;
  const auto complete = std::count_if(verdict.search.begin(), verdict.search.end(),
                                      [](const SearchSummary& each) { return each.exhaustive; });
  return std::to_string(cases) + " cases in " + std::to_string(verdict.search.size()) + " tests, " +
         std::to_string(complete) + " of them exhaustive";
}

}  // namespace

std::string to_terminal(const Verdict& verdict, const Problem& problem,
                        const TerminalOptions& options) {
  const Paint& paint = options.paint;
  std::string text = headline(verdict, problem, paint) + "\n" + criterion_lines(verdict, paint);
  if (verdict.incident) text += incident_lines(*verdict.incident, paint);
  const auto failed =
      std::find_if(verdict.criteria.begin(), verdict.criteria.end(),
                   [](const CriterionResult& each) { return each.evidence.has_value(); });
  if (failed != verdict.criteria.end()) {
    text += evidence_lines(*failed, paint);
    const auto others =
        std::count_if(failed + 1, verdict.criteria.end(),
                      [](const CriterionResult& each) { return each.evidence.has_value(); });
    if (others > 0)
      text += paint.dim("  (" + std::to_string(others) + " more in the JSON verdict)") + "\n";
    if (!options.replay_command.empty()) text += "\nreplay: " + options.replay_command + "\n";
  }
  return text + "\n" + paint.dim(search_line(verdict)) + "\n";
}

}  // namespace judge
