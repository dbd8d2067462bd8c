#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "sandbox/base/unique_fd.hpp"
#include "tests/sandbox/programs/programs.hpp"
#include "tests/sandbox/support.hpp"

using namespace base::literals;
using namespace std::chrono_literals;
using namespace sandbox;
using namespace sandbox::test;

namespace {

bool is_missing(const char* path) {
  if (::access(path, X_OK) == 0) return false;
  MESSAGE("SKIPPED: no " << path << " here");
  return true;
}

// Without one, address space that is only reserved counts.
bool is_without_memory_group() {
  if (host().enforced().memory != "rlimit-data+sampling") return false;
  MESSAGE("SKIPPED: no control group for memory here");
  return true;
}

std::string_view broad_program(std::string_view name) {
  for (const base::EmbeddedText& program : broad_programs()) {
    if (program.name == name) return program.content;
  }
  FAIL("no such program in tests/sandbox/programs");
  return {};
}

// Compilers and virtual machines on a busy host.
Limits generous_limits() {
  Limits limits = usual_limits();
  limits.cpu = 40s;
  limits.wall = 100s;
  limits.memory = 1_GiB;
  limits.scratch = 256_MiB;
  limits.processes = 96;
  limits.open_files = 256;
  return limits;
}

Program program_for(Profile profile, std::vector<std::string> arguments) {
  Program program;
  program.profile = profile;
  program.environment = {"HOME=/tmp", "PATH=/usr/bin:/bin"};
  program.arguments = std::move(arguments);
  return program;
}

// One of tests/sandbox/programs, which use what a language offers and say what did not work.
void check_broad(Program program) {
  if (needs_namespaces("local sockets, named semaphores, the name /tmp; see sandbox/bare")) return;
  const RunReport report = run_here(program, generous_limits());
  CAPTURE(report.standard_error);
  CHECK(report.standard_output == "done\n");
  CHECK_FALSE(report.forbidden_syscall.has_value());
  CHECK(report.exit == Exit{Exit::Kind::exited, 0});
}

// Compiles inside and returns what came out.
std::string compile_inside(Program compile, const std::string& result) {
  compile.artifacts = {Artifact{result, 64_MiB}};
  RunReport report = run_here(compile, generous_limits());
  CAPTURE(report.standard_output);
  CAPTURE(report.standard_error);
  REQUIRE(report.exit == Exit{Exit::Kind::exited, 0});
  REQUIRE(report.artifacts[0].content.has_value());
  return *report.artifacts[0].content;
}

// Where rustc keeps its libraries; "" when there is none, or none that this user reaches.
std::string rust_folder() {
  std::FILE* pipe = ::popen("rustc --print sysroot 2>/dev/null", "re");
  if (pipe == nullptr) return "";
  std::array<char, 4096> buffer{};
  std::string folder{buffer.data(), std::fread(buffer.data(), 1, buffer.size(), pipe)};
  ::pclose(pipe);
  folder.erase(std::remove(folder.begin(), folder.end(), '\n'), folder.end());
  return ::access((folder + "/bin/rustc").c_str(), X_OK) == 0 ? folder : "";
}

// Debian keeps what Java reads at its start in /etc/java-<version>-openjdk.
std::vector<ReadOnlyBind> java_settings() {
  std::vector<ReadOnlyBind> binds;
  for (const auto& entry : std::filesystem::directory_iterator{"/etc"}) {
    const std::string path = entry.path().string();
    if (path.starts_with("/etc/java-")) binds.push_back({path, path});
  }
  return binds;
}

}  // namespace

