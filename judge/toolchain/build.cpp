#include "judge/toolchain/build.hpp"

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "harnesses/schedule/oracle/script.hpp"
#include "harnesses/shims/shims.hpp"
#include "sandbox/base/check.hpp"

namespace judge {
namespace {

using namespace std::chrono_literals;
using namespace base::literals;

constexpr base::Bytes kLargestProgram = 64_MiB;
const char* const kBox = "/box/";

sandbox::Limits limits_from(const ProblemLimits& limits) {
  return {.cpu = limits.cpu,
          .wall = limits.wall,
          .memory = limits.memory,
          .output = limits.output,
          .processes = limits.processes,
          .open_files = 256,
          .file_size = 64_MiB,
          .scratch = 64_MiB,
          .scratch_inodes = 4096,
          .stack = 16_MiB};
}

sandbox::Limits compile_limits_from(const ProblemLimits& limits) {
  sandbox::Limits compiling = limits_from(limits);
  compiling.scratch = 256_MiB;
  compiling.file_size = kLargestProgram;
  compiling.stack = 64_MiB;
  return compiling;
}

std::vector<std::string> environment() {
  return {"PATH=/usr/bin:/bin", "HOME=/tmp", "TMPDIR=/tmp", "LANG=C.UTF-8", "TZ=UTC"};
}

std::vector<sandbox::File> files_of(const Submission& submission) {
  std::vector<sandbox::File> files;
  for (const SourceFile& file : submission.files) {
    files.push_back({.path = kBox + file.path, .content = file.content});
  }
  return files;
}

sandbox::File file(const std::string& path, std::string_view content) {
  return {.path = path, .content = std::make_shared<const std::string>(content)};
}

bool is_program(const Problem& problem, Language language) {
  const LanguageSupport* support = problem.support(language);
  JUDGE_CHECK(support != nullptr, "a submission's language was checked when it was loaded");
  return support->exports.empty();
}

// ---- compiling ----

struct Compilation {
  sandbox::Program program;
  std::string artifact;  // empty: nothing to collect
  std::string what;      // "g++", for messages
};

// The artifact's content (empty when there is none to collect), or why there is none.
using Compiled = std::variant<std::string, CompileFailure>;

std::string why_it_failed(const std::string& what, const sandbox::RunReport& report) {
  switch (report.ended_by) {
    case sandbox::EndedBy::cpu_limit:
    case sandbox::EndedBy::wall_limit:
      return what + " did not finish within the time limit for compiling";
    case sandbox::EndedBy::memory_limit:
      return what + " needed more than the memory limit for compiling";
    case sandbox::EndedBy::output_limit:
      return what + " printed more than the output limit for compiling";
    case sandbox::EndedBy::process_limit:
    case sandbox::EndedBy::scratch_limit:
      return what + " needed more processes or scratch space than compiling may have";
    case sandbox::EndedBy::forbidden_syscall:
    case sandbox::EndedBy::caller:
    case sandbox::EndedBy::program:
      return what + " refuses the submission";
  }
  return what + " failed";
}

base::Result<Compiled> compile(const sandbox::Host& host, Compilation compilation,
                               const sandbox::Limits& limits) {
  if (!compilation.artifact.empty()) {
    compilation.program.artifacts = {{.path = compilation.artifact, .limit = kLargestProgram}};
  }
  JUDGE_TRY(sandbox::RunReport report, sandbox::run(host, compilation.program, limits));
  const bool well = report.ended_by == sandbox::EndedBy::program &&
                    report.exit == sandbox::Exit{sandbox::Exit::Kind::exited, 0};
  if (well && compilation.artifact.empty()) return Compiled{std::string{}};
  if (well && !report.artifacts.empty() && report.artifacts.front().content) {
    return Compiled{std::move(*report.artifacts.front().content)};
  }
  return Compiled{CompileFailure{
      .summary = well ? compilation.what +
                            " left nothing that can be run: " + report.artifacts.front().why_absent
                      : why_it_failed(compilation.what, report),
      .output = report.standard_error + report.standard_output,
      .usage = report.usage}};
}

Compilation esbuild(const Tool& tool, const Submission& submission) {
  return {.program = {.profile = sandbox::Profile::compile,
                      .arguments = {tool.path, kBox + submission.entry, "--bundle",
                                    "--platform=node", "--packages=external", "--format=esm",
                                    "--target=node18", "--sourcemap=inline", "--log-level=warning",
                                    "--color=false", "--outfile=/tmp/submission.mjs"},
                      .environment = environment(),
                      .files = files_of(submission),
                      .binds = tool.binds},
          .artifact = "/tmp/submission.mjs",
          .what = "esbuild"};
}

bool is_source(const std::string& path, Language language) {
  const auto ends = [&](std::initializer_list<const char*> suffixes) {
    return std::any_of(suffixes.begin(), suffixes.end(),
                       [&](const char* suffix) { return path.ends_with(suffix); });
  };
  return language == Language::cpp ? ends({".cpp", ".cc", ".cxx"}) : ends({".c"});
}

Compilation native_compiler(const Tool& tool, const Submission& submission) {
  const bool cpp = submission.language == Language::cpp;
  std::vector<std::string> arguments{tool.path,
                                     cpp ? "-std=c++20" : "-std=c17",
                                     "-O2",
                                     "-pthread",
                                     "-fdiagnostics-color=never",
                                     "-fmax-errors=20",
                                     "-I/box",
                                     "-o",
                                     "/tmp/program"};
  for (const SourceFile& source : submission.files) {
    if (is_source(source.path, submission.language)) arguments.push_back(kBox + source.path);
  }
  arguments.emplace_back("-lm");
  return {.program = {.profile = sandbox::Profile::compile,
                      .arguments = std::move(arguments),
                      .environment = environment(),
                      .files = files_of(submission),
                      .binds = tool.binds},
          .artifact = "/tmp/program",
          .what = cpp ? "g++" : "gcc"};
}

Compilation syntax_check(const Tool& tool, const Submission& submission,
                         std::vector<sandbox::File> files) {
  const std::string entry = kBox + submission.entry;
  std::vector<std::string> arguments =
      submission.language == Language::python
          ? std::vector<std::string>{tool.path,
                                     "-I",
                                     "-B",
                                     "-c",
                                     "import sys; compile(open(sys.argv[1], 'rb').read(), "
                                     "sys.argv[1], 'exec')",
                                     entry}
          : std::vector<std::string>{tool.path, "--check", entry};
  return {.program = {.profile = submission.language == Language::python ? sandbox::Profile::python
                                                                         : sandbox::Profile::node,
                      .arguments = std::move(arguments),
                      .environment = environment(),
                      .files = std::move(files),
                      .binds = tool.binds},
          .artifact = "",
          .what = submission.language == Language::python ? "Python" : "Node.js"};
}

// A .js file without a package.json beside it is CommonJS for Node, but many write ECMAScript
// modules in it and run them with newer versions, which look at the syntax. So do we: what is no
// CommonJS but a module, is a module.
base::Result<std::optional<CompileFailure>> settle_module_kind(const sandbox::Host& host,
                                                               const Tool& node,
                                                               const Submission& submission,
                                                               const sandbox::Limits& limits,
                                                               std::vector<sandbox::File>& files) {
  using Outcome = std::optional<CompileFailure>;
  JUDGE_TRY(Compiled as_it_is, compile(host, syntax_check(node, submission, files), limits));
  if (std::holds_alternative<std::string>(as_it_is)) return Outcome{};
  const bool says_its_kind = std::any_of(files.begin(), files.end(), [](const sandbox::File& each) {
    return each.path.ends_with("/package.json");
  });
  if (submission.entry.ends_with(".js") && !says_its_kind) {
    files.push_back(file("/box/package.json", R"({"type": "module"})"));
    JUDGE_TRY(Compiled as_module, compile(host, syntax_check(node, submission, files), limits));
    if (std::holds_alternative<std::string>(as_module)) return Outcome{};
    return Outcome{std::get<CompileFailure>(std::move(as_module))};
  }
  return Outcome{std::get<CompileFailure>(std::move(as_it_is))};
}

// ---- running ----

// Seven hexadecimal digits of the digest as a number above 0: V8 takes 31 bits, and 0 for none.
std::string random_seed(const std::string& digest) {
  constexpr std::size_t kDigits = 7;
  const std::string_view digits = std::string_view{digest}.substr(digest.find(':') + 1, kDigits);
  unsigned seed = 0;
  (void)std::from_chars(digits.data(), digits.data() + digits.size(), seed, 16);
  return std::to_string(seed + 1);
}

// `digest`: of what runs in it. Math.random, and Python's `random`, begin with that, so that a
// program that draws from it does the same in every run.
sandbox::Program node_actor(const Tool& node, std::vector<sandbox::File> files,
                            const std::string& digest) {
  for (const harness::EmbeddedText& shim : harness::node_shim()) {
    files.push_back(file("/judge/" + std::string{shim.name}, shim.content));
  }
  sandbox::Program program{.profile = sandbox::Profile::node,
                           .arguments = {node.path},
                           .environment = environment(),
                           .files = std::move(files),
                           .binds = node.binds};
  // What they are for stands in harnesses/shims/README.md.
  program.arguments.insert(program.arguments.end(),
                           {"--no-addons", "--no-warnings", "--v8-pool-size=0",
                            "--single-threaded-gc", "--random-seed=" + random_seed(digest)});
  program.environment.emplace_back("UV_THREADPOOL_SIZE=1");
  program.arguments.emplace_back("/judge/shim.mjs");
  return program;
}

sandbox::Program python_actor(const Tool& python, std::vector<sandbox::File> files,
                              const std::string& digest) {
  for (const harness::EmbeddedText& shim : harness::python_shim()) {
    files.push_back(file("/judge/" + std::string{shim.name}, shim.content));
  }
  sandbox::Program program{.profile = sandbox::Profile::python,
                           .arguments = {python.path},
                           .environment = environment(),
                           .files = std::move(files),
                           .binds = python.binds};
  program.arguments.insert(program.arguments.end(), {"-s", "-B"});
  program.environment.emplace_back("PYTHONHASHSEED=0");
  program.arguments.insert(program.arguments.end(), {"/judge/shim.py", random_seed(digest)});
  return program;
}

Built interpreted(const Toolchain& toolchain, const Problem& problem, const Submission& submission,
                  const std::string& entry, std::vector<sandbox::File> files) {
  const Language language = submission.language;
  const sandbox::Limits limits = limits_from(problem.limits);
  const bool python = language == Language::python;
  const Tool& tool = python ? *toolchain.python : toolchain.node;
  if (!is_program(problem, language)) {
    return harness::ActorPlan{
        .program = python ? python_actor(tool, std::move(files), submission.digest)
                          : node_actor(tool, std::move(files), submission.digest),
        .limits = limits,
        .path = entry,
        .exports = problem.support(language)->exports};
  }
  std::vector<std::string> arguments{tool.path};
  if (python) arguments.emplace_back("-B");
  arguments.push_back(entry);
  return harness::ProgramPlan{
      .program = {.profile = python ? sandbox::Profile::python : sandbox::Profile::node,
                  .arguments = std::move(arguments),
                  .environment = environment(),
                  .files = std::move(files),
                  .binds = tool.binds},
      .limits = limits};
}

}  // namespace

base::Result<std::variant<Built, CompileFailure>> build(const sandbox::Host& host,
                                                        const Toolchain& toolchain,
                                                        const Problem& problem,
                                                        const Submission& submission) {
  using Outcome = std::variant<Built, CompileFailure>;
  JUDGE_TRY(const Tool* tool, toolchain.require(submission.language));
  const sandbox::Limits compiling = compile_limits_from(problem.compile_limits);
  const std::string entry = kBox + submission.entry;
  switch (submission.language) {
    case Language::javascript:
    case Language::python: {
      std::vector<sandbox::File> files = files_of(submission);
      const bool python = submission.language == Language::python;
      // A shim reports syntax errors itself; a program has no shim, and a .js file must first say
      // what it is.
      if (is_program(problem, submission.language) || submission.entry.ends_with(".js")) {
        if (python) {
          JUDGE_TRY(Compiled checked,
                    compile(host, syntax_check(*tool, submission, files), compiling));
          if (auto* failure = std::get_if<CompileFailure>(&checked))
            return Outcome{std::move(*failure)};
        } else {
          JUDGE_TRY(auto failure, settle_module_kind(host, *tool, submission, compiling, files));
          if (failure) return Outcome{std::move(*failure)};
        }
      }
      return Outcome{interpreted(toolchain, problem, submission, entry, std::move(files))};
    }
    case Language::typescript: {
      JUDGE_TRY(Compiled compiled, compile(host, esbuild(*tool, submission), compiling));
      if (auto* failure = std::get_if<CompileFailure>(&compiled))
        return Outcome{std::move(*failure)};
      return Outcome{interpreted(toolchain, problem, submission, "/box/submission.mjs",
                                 {file("/box/submission.mjs", std::get<std::string>(compiled))})};
    }
    case Language::cpp:
    case Language::c: {
      JUDGE_TRY(Compiled compiled, compile(host, native_compiler(*tool, submission), compiling));
      if (auto* failure = std::get_if<CompileFailure>(&compiled))
        return Outcome{std::move(*failure)};
      sandbox::File program = file("/box/program", std::get<std::string>(compiled));
      program.executable = true;
      return Outcome{Built{harness::ProgramPlan{
          .program = {.profile = submission.language == Language::cpp ? sandbox::Profile::cpp
                                                                      : sandbox::Profile::c,
                      .arguments = {"/box/program"},
                      .environment = environment(),
                      .files = {std::move(program)}},
          .limits = limits_from(problem.limits)}}};
    }
  }
  return base::internal("unknown language");
}

harness::ActorPlan oracle_plan(const Toolchain& toolchain) {
  std::vector<sandbox::File> files;
  for (const harness::EmbeddedText& part : harness::oracle_script()) {
    files.push_back(file("/judge/" + std::string{part.name}, part.content));
  }
  files.push_back({.path = "/judge/acorn.mjs", .content = toolchain.acorn});
  sandbox::Program program = node_actor(toolchain.node, std::move(files), "");
  // Ours, so generous; still bounded, for a predicate may loop.
  return {
      .program = std::move(program),
      .limits = {.cpu = 300s,
                 .wall = 600s,
                 .memory = 512_MiB,
                 .output = 1_MiB,
                 .processes = 32,
                 .open_files = 256,
                 .file_size = 1_MiB,
                 .scratch = 1_MiB,
                 .scratch_inodes = 64,
                 .stack = 16_MiB},
      .path = "/judge/oracle.mjs",
      .exports = {"compile", "evaluate", "evaluateAll", "compileProperty", "evaluateProperties"}};
}

}  // namespace judge
