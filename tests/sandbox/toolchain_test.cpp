#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include <doctest/doctest.h>

#include "sandbox/base/unique_fd.hpp"
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

}  // namespace

TEST_SUITE("sandbox/toolchain") {
  TEST_CASE(
      "Node runs: modules, timers, threads, child processes, memory reports, an inherited socket") {
    if (is_missing("/usr/bin/node")) return;
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
    if (host().enforced().memory == "rlimit-data+sampling") {
      MESSAGE("SKIPPED: no control group for memory here");
      return;
    }
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
    CHECK(compiled.standard_error.find("/etc/shadow: No such file or directory") !=
          std::string::npos);
    CHECK_FALSE(compiled.artifacts[0].content.has_value());
  }
}
