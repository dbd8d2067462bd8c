// Programs whose work goes on apart from their main thread, with a time limit of their own: work
// takes no time, so that it is over before the limit, however short that is.
#include <string>

#include <doctest/doctest.h>

#include "tests/judge/grading/scratch_problem.hpp"

using judge::VerdictKind;
using judge::test::grade;
using judge::test::ScratchProblem;

namespace {

// Several, so that later ones meet what earlier ones left.
const std::string kCases = R"yaml(  t:
    harness: cases
    cases:
      - {name: one, call: [30], returns: 30, check: [right, other]}
      - {name: two, call: [31], returns: 31, check: [right, other]}
      - {name: three, call: [32], returns: 32, check: [right, other]}
)yaml";

// `work(n)` fulfils with n when some 50 ms of computing are done.
std::string within_a_limit(const std::string& work) {
  return work + R"(
const late = () => new Promise((done) => { setTimeout(done, 20, 'late'); });
export const run = (n) => Promise.race([work(n), late()]);
)";
}
std::string within_a_limit_python(const std::string& work) {
  return "import asyncio, hashlib, subprocess, sys, threading\n" + work + R"(
async def run(n):
    return await asyncio.wait_for(work(n), 0.02)
)";
}

}  // namespace

TEST_SUITE("judge/grading/elsewhere") {
  TEST_CASE("the limit ends what never comes") {
    const ScratchProblem scratch{kCases};
    CHECK(grade(scratch, within_a_limit("const work = () => new Promise(() => {});")).kind ==
          VerdictKind::wrong_answer);
  }

  TEST_CASE("work in Node's thread pool is over before the limit") {
    const ScratchProblem scratch{kCases};
    CHECK(grade(scratch, within_a_limit(R"(
import { pbkdf2 } from 'node:crypto';
const work = (n) => new Promise((done) => {
  pbkdf2('a', 'b', 100000, 32, 'sha512', () => done(n));
});)"))
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("work in a worker thread is over before the limit") {
    const ScratchProblem scratch{kCases};
    CHECK(grade(scratch, within_a_limit(R"(
import { Worker } from 'node:worker_threads';
const source = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', (n) => {
    let x = 1;
    for (let i = 0; i < 5e7; i++) x = (x * 7 + i) % 1000003;
    parentPort.postMessage(x < 0 ? x : n);
  });`;
const worker = new Worker(source, { eval: true });
const work = (n) => new Promise((done) => {
  worker.once('message', done);
  worker.postMessage(n);
});)"))
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("work in a thread of a Python program's own is over before the limit") {
    const ScratchProblem scratch{kCases};
    CHECK(grade(scratch, "a.py", within_a_limit_python(R"(
async def work(n):
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def compute():
        hashlib.pbkdf2_hmac("sha512", b"a", b"b", 100000)
        loop.call_soon_threadsafe(done.set_result, n)

    threading.Thread(target=compute).start()
    return await done
)"))
              .kind == VerdictKind::accepted);
  }

  TEST_CASE("work in a program that a Python program starts is over before the limit") {
    const ScratchProblem scratch{kCases};
    CHECK(grade(scratch, "a.py", within_a_limit_python(R"py(
async def work(n):
    code = "import hashlib; hashlib.pbkdf2_hmac('sha512', b'a', b'b', 100000)"
    child = subprocess.Popen([sys.executable, "-c", code])
    while child.poll() is None:
        await asyncio.sleep(0.001)
    return n
)py"))
              .kind == VerdictKind::accepted);
  }
}