TEST_SUITE("sandbox/toolchain") {
  TEST_CASE(
      "Node runs: modules, timers, threads, child processes, memory reports, an inherited socket") {
    if (is_missing("/usr/bin/node")) return;
    if (needs_namespaces("a name for the user; see sandbox/bare")) return;
    int pair[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
    const base::UniqueFd ours{pair[0]};
    base::UniqueFd theirs{pair[1]};
    Program program;
    program.profile = Profile::node;
    program.environment = {"HOME=/tmp", "PATH=/usr/bin:/bin"};
    program.arguments = {"/usr/bin/node", "/box/main.mjs"};
    program.inherited = {{theirs.get(), 3}};
    program.files = {File{"/box/other.mjs", text("export const two = 2;")},
                     File{"/box/main.mjs", text(R"(
      import { Worker } from 'node:worker_threads';
      import { execFileSync } from 'node:child_process';
      import { createHash, randomBytes } from 'node:crypto';
      import { gzipSync } from 'node:zlib';
      import net from 'node:net';
      import os from 'node:os';
      import { two } from './other.mjs';
      const socket = new net.Socket({ fd: 3 });
      socket.write('ping ' + two);
      await new Promise((resolve) => socket.once('data', resolve));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 5));
      const source = 'require("worker_threads").parentPort.postMessage(42)';
      const worker = new Worker(source, { eval: true });
      const answer = await new Promise((resolve) => worker.once('message', resolve));
      const child = execFileSync('/bin/echo', ['child']).toString().trim();
      createHash('sha256').update(randomBytes(16)).digest('hex');
      const zipped = gzipSync('x').length > 0;
      console.log(answer, child, zipped, process.memoryUsage().rss > 0, os.userInfo().uid);
    )")}};
    auto process = Process::start(host(), program, usual_limits());
    REQUIRE_MESSAGE(process.has_value(), process.error().message());
    theirs.reset();
    REQUIRE(process->wait(ours.get(), 15s).value() == Process::Wake::channel_ready);
    char word[16] = {};
    CHECK(::read(ours.get(), word, sizeof word) == 6);
    CHECK(std::string{word} == "ping 2");
    REQUIRE(::write(ours.get(), "pong", 4) == 4);
    CHECK(process->wait(-1, 15s).value() == Process::Wake::ended);
    auto report = std::move(*process).finish();
    REQUIRE(report.has_value());
    CAPTURE(report->standard_error);
    CHECK(report->standard_output == "42 child true true 1000\n");
    CHECK(report->exit == Exit{Exit::Kind::exited, 0});
  }

  TEST_CASE("a JavaScript heap beyond the limit is a matter of memory") {
    if (is_missing("/usr/bin/node")) return;
    if (is_without_memory_group()) return;
    Program program;
    program.profile = Profile::node;
    program.arguments = {"/usr/bin/node", "-e",
                         "const all = []; for (;;) all.push(new Array(1e5).fill(1.5))"};
    Limits limits = usual_limits();
    limits.memory = 128_MiB;
    CHECK(run_here(program, limits).ended_by == EndedBy::memory_limit);
  }

  TEST_CASE("Python runs: threads, asyncio, subprocesses, multiprocessing") {
    if (is_missing("/usr/bin/python3")) return;
    if (needs_namespaces("named semaphores, which are files in /dev/shm; see sandbox/bare")) return;
    Program program;
    program.profile = Profile::python;
    program.environment = {"HOME=/tmp", "PATH=/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE=1"};
    program.arguments = {"/usr/bin/python3", "/box/main.py"};
    program.files = {File{"/box/main.py", text(R"(
import asyncio, hashlib, json, multiprocessing, os, subprocess, tempfile, threading
async def main():
    await asyncio.sleep(0.001)
    process = await asyncio.create_subprocess_exec('/bin/echo', 'child', stdout=subprocess.PIPE)
    return (await process.communicate())[0].decode().strip()
def square(queue, n):
    queue.put(n * n)
if __name__ == '__main__':
    thread = threading.Thread(target=lambda: None); thread.start(); thread.join()
    with tempfile.TemporaryFile() as file: file.write(b'x')
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=square, args=(queue, 7)); process.start()
    print(asyncio.run(main()), queue.get(), os.getuid(), os.path.expanduser('~'))
    process.join()
)")}};
    const RunReport report = run_here(program);
    CAPTURE(report.standard_error);
    CHECK(report.standard_output == "child 49 1000 /tmp\n");
    CHECK(report.exit == Exit{Exit::Kind::exited, 0});
  }

  TEST_CASE("g++ compiles inside, and what it made runs inside") {
    if (is_missing("/usr/bin/g++")) return;
    Program compile;
    compile.profile = Profile::compile;
    compile.environment = {"HOME=/tmp", "PATH=/usr/bin:/bin"};
    compile.arguments = {"/usr/bin/g++", "-std=c++20", "-pthread",
                         "-o",           "/tmp/main",  "/box/main.cpp"};
    compile.files = {
        File{"/box/main.cpp",
             text("#include <cstdio>\n#include <thread>\n"
                  "int main() { std::thread([] { std::puts(\"hello\"); }).join(); }\n")}};
    compile.artifacts = {Artifact{"/tmp/main", 16_MiB}};
    RunReport compiled = run_here(compile);
    CAPTURE(compiled.standard_error);
    REQUIRE(compiled.exit == Exit{Exit::Kind::exited, 0});
    REQUIRE(compiled.artifacts[0].content.has_value());
    Program program;
    program.arguments = {"/box/main"};
    program.files = {File{"/box/main", text(*compiled.artifacts[0].content), true}};
    CHECK(run_here(program).standard_output == "hello\n");

    compile.files = {
        File{"/box/main.cpp", text("#include \"/etc/shadow\"\nint main() { return 1 }\n")}};
    compiled = run_here(compile);
    CHECK(compiled.exit == Exit{Exit::Kind::exited, 1});
    CHECK(compiled.ended_by == EndedBy::program);
    const std::string why =
        host().tier() == Tier::d ? "Permission denied" : "No such file or directory";
    CHECK(compiled.standard_error.find("/etc/shadow: " + why) != std::string::npos);
    CHECK_FALSE(compiled.artifacts[0].content.has_value());
  }

  TEST_CASE("C++ does inside what its library offers") {
    if (is_missing("/usr/bin/g++")) return;
    Program compile =
        program_for(Profile::compile, {"/usr/bin/g++", "-std=c++20", "-O1", "-flto=2", "-pthread",
                                       "-o", "/tmp/main", "/box/main.cpp"});
    compile.files = {File{"/box/main.cpp", text(broad_program("broad.cpp"))}};
    Program program = program_for(Profile::cpp, {"/box/main"});
    program.files = {File{"/box/main", text(compile_inside(compile, "/tmp/main")), true}};
    check_broad(program);
  }

  TEST_CASE("programs with sanitizers run inside, and make their finds") {
    if (is_missing("/usr/bin/g++") || is_without_memory_group()) return;
    struct Row {
      const char* option;
      const char* code;
      const char* find;
    };
    for (const Row& row : {
             Row{"-fsanitize=address",
                 "int main(int n, char**) { int a[2] = {}; return a[n + 1]; }",
                 "stack-buffer-overflow"},
             Row{"-fsanitize=thread",
                 "#include <thread>\nint a;\n"
                 "int main() { std::thread t([] { a = 1; }); a = 2; t.join(); }",
                 "data race"},
             Row{"-fsanitize=undefined", "int main(int n, char**) { return (n + 0x7ffffffe) + n; }",
                 "signed integer overflow"},
         }) {
      CAPTURE(row.option);
      Program compile = program_for(
          Profile::compile, {"/usr/bin/g++", "-g", row.option, "-o", "/tmp/main", "/box/main.cpp"});
      compile.files = {File{"/box/main.cpp", text(row.code)}};
      Program program = program_for(Profile::cpp, {"/box/main"});
      program.files = {File{"/box/main", text(compile_inside(compile, "/tmp/main")), true}};
      program.environment.emplace_back("ASAN_OPTIONS=detect_leaks=0");
      const RunReport report = run_here(program, generous_limits());
      CAPTURE(report.standard_error);
      CHECK(report.ended_by == EndedBy::program);
      CHECK(report.standard_error.find(row.find) != std::string::npos);
    }
  }

  TEST_CASE("Python does inside what its library offers") {
    if (is_missing("/usr/bin/python3")) return;
    Program program = program_for(Profile::python, {"/usr/bin/python3", "/box/main.py"});
    program.files = {File{"/box/main.py", text(broad_program("broad.py"))}};
    check_broad(program);
    Program compile =
        program_for(Profile::compile, {"/usr/bin/python3", "-m", "py_compile", "/box/main.py"});
    compile.environment.emplace_back("PYTHONPYCACHEPREFIX=/tmp");
    compile.files = program.files;
    CHECK(run_here(compile, generous_limits()).exit == Exit{Exit::Kind::exited, 0});
  }

  TEST_CASE("Node does inside what it offers") {
    if (is_missing("/usr/bin/node")) return;
    Program program = program_for(Profile::node, {"/usr/bin/node", "/box/main.mjs"});
    program.files = {File{"/box/main.mjs", text(broad_program("broad.mjs"))}};
    check_broad(program);
  }

  TEST_CASE("Java compiles inside, and does what it offers") {
    if (is_missing("/usr/bin/javac")) return;
    Program compile =
        program_for(Profile::compile, {"/bin/sh", "-c",
                                       "javac -J-Xmx256m -d /tmp/classes /box/Broad.java && "
                                       "cd /tmp/classes && jar --create --file /tmp/broad.jar *"});
    compile.binds = java_settings();
    compile.files = {File{"/box/Broad.java", text(broad_program("Broad.java"))}};
    Program program = program_for(Profile::java, {"/usr/bin/java", "-XX:+UseG1GC", "-Xmx64m", "-cp",
                                                  "/box/broad.jar", "Broad"});
    program.binds = compile.binds;
    program.files = {File{"/box/broad.jar", text(compile_inside(compile, "/tmp/broad.jar"))}};
    check_broad(program);
  }

  TEST_CASE("Rust compiles inside, and does what its library offers") {
    if (needs_namespaces("a bind of what only root may read")) return;
    const std::string folder = rust_folder();
    if (folder.empty()) {
      MESSAGE("SKIPPED: no rustc here");
      return;
    }
    Program compile = program_for(Profile::compile, {"/rust/bin/rustc", "--edition=2021", "-O",
                                                     "-o", "/tmp/main", "/box/main.rs"});
    compile.binds = {ReadOnlyBind{folder, "/rust"}};
    compile.files = {File{"/box/main.rs", text(broad_program("broad.rs"))}};
    Program program = program_for(Profile::rust, {"/box/main"});
    program.files = {File{"/box/main", text(compile_inside(compile, "/tmp/main")), true}};
    check_broad(program);
  }
}
