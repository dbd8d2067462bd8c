// From a row to a program and its limits, by the language of the probe.
#include <unistd.h>

#include <filesystem>

#include "tests/sandbox/containment/probe_text.hpp"
#include "tests/sandbox/containment/run_row.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;

Limits program_limits() {
  return Limits{.cpu = 2s,
                .wall = 20s,
                .memory = 64_MiB,
                .output = 64_KiB,
                .processes = 16,
                .open_files = 64,
                .file_size = 16_MiB,
                .scratch = 16_MiB,
                .scratch_inodes = 200,
                .stack = 8_MiB};
}

struct Language {
  std::string_view ending;
  Profile profile;
  std::vector<std::string> command;  // the path of the source follows
  base::Bytes memory;
  int processes;
  std::chrono::milliseconds cpu;
};

const std::vector<Language>& languages() {
  static const std::vector<Language> all = {
      {".py", Profile::python, {"/usr/bin/python3"}, 96_MiB, 16, 2s},
      {".mjs", Profile::node, {"/usr/bin/node"}, 128_MiB, 32, 3s},
      {".java",
       Profile::java,
       {"/usr/bin/java", "-XX:TieredStopAtLevel=1", "-Xms16m", "-Xmx2g",
        "-XX:ErrorFile=/tmp/hs_err.log"},
       384_MiB,
       64,
       10s},
      {".cpp", Profile::compile, {"/usr/bin/g++", "-std=c++20", "-o", "/tmp/out"}, 256_MiB, 16, 3s},
      {".S", Profile::compile, {"/usr/bin/gcc", "-c", "-o", "/tmp/out"}, 256_MiB, 16, 3s},
  };
  return all;
}

const Language* language_of(const std::string& probe) {
  for (const Language& language : languages()) {
    if (probe.ends_with(language.ending)) return &language;
  }
  return nullptr;
}

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// Debian's Java looks for them outside its own folder.
void add_java_settings(Program& program) {
  std::error_code unreadable;
  for (std::filesystem::directory_iterator entry{"/etc", unreadable};
       entry != std::filesystem::directory_iterator{}; entry.increment(unreadable)) {
    const std::string path = entry->path().string();
    if (path.starts_with("/etc/java-")) program.binds.push_back({path, path});
  }
}

Program make_program(const Row& row, const std::vector<std::string>& arguments,
                     const Stage& stage) {
  Program program;
  program.environment = {"HOME=/tmp", "PATH=/usr/bin:/bin"};
  const std::string name = last_part(row.probe);
  if (const Language* language = language_of(row.probe)) {
    program.profile = language->profile;
    program.files = {File{"/box/" + name, probe_source(row.probe)}};
    program.arguments = language->command;
    program.arguments.push_back("/box/" + name);
    if (language->profile == Profile::java) add_java_settings(program);
  } else {
    program.files = {File{"/box/probe", compiled_probe(name), true}};
    program.arguments = {"/box/probe"};
  }
  for (const std::string& file : row.more_files) {
    program.files.push_back(File{"/box/" + last_part(file), probe_source(file)});
  }
  if (row.profile) program.profile = *row.profile;
  for (const std::string& argument : arguments) {
    program.arguments.push_back(stage.fill_in(argument));
  }
  if (row.input) program.input = std::make_shared<const std::string>(*row.input);
  if (row.with_set_uid_program && !stage.set_uid_program().empty()) {
    program.binds.push_back({stage.set_uid_program(), "/opt/set_uid"});
  }
  return program;
}

Limits make_limits(const Row& row) {
  Limits limits = program_limits();
  if (const Language* language = language_of(row.probe)) {
    limits.memory = language->memory;
    limits.processes = language->processes;
    limits.cpu = language->cpu;
  }
  const LimitChanges& changes = row.limits;
  limits.cpu = changes.cpu.value_or(limits.cpu);
  limits.wall = changes.wall.value_or(limits.wall);
  limits.memory = changes.memory.value_or(limits.memory);
  limits.output = changes.output.value_or(limits.output);
  limits.processes = changes.processes.value_or(limits.processes);
  limits.open_files = changes.open_files.value_or(limits.open_files);
  limits.scratch = changes.scratch.value_or(limits.scratch);
  return limits;
}

}  // namespace

PreparedRow prepare(const Row& row, const Stage& stage) {
  PreparedRow prepared{&row, make_limits(row), {}, {}, {}, {}};
  if (const Language* language = language_of(row.probe)) {
    if (::access(language->command.front().c_str(), X_OK) != 0) {
      prepared.missing = "no " + language->command.front() + " here";
      return prepared;
    }
  }
  if (row.with_set_uid_program && stage.set_uid_program().empty()) {
    prepared.missing = "only root can put up a set-uid program";
    return prepared;
  }
  prepared.program = make_program(row, row.arguments, stage);
  if (!row.before.empty()) prepared.before = make_program(row, row.before, stage);
  if (!row.beside.empty()) prepared.beside = make_program(row, row.beside, stage);
  return prepared;
}

}  // namespace sandbox::test
