#include <doctest/doctest.h>

#include "harnesses/protocol/show.hpp"
#include "tests/harnesses/shims/shim_process.hpp"

using namespace shim_test;

TEST_SUITE("harnesses/shims/python load") {
  TEST_CASE("functions of every sort are found by name") {
    if (!is_available(Runtime::python)) return;
    for (const std::string source : {
             "def f(): return 1",
             "async def f(): return 1",
             "f = lambda: 1",
             "class f:\n  def __new__(cls): return 1",
             "import asyncio, json, dataclasses, typing, heapq, contextlib, collections\nf = "
             "lambda: 1",
             "from __future__ import annotations\nfrom dataclasses import "
             "dataclass\n@dataclass\nclass A:\n  x: int\n"
             "f = lambda: A(1).x",
             "import asyncio\nasyncio.run(asyncio.sleep(0))\nasync def f(): return 1",
         }) {
      ShimProcess shim{Runtime::python, "a.py", source};
      CAPTURE(source);
      CHECK(shim.load({"f"}) == "READY");
      CHECK(shim.call("f", {}).find("FULFILLED 1 | REST") != std::string::npos);
    }
  }

  TEST_CASE("what goes wrong is told apart: syntax before anything ran, execution after") {
    if (!is_available(Runtime::python)) return;
    struct Row {
      std::string source;
      std::string answer;
      std::string error;
    };
    for (const Row& row : {
             Row{"def f(:", "LOAD_FAILED syntax []", "SyntaxError('invalid syntax')"},
             Row{"  x = 1", "LOAD_FAILED syntax []", "IndentationError('unexpected indent')"},
             Row{"compile('(', 'x', 'exec')", "LOAD_FAILED execution []",
                 "SyntaxError('\\'(\\' was never closed')"},
             Row{"raise ValueError('early')", "LOAD_FAILED execution []", "ValueError('early')"},
             Row{"import no_such_module", "LOAD_FAILED execution []",
                 "ModuleNotFoundError('No module named \\'no_such_module\\'')"},
             Row{"def g(): pass\nf = 5", "LOAD_FAILED missing_export ['f']", "null"},
         }) {
      ShimProcess shim{Runtime::python, "a.py", row.source};
      CAPTURE(row.source);
      CHECK(shim.load({"f"}) == row.answer);
      if (row.source[0] != 'c')
        CHECK(harness::show(shim.last()) == row.error);  // the text differs between versions
      CHECK(shim.call("f", {}) == "REFUSED 'nothing is loaded'");
    }
  }

  TEST_CASE("what a program draws is the same in every run, and chance is there for who asks") {
    if (!is_available(Runtime::python)) return;
    const auto drawn = [](const std::string& expression) {
      ShimProcess shim{Runtime::python, "a.py",
                       "import random, secrets\ndef f(): return " + expression};
      CHECK(shim.load({"f"}) == "READY");
      return shim.call("f", {});
    };
    for (const std::string expression : {
             "random.random()",
             "random.Random().random()",
             "[random.seed(), random.random()][1]",
             "type('Mine', (random.Random,), {})().random()",
         }) {
      CAPTURE(expression);
      CHECK(drawn(expression) == drawn(expression));
    }
    CHECK(drawn("random.random()") != drawn("random.Random().random()"));
    CHECK(drawn("random.Random(7).random() == random.Random(7).random()").find("FULFILLED true") !=
          std::string::npos);
    CHECK(drawn("secrets.randbits(60)") != drawn("secrets.randbits(60)"));
    CHECK(drawn("random.SystemRandom().random()") != drawn("random.SystemRandom().random()"));
  }

  TEST_CASE("a program does not see the number that its draws begin with") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py", "import sys\ndef f(): return len(sys.argv)"};
    CHECK(shim.load({"f"}) == "READY");
    CHECK(shim.call("f", {}).find("FULFILLED 1") != std::string::npos);
  }

  TEST_CASE("a program that ends itself closes the channel") {
    if (!is_available(Runtime::python)) return;
    for (const std::string source :
         {"import sys; sys.exit(0)", "import os; os._exit(0)", "import os; os.abort()"}) {
      ShimProcess shim{Runtime::python, "a.py", source};
      CAPTURE(source);
      CHECK(shim.load({"f"}) == "CLOSED");
    }
  }

  TEST_CASE("the shim ends with its channel") {
    if (!is_available(Runtime::python)) return;
    ShimProcess shim{Runtime::python, "a.py",
                     "print('{\"verdict\": \"accepted\"}')\ndef f(): return 1"};
    CHECK(shim.load({"f"}) == "READY");
    CHECK(shim.end() == 0);
  }
}
