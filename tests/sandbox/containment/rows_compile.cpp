// Attacks on and through compilers.
#include <csignal>

#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;

const ExpectedArtifact kNoProgram{.path = "/tmp/out", .limit = 64_MiB};
constexpr Exit kRefused{Exit::Kind::exited, 1};
constexpr Exit kKilled{Exit::Kind::signaled, SIGKILL};

// Ended by a limit, or given up by the compiler itself; either way nothing comes out.
Expected stopped() {
  return {.ended_by = {EndedBy::program, EndedBy::cpu_limit, EndedBy::memory_limit,
                       EndedBy::wall_limit, EndedBy::output_limit},
          .exit = {kRefused, kKilled, {Exit::Kind::exited, 4}},
          .artifacts = {kNoProgram}};
}

Expected refused(const std::string& message) {
  return {.exit = {kRefused}, .error_pattern = message, .artifacts = {kNoProgram}};
}

Row compiles(Clause clause, const std::string& probe) {
  return {.clause = clause, .name = "compiles: " + probe, .probe = "compile/" + probe};
}

std::vector<Row> stopped_rows(Clause clause, const std::vector<std::string>& probes,
                              const LimitChanges& limits) {
  std::vector<Row> rows;
  rows.reserve(probes.size());
  for (const std::string& probe : probes) {
    rows.push_back({.clause = clause,
                    .name = probe,
                    .probe = "compile/" + probe,
                    .limits = limits,
                    .expected = stopped()});
  }
  return rows;
}

std::vector<Row> secret_rows() {
  using enum Clause;
  const auto with = [](const char* path) { return std::string{"-DSECRET=\""} + path + "\""; };
  const std::string missing = "No such file or directory|Permission denied";
  std::vector<Row> rows;
  for (const char* path : {"{outside}", "/etc/shadow", "/proc/1/environ",
                           "/root/.bashrc"}) {  // tidy: must not be there
    rows.push_back({.clause = compile_secrets,
                    .name = std::string{"include "} + path,
                    .probe = "compile/include_secret.cpp",
                    .arguments = {with(path)},
                    .expected = refused(missing)});
    rows.push_back({.clause = compile_secrets,
                    .name = std::string{"incbin "} + path,
                    .probe = "compile/incbin_secret.cpp",
                    .arguments = {with(path)},
                    .expected = refused("file not found|" + missing)});
  }
  rows.push_back({.clause = compile_secrets,
                  .name = "include by the assembler",
                  .probe = "compile/assembler_include.S",
                  .expected = refused("can't open|" + missing)});
  rows.push_back(
      {.clause = compile_secrets,
       .name = "dependency",
       .probe = "compile/dependency.cpp",
       .expected = {.exit = {kRefused, {Exit::Kind::exited, 0}}, .error_pattern = missing}});
  rows.push_back({.clause = compile_secrets,
                  .name = "plugins by pragma and attribute",
                  .probe = "compile/plugin.cpp",
                  .expected = {.exit = {kRefused, {Exit::Kind::exited, 0}},
                               .error_pattern = "bad option|unrecognized|not valid|unknown"}});
  Row specs = compiles(compile_secrets, "control.cpp");
  specs.more_files = {"compile/specs"};
  rows.push_back(specs);
  Row ask = compiles(compile_secrets, "ask_for_secrets.cpp");
  ask.arguments = {with("{outside}")};
  ask.instead = {{Tier::d, refused("Permission denied")}};  // to be asked about is an error there
  rows.push_back(ask);
  rows.push_back(compiles(compile_secrets, "incbin_control.cpp"));
  return rows;
}

}  // namespace

std::vector<Row> compile_rows() {
  using enum Clause;
  std::vector<Row> all;
  const auto append = [&](std::vector<Row> rows) {
    for (Row& row : rows) all.push_back(std::move(row));
  };
  const LimitChanges brief{.cpu = 800ms, .wall = 3s};
  append(stopped_rows(
      compile_endless,
      {"include_itself.cpp", "include_zero.cpp", "include_random.cpp", "include_own_output.cpp"},
      {.cpu = 800ms, .wall = 1500ms}));
  all.push_back(compiles(compile_endless, "include_stdin.cpp"));
  all.push_back(compiles(compile_endless, "control.cpp"));
  append(stopped_rows(
      compile_bombs,
      {"template_depth.cpp", "template_width.cpp", "constant_loop.cpp", "macro_bomb.cpp",
       "include_bomb.cpp", "assembler_fill.cpp", "assembler_repeat.cpp", "assembler_macro.S"},
      brief));
  all.push_back({.clause = compile_bombs,
                 .name = "Python's own compiler",
                 .probe = "compile/run_at_compile_time.py",
                 .expected = {.lines = {"nesting refused", "plain compiled"}}});
  all.push_back({.clause = compile_bombs,
                 .name = "JavaScript's parser",
                 .probe = "compile/deep_source.mjs",
                 .expected = {.output = "nested true\nplain 2\n"}});
  all.push_back(compiles(compile_bombs, "control.cpp"));
  append(stopped_rows(compile_floods, {"huge_object.cpp", "huge_table.cpp"}, brief));
  all.push_back({.clause = compile_floods,
                 .name = "diagnostics",
                 .probe = "compile/diagnostics.cpp",
                 .limits = {.memory = 512_MiB},
                 .expected = {.ended_by = {EndedBy::output_limit}, .artifacts = {kNoProgram}}});
  all.push_back(compiles(compile_floods, "control.cpp"));
  append(secret_rows());
  return all;
}

}  // namespace sandbox::test
