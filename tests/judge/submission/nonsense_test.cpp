#include "judge/submission/nonsense.hpp"

#include <set>
#include <string>

#include <doctest/doctest.h>

using judge::Language;

namespace {

judge::Problem problem_with(std::vector<judge::LanguageSupport> languages) {
  judge::Problem problem;
  problem.languages = std::move(languages);
  return problem;
}

}  // namespace

TEST_SUITE("judge/submission/nonsense") {
  TEST_CASE("each program has all exports that the problem asks for, and bytes of its own") {
    const auto all = judge::nonsense_submissions(problem_with(
        {{Language::python, {"run"}, ""}, {Language::javascript, {"run", "Box"}, ""}}));
    CHECK(all.size() > 4);
    std::set<std::string> digests;
    for (const judge::Submission& each : all) {
      CAPTURE(each.display_name);
      CHECK(each.language == Language::javascript);
      CHECK(judge::entry_content(each).find("export { odd as run };") != std::string::npos);
      CHECK(judge::entry_content(each).find("export { odd as Box };") != std::string::npos);
      digests.insert(each.digest);
    }
    CHECK(digests.size() == all.size());
  }

  TEST_CASE("there is none where JavaScript is not offered, or a program is asked for") {
    CHECK(judge::nonsense_submissions(problem_with({{Language::python, {"run"}, ""}})).empty());
    CHECK(judge::nonsense_submissions(problem_with({{Language::javascript, {}, ""}})).empty());
  }
}
