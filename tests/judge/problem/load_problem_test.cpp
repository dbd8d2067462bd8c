#include "judge/problem/load_problem.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "judge/problem/find_problem.hpp"
#include "tests/judge/problem/stage.hpp"
#include "tests/judge/scratch_folder.hpp"

namespace {

namespace fs = std::filesystem;
using judge::Language;

// Every key and every word that problem.yaml knows, once.
constexpr std::string_view kMaximal = R"yaml(schema: 1
id: maximal
title: "Everything: at once"
topics: [async, "42"]
level: junior
minutes: 90
statement: statement.md
languages:
  python: {export: [race, all], starter: starter/solution.py}
  javascript: {export: [race, all], starter: starter/solution.mjs}
  typescript: {starter: starter/solution.ts, export: [all, race]}
  cpp: {starter: starter/main.cpp}
  c: {starter: starter/main.c}
limits: {cpu: 1.5 s, wall: 2min, memory: 64MiB, output: 1000 B, processes: 1}
compile_limits: {cpu: 500 ms, wall: 1 s, memory: 1 GiB, output: 2 KiB, processes: 64}
criteria:
  first:
    text: The first.
    weight: 2.5
    required: false
    languages: [javascript, typescript]
  second: {text: The second.}
tests:
  drawn:
    harness: schedule
    languages: [javascript, typescript, python]
    given:
      number: {integer: [-3, 6]}
      mode: {one_of: [fail-fast, 1, -0.0, .inf, .nan, null, true, "1", [a], {b: 0x1F}]}
      fixed: {value: [1, {deep: ~}]}
      tasks: {tasks: [2, 8], rejecting: at_least_one, how: [later, throws, returns], values: any}
      inputs: {promises: [0, 64], rejecting: some, how: [value, thenable, thenable-twice],
               as: [set, array, generator, iterator-throws], values: tokens}
      plain: {promises: [1, 1]}
      stop: {signal: during}
    call:
      race: [$inputs, "$plain", [$tasks, x], {n: $number, f: $fixed, dollar: $$5}, .nan]
    options: {mode: $mode, signal: $stop}
    check:
      first:
        always: "naïve === 'ü' || running.length <= 1"
        at_rest: [a > 1, 'b']
      second:
        finally: |
          same(result,
               tasks)
  programs:
    harness: cases
    languages: [cpp, c]
    compare: {mode: json-lines, float_tolerance: 1e-9}
    cases:
      - name: all of it
        arguments: ["--skip", "3"]
        stdin: "a\n"
        stdout_base64: AP8K
        exit: 3
        check: [second]
      - {name: files, stdin_file: data/in.txt, stdout_file: link-to-inside.txt, exit: any,
         check: second}
  functions:
    harness: cases
    languages: [python]
    cases:
      - {name: value, call: {all: [$x, 2]}, options: {k: $v}, returns: {a: [1, null]},
         check: [second]}
      - {name: name, call: {all: []}, throws: RangeError, check: [second]}
      - {name: names, call: {all: []}, throws: {name: [A, B], message: no}, check: [second]}
      - {name: any error, call: {all: []}, throws: {}, check: [second]}
)yaml";

judge::Problem load(const ScratchFolder& scratch, const std::string& id, std::string_view yaml) {
  judge::LoadedProblem loaded = judge::load_problem(stage_problem(scratch, id, yaml));
  if (!loaded) FAIL(scratch.relative(judge::to_error(loaded.error()).message()));
  return std::move(*loaded);
}

std::string fault_of(const ScratchFolder& scratch, const judge::LoadedProblem& loaded) {
  return loaded ? "" : scratch.relative(judge::to_error(loaded.error()).message());
}

template <typename T>
bool holds(const harness::Value& value, const T& expected) {
  const T* found = std::get_if<T>(&value.data);
  return found != nullptr && *found == expected;
}

const harness::Value& literal(const judge::Argument& argument) {
  return std::get<harness::Value>(argument.data);
}

}  // namespace

