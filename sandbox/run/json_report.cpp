#include "sandbox/run/json_report.hpp"

#include <cstddef>
#include <cstdint>

#include <nlohmann/json.hpp>

#include "sandbox/run/ending.hpp"

namespace sandbox_run {
namespace {

using Json = nlohmann::ordered_json;

// RFC 4648 section 4.
std::string base64(const std::string& bytes) {
  constexpr const char* kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto at = [&](std::size_t i) -> std::uint32_t {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t group = (at(i) << 16U) | (at(i + 1) << 8U) | at(i + 2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) text += kDigits[(group >> shift) & 0x3FU];
  }
  const std::size_t filled = (3 - bytes.size() % 3) % 3;
  for (std::size_t i = 0; i < filled; ++i) text[text.size() - 1 - i] = '=';
  return text;
}

bool is_utf8(const std::string& bytes) {
  try {
    (void)Json(bytes).dump();
    return true;
  } catch (const Json::type_error&) {
    return false;
  }
}

Json exit_json(const sandbox::Exit& exit) {
  if (exit.kind == sandbox::Exit::Kind::exited) return {{"kind", "exited"}, {"code", exit.value}};
  return {{"kind", "signaled"}, {"signal", name_of_signal(exit.value)}, {"number", exit.value}};
}

Json usage_json(const sandbox::Usage& usage) {
  return {{"cpu_user_us", usage.cpu_user.count()},
          {"cpu_system_us", usage.cpu_system.count()},
          {"wall_us", usage.wall.count()},
          {"peak_memory_bytes", usage.peak_memory.count()},
          {"output_bytes", usage.output.count()}};
}

Json limits_json(const sandbox::Limits& limits) {
  return {{"cpu_ms", limits.cpu.count()},
          {"wall_ms", limits.wall.count()},
          {"memory_bytes", limits.memory.count()},
          {"processes", limits.processes},
          {"output_bytes", limits.output.count()},
          {"files", limits.open_files},
          {"file_size_bytes", limits.file_size.count()},
          {"scratch_bytes", limits.scratch.count()},
          {"scratch_files", limits.scratch_inodes},
          {"stack_bytes", limits.stack.count()}};
}

Json enforced_json(const sandbox::Enforced& enforced) {
  return {{"tier", enforced.tier}, {"isolation", enforced.isolation}, {"memory", enforced.memory},
          {"cpu", enforced.cpu},   {"processes", enforced.processes}, {"time", enforced.time}};
}

// In the order of the request: one for each --artifact.
Json artifacts_json(const sandbox::RunReport& report, const Request& request) {
  Json all = Json::array();
  for (std::size_t i = 0; i < report.artifacts.size() && i < request.artifacts.size(); ++i) {
    const sandbox::CollectedArtifact& artifact = report.artifacts[i];
    Json json{{"path", artifact.path},
              {"file", request.artifacts[i].file},
              {"kept", artifact.content.has_value()}};
    if (artifact.content)
      json["bytes"] = artifact.content->size();
    else
      json["why_not"] = artifact.why_absent;
    all.push_back(std::move(json));
  }
  return all;
}

Json output_json(const std::string& bytes) {
  if (is_utf8(bytes)) return {{"encoding", "utf-8"}, {"data", bytes}};
  return {{"encoding", "base64"}, {"data", base64(bytes)}};
}

}  // namespace

std::string to_json(const sandbox::RunReport& report, const Request& request, Outputs outputs,
                    Letters letters) {
  Json json{{"schema", 1},
            {"exit", exit_json(report.exit)},
            {"ended_by", name_of(report.ended_by)},
            {"out_of_memory", report.out_of_memory}};
  if (report.forbidden_syscall) json["forbidden_syscall"] = *report.forbidden_syscall;
  json["usage"] = usage_json(report.usage);
  json["limits"] = limits_json(request.limits);
  json["enforced"] = enforced_json(report.enforced);
  json["artifacts"] = artifacts_json(report, request);
  if (outputs == Outputs::within) {
    json["standard_output"] = output_json(report.standard_output);
    json["standard_error"] = output_json(report.standard_error);
  }
  return json.dump(2, ' ', letters == Letters::ascii, Json::error_handler_t::replace) + "\n";
}

}  // namespace sandbox_run
