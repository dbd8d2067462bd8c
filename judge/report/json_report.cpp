#include "judge/report/json_report.hpp"

#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "judge/version.hpp"

namespace judge {
namespace {

using Json = nlohmann::ordered_json;

Json line_json(const TraceLine& line) {
  Json json{{"moment", line.moment}, {"event", line.event}};
  if (line.input) json["input"] = *line.input;
  if (!line.detail.empty()) json["detail"] = line.detail;
  return json;
}

Json call_json(const CallLine& line) {
  Json json{{"call", line.call}, {"outcome", line.outcome}};
  if (!line.expected.empty()) json["expected"] = line.expected;
  return json;
}

Json lines_json(const std::vector<TraceLine>& lines) {
  Json json = Json::array();
  for (const TraceLine& line : lines) json.push_back(line_json(line));
  return json;
}

Json evidence_json(const Evidence& evidence) {
  Json json{{"test", evidence.test}, {"summary", evidence.summary()}, {"case", Json::object()}};
  for (const auto& [name, value] : evidence.given) json["case"][name] = value;
  if (!evidence.schedule.empty()) json["schedule"] = evidence.schedule;
  if (!evidence.explanation.empty()) json["explanation"] = evidence.explanation;
  if (!evidence.trace.empty()) json["trace"] = lines_json(evidence.trace);
  if (!evidence.other_trace.empty()) json["other_trace"] = lines_json(evidence.other_trace);
  for (const CallLine& line : evidence.calls) json["calls"].push_back(call_json(line));
  if (evidence.failed_at) json["failed_at"] = *evidence.failed_at;
  json["replay"] = evidence.replay;
  json["reproducible"] = evidence.reproducible;
  if (evidence.found_at > 0) json["found_at"] = evidence.found_at;
  return json;
}

Json criterion_json(const CriterionResult& result) {
  Json json{{"id", result.criterion.id},
            {"status", to_string(result.status)},
            {"weight", result.criterion.weight},
            {"required", result.criterion.required},
            {"text", result.criterion.text}};
  if (!result.reason.empty()) json["reason"] = result.reason;
  if (result.evidence) json["evidence"] = evidence_json(*result.evidence);
  return json;
}

Json search_json(const std::vector<SearchSummary>& search) {
  Json json = Json::object();
  for (const SearchSummary& each : search) {
    Json& test = json[each.test] = {{"cases", each.cases}, {"exhaustive", each.exhaustive}};
    if (each.exhaustive_up_to) test["exhaustive_up_to"] = *each.exhaustive_up_to;
    if (each.miss_bound) {
      test["miss_bound"] = {{"depth", each.miss_bound->depth},
                            {"probability", each.miss_bound->probability}};
    }
    if (each.out_of_cpu) test["out_of_cpu"] = true;
    if (!each.is_deterministic) test["deterministic"] = false;
    if (each.skipped) test["skipped"] = "what it checks had failed before";
  }
  return json;
}

Json incident_json(const Incident& incident) {
  Json json{{"summary", incident.summary}};
  if (!incident.test.empty()) json["test"] = incident.test;
  if (!incident.output.empty()) json["output"] = incident.output;
  if (!incident.replay.empty()) json["replay"] = incident.replay;
  return json;
}

Json usage_json(const sandbox::Usage& usage) {
  const auto ms = [](std::chrono::microseconds time) { return time.count() / 1000; };
  return {{"cpu_ms", ms(usage.cpu_user + usage.cpu_system)},
          {"wall_ms", ms(usage.wall)},
          {"peak_memory_bytes", usage.peak_memory.count()},
          {"output_bytes", usage.output.count()}};
}

Json enforced_json(const sandbox::Enforced& enforced) {
  return {{"tier", enforced.tier}, {"isolation", enforced.isolation}, {"memory", enforced.memory},
          {"cpu", enforced.cpu},   {"processes", enforced.processes}, {"time", enforced.time}};
}

std::string hex(std::uint64_t number) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(number));
  return text.data();
}

}  // namespace

std::string to_json(const Verdict& verdict) {
  Json json{{"schema", 1},
            {"verdict", to_string(verdict.kind)},
            {"score", verdict.score()},
            {"max_score", verdict.max_score()},
            {"problem", {{"id", verdict.problem_id}, {"digest", verdict.problem_digest}}},
            {"submission",
             {{"path", verdict.submission_path},
              {"digest", verdict.submission_digest},
              {"language", to_string(verdict.language)}}},
            {"criteria", Json::array()},
            {"search", search_json(verdict.search)}};
  for (const CriterionResult& each : verdict.criteria)
    json["criteria"].push_back(criterion_json(each));
  if (verdict.incident) json["incident"] = incident_json(*verdict.incident);
  json["usage"] = usage_json(verdict.usage);
  json["enforced"] = enforced_json(verdict.enforced);
  json["judge"] = {{"version", kVersion}, {"seed", hex(verdict.seed)}};
  return json.dump(2, ' ', /*ensure_ascii=*/false, Json::error_handler_t::replace) + "\n";
}

}  // namespace judge