TEST_SUITE("judge/problem/load_problem") {
  TEST_CASE("whatever stands above the criteria arrives as written") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "maximal", kMaximal);
    CHECK(problem.id == "maximal");
    CHECK(problem.title == "Everything: at once");
    CHECK(problem.topics == std::vector<std::string>{"async", "42"});
    CHECK(problem.level == "junior");
    CHECK(problem.minutes == 90);
    CHECK(problem.folder == scratch.path() / "maximal");
    CHECK(problem.statement == scratch.path() / "maximal/statement.md");
    REQUIRE(problem.languages.size() == 5);
    CHECK(problem.languages[0].language == Language::python);
    CHECK(problem.languages[2].exports == std::vector<std::string>{"all", "race"});
    CHECK(problem.languages[2].starter == "starter/solution.ts");
    CHECK(problem.languages[3].exports.empty());
    CHECK(problem.support(Language::c) == &problem.languages[4]);
    CHECK(problem.limits.cpu == std::chrono::milliseconds{1500});
    CHECK(problem.limits.wall == std::chrono::minutes{2});
    CHECK(problem.limits.memory == base::Bytes{64U << 20U});
    CHECK(problem.limits.output == base::Bytes{1000});
    CHECK(problem.limits.processes == 1);
    CHECK(problem.compile_limits.cpu == std::chrono::milliseconds{500});
    CHECK(problem.compile_limits.wall == std::chrono::seconds{1});
    CHECK(problem.compile_limits.memory == base::Bytes{1U << 30U});
    CHECK(problem.compile_limits.output == base::Bytes{2048});
    CHECK(problem.compile_limits.processes == 64);
  }

  TEST_CASE("criteria arrive in order, with their defaults") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "maximal", kMaximal);
    REQUIRE(problem.criteria.size() == 2);
    const judge::Criterion& first = problem.criteria[0];
    CHECK(first.id == "first");
    CHECK(first.text == "The first.");
    CHECK(first.weight == 2.5);
    CHECK_FALSE(first.required);
    CHECK(first.languages == std::vector{Language::javascript, Language::typescript});
    const judge::Criterion& second = problem.criteria[1];
    CHECK(second.id == "second");
    CHECK(second.weight == 1);
    CHECK(second.required);
    CHECK(second.languages == std::vector{Language::python, Language::javascript,
                                          Language::typescript, Language::cpp, Language::c});
  }

  TEST_CASE("every generator arrives with its plan") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "maximal", kMaximal);
    REQUIRE(problem.tests.size() == 3);
    CHECK(problem.tests[0].name == "drawn");
    CHECK(problem.tests[0].where.line == 24);
    CHECK(problem.tests[0].where.column == 3);
    CHECK(problem.tests[0].languages ==
          std::vector{Language::javascript, Language::typescript, Language::python});
    const auto& given = std::get<judge::ScheduleTest>(problem.tests[0].plan).given;
    REQUIRE(given.size() == 7);
    CHECK(given[0].name == "number");
    CHECK(given[0].where.line == 28);
    CHECK(given[0].where.column == 7);
    CHECK(
        std::get<harness::gen::Integer>(std::get<judge::Generator>(given[0].generator).data).low ==
        -3);
    CHECK(
        std::get<harness::gen::Integer>(std::get<judge::Generator>(given[0].generator).data).high ==
        6);
    CHECK(std::get<harness::gen::Integer>(std::get<judge::Generator>(given[0].generator).data)
              .spread == harness::Spread::even);
    CHECK(std::get<harness::gen::Literals>(std::get<judge::Generator>(given[1].generator).data)
              .values.size() == 10);
    CHECK(std::get<harness::gen::Literals>(std::get<judge::Generator>(given[2].generator).data)
              .values.size() == 1);
    const auto& tasks = std::get<judge::ControlledInputs>(given[3].generator);
    CHECK(tasks.kind == judge::ControlledKind::task);
    CHECK(tasks.low == 2);
    CHECK(tasks.high == 8);
    CHECK(tasks.rejecting == judge::Rejecting::at_least_one);
    CHECK(tasks.how == std::vector<std::string>{"later", "throws", "returns"});
    CHECK(tasks.any_values);
    CHECK(tasks.collections == std::vector<std::string>{"array"});
    const auto& inputs = std::get<judge::ControlledInputs>(given[4].generator);
    CHECK(inputs.kind == judge::ControlledKind::promise);
    CHECK(inputs.rejecting == judge::Rejecting::some);
    CHECK(inputs.how == std::vector<std::string>{"value", "thenable", "thenable-twice"});
    CHECK_FALSE(inputs.any_values);
    CHECK(inputs.collections ==
          std::vector<std::string>{"set", "array", "generator", "iterator-throws"});
    const auto& plain = std::get<judge::ControlledInputs>(given[5].generator);
    CHECK(plain.rejecting == judge::Rejecting::none);
    CHECK(plain.how == std::vector<std::string>{"later"});
    CHECK(plain.collections == std::vector<std::string>{"array"});
    CHECK(std::get<judge::GivenSignal>(given[6].generator).when == judge::SignalPlan::during);
  }

  TEST_CASE("literal values follow the YAML 1.2 core schema") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "maximal", kMaximal);
    const auto& schedule = std::get<judge::ScheduleTest>(problem.tests[0].plan);
    const auto& values = std::get<harness::gen::Literals>(
                             std::get<judge::Generator>(schedule.given[1].generator).data)
                             .values;
    CHECK(holds(values[0], std::string{"fail-fast"}));
    CHECK(holds(values[1], std::int64_t{1}));
    REQUIRE(std::holds_alternative<double>(values[2].data));
    CHECK(std::signbit(std::get<double>(values[2].data)));
    CHECK(std::isinf(std::get<double>(values[3].data)));
    CHECK(std::isnan(std::get<double>(values[4].data)));
    CHECK(holds(values[5], harness::Null{}));
    CHECK(holds(values[6], true));
    CHECK(holds(values[7], std::string{"1"}));
    CHECK(holds(std::get<harness::List>(values[8].data).items[0], std::string{"a"}));
    const auto& object = std::get<harness::Object>(values[9].data);
    CHECK(object.fields[0].first == "b");
    CHECK(holds(object.fields[0].second, std::int64_t{31}));
  }

  TEST_CASE("a call keeps its references, its literals and its options apart") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "maximal", kMaximal);
    const judge::Call& call = std::get<judge::ScheduleTest>(problem.tests[0].plan).call;
    CHECK(call.function == "race");
    REQUIRE(call.arguments.size() == 5);
    CHECK(std::get<judge::Reference>(call.arguments[0].data).name == "inputs");
    CHECK(std::get<judge::Reference>(call.arguments[1].data).name == "plain");
    const auto& list = std::get<judge::ArgumentList>(call.arguments[2].data);
    CHECK(std::get<judge::Reference>(list.items[0].data).name == "tasks");
    CHECK(holds(literal(list.items[1]), std::string{"x"}));
    const auto& object = std::get<judge::ArgumentObject>(call.arguments[3].data);
    CHECK(object.fields[0].first == "n");
    CHECK(std::get<judge::Reference>(object.fields[0].second.data).name == "number");
    CHECK(holds(literal(object.fields[2].second), std::string{"$5"}));
    CHECK(std::isnan(std::get<double>(literal(call.arguments[4]).data)));
    REQUIRE(call.options.has_value());
    CHECK(call.options->fields[1].first == "signal");
    CHECK(std::get<judge::Reference>(call.options->fields[1].second.data).name == "stop");
  }

  TEST_CASE("a predicate's position is that of its first character") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "maximal", kMaximal);
    const auto& predicates = std::get<judge::ScheduleTest>(problem.tests[0].plan).predicates;
    REQUIRE(predicates.size() == 4);
    struct Row {
      const char* criterion;
      judge::When when;
      const char* expression;
      int line;
      int column;
    };
    const Row rows[] = {
        {"first", judge::When::always, "naïve === 'ü' || running.length <= 1", 41, 18},
        {"first", judge::When::at_rest, "a > 1", 42, 19},
        {"first", judge::When::at_rest, "b", 42, 27},
        {"second", judge::When::finally, "same(result,\n     tasks)\n", 45, 11},
    };
    for (std::size_t i = 0; i < std::size(rows); ++i) {
      CAPTURE(i);
      CHECK(predicates[i].criterion == rows[i].criterion);
      CHECK(predicates[i].when == rows[i].when);
      CHECK(predicates[i].expression == rows[i].expression);
      CHECK(predicates[i].where.file == (scratch.path() / "maximal/problem.yaml").string());
      CHECK(predicates[i].where.line == rows[i].line);
      CHECK(predicates[i].where.column == rows[i].column);
    }
  }

  TEST_CASE("cases of programs arrive with what they feed and expect") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "maximal", kMaximal);
    const auto& test = std::get<judge::CasesTest>(problem.tests[1].plan);
    CHECK(test.comparison.mode == judge::CompareMode::json_lines);
    CHECK(test.comparison.float_tolerance == 1e-9);
    REQUIRE(test.cases.size() == 2);
    CHECK(test.cases[0].name == "all of it");
    CHECK(test.cases[0].criteria == std::vector<std::string>{"second"});
    CHECK(test.cases[0].where.line == 52);
    CHECK(test.cases[0].where.column == 9);
    const auto& first = std::get<judge::ProgramCase>(test.cases[0].what);
    CHECK(first.arguments == std::vector<std::string>{"--skip", "3"});
    CHECK(first.input == "a\n");
    CHECK(first.expected_output == std::string("\0\xFF\n", 3));
    CHECK(first.expected_exit == 3);
    const auto& second = std::get<judge::ProgramCase>(test.cases[1].what);
    CHECK(second.arguments.empty());
    CHECK(second.input == "x\n");
    CHECK(second.expected_output == "x\n");
    CHECK_FALSE(second.expected_exit.has_value());
    CHECK(test.cases[1].criteria == std::vector<std::string>{"second"});
  }

  TEST_CASE("cases of functions take '$' literally and expect a value or a throw") {
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "maximal", kMaximal);
    const auto& cases = std::get<judge::CasesTest>(problem.tests[2].plan).cases;
    REQUIRE(cases.size() == 4);
    const auto& value = std::get<judge::FunctionCase>(cases[0].what);
    CHECK(value.call.function == "all");
    CHECK(holds(literal(value.call.arguments[0]), std::string{"$x"}));
    CHECK(holds(literal(value.call.options->fields[0].second), std::string{"$v"}));
    CHECK(std::holds_alternative<harness::Object>(std::get<harness::Value>(value.expected).data));
    const auto thrown = [&](std::size_t i) {
      return std::get<judge::ExpectedThrow>(std::get<judge::FunctionCase>(cases[i].what).expected);
    };
    CHECK(thrown(1).names == std::vector<std::string>{"RangeError"});
    CHECK_FALSE(thrown(1).message.has_value());
    CHECK(thrown(2).names == std::vector<std::string>{"A", "B"});
    CHECK(thrown(2).message == "no");
    CHECK(thrown(3).names.empty());
  }

  TEST_CASE(
      "the digest changes with problem.yaml and with the files that decide, not with others") {
    const ScratchFolder scratch;
    const std::string before = load(scratch, "maximal", kMaximal).digest;
    CHECK(before.size() == std::string{"blake2b:"}.size() + 64);
    scratch.write("maximal/statement.md", "other");
    scratch.write("maximal/starter/main.c", "other");
    CHECK(judge::load_problem(scratch.path() / "maximal")->digest == before);
    scratch.write("maximal/data/in.txt", "other");
    const std::string after = judge::load_problem(scratch.path() / "maximal")->digest;
    CHECK(after != before);
    scratch.write("maximal/problem.yaml", std::string{kMaximal} + "# a comment\n");
    CHECK(judge::load_problem(scratch.path() / "maximal")->digest != after);
  }

  TEST_CASE("an alias stands for what it names, at every place and at its position") {
    const ScratchFolder scratch;
    std::string yaml{kMaximal};
    const std::string from =
        "        at_rest: [a > 1, 'b']\n      second:\n        finally: |\n"
        "          same(result,\n               tasks)\n";
    const std::size_t at = yaml.find(from);
    REQUIRE(at != std::string::npos);
    yaml.replace(at, from.size(),
                 "        at_rest: &both [a > 1, 'b']\n      second: {finally: *both}\n");
    const judge::Problem problem = load(scratch, "maximal", yaml);
    const auto& predicates = std::get<judge::ScheduleTest>(problem.tests[0].plan).predicates;
    REQUIRE(predicates.size() == 5);
    CHECK(predicates[4].criterion == "second");
    CHECK(predicates[4].expression == "b");
    CHECK(predicates[4].where.line == 42);
  }

  TEST_CASE("the folder may be named in any way that leads to it") {
    const ScratchFolder scratch;
    const fs::path folder = stage_problem(scratch, "maximal", kMaximal);
    for (const fs::path& name : {folder / "", folder / ".", folder / "starter/.."}) {
      CAPTURE(name.string());
      const judge::LoadedProblem loaded = judge::load_problem(name);
      CHECK(fault_of(scratch, loaded) == "");
    }
  }

  TEST_CASE("a folder or file that is not there is one error without a position") {
    const ScratchFolder scratch;
    scratch.write("a-file", "");
    fs::create_directory(scratch.path() / "bare");
    CHECK(fault_of(scratch, judge::load_problem(scratch.path() / "none")) ==
          "none: does not exist; name a problem's folder");
    CHECK(fault_of(scratch, judge::load_problem(scratch.path() / "a-file")) ==
          "a-file: is not a folder; name a problem's folder");
    CHECK(fault_of(scratch, judge::load_problem(scratch.path() / "bare")) ==
          "bare/problem.yaml: does not exist");
    scratch.write("bare/problem.yaml", std::string((1U << 20U) + 1, '#'));
    CHECK(fault_of(scratch, judge::load_problem(scratch.path() / "bare")) ==
          "bare/problem.yaml: is larger than 1 MiB");
  }

  TEST_CASE("after a hundred errors the rest is counted") {
    const ScratchFolder scratch;
    std::string yaml;
    for (int i = 0; i < 150; ++i) yaml += "k" + std::to_string(i) + ": 1\n";
    const judge::LoadedProblem loaded = judge::load_problem(stage_problem(scratch, "many", yaml));
    REQUIRE_FALSE(loaded.has_value());
    CHECK(loaded.error().size() == 101);
    CHECK(scratch.relative(judge::to_string(loaded.error().back())) ==
          "many/problem.yaml: and 60 more; mend these first");
  }

  TEST_CASE("the example in problems/README.md loads") {
    const std::string readme = content_of(fs::path{JUDGE_PROBLEMS} / "README.md");
    const std::size_t start = readme.find("schema: 1\n");
    REQUIRE(start != std::string::npos);
    const std::string yaml = readme.substr(start, readme.find("```", start) - start);
    const ScratchFolder scratch;
    const judge::Problem problem = load(scratch, "task-runner", yaml);
    CHECK(problem.criteria.size() == 4);
    CHECK(problem.tests.size() == 2);
    CHECK(problem.compile_limits.cpu == std::chrono::seconds{30});
  }

  TEST_CASE("every problem that the repository ships loads") {
    const auto problems = judge::find_problems({JUDGE_PROBLEMS});
    CHECK_FALSE(problems.empty());
    for (const judge::ProblemFolder& problem : problems) {
      CAPTURE(problem.id);
      const judge::LoadedProblem loaded = judge::load_problem(problem.folder);
      CHECK((loaded ? "" : judge::to_error(loaded.error()).message()) == "");
    }
  }
}
