#include "harnesses/schedule/determinism.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "harnesses/engine/sources.hpp"
#include "harnesses/schedule/same_course.hpp"

namespace harness {
namespace {

constexpr int kCourses = 8;  // of a suspect, in each of the two processes

using Courses = std::vector<Trace>;

// Up to where the program ended.
base::Result<Courses> courses_of(Driver& driver, const PastCase& suspect) {
  Courses courses;
  for (int times = 0; times < kCourses; ++times) {
    ReplaySource source{suspect.choices};
    JUDGE_TRY(Driver::Case done, driver.run(suspect.test, source));
    auto* trace = std::get_if<Trace>(&done.outcome);
    if (trace == nullptr) break;
    courses.push_back(std::move(*trace));
  }
  return courses;
}

base::Result<std::vector<Courses>> in_fresh_process(Driver& driver,
                                                    const std::vector<PastCase>& suspects) {
  JUDGE_TRY_VOID(driver.restart());
  std::vector<Courses> all;
  for (const PastCase& suspect : suspects) {
    JUDGE_TRY(Courses courses, courses_of(driver, suspect));
    all.push_back(std::move(courses));
  }
  return all;
}

}  // namespace

base::Result<std::vector<bool>> are_deterministic(Driver& driver,
                                                  const std::vector<PastCase>& suspects) {
  if (suspects.empty()) return std::vector<bool>{};
  JUDGE_TRY(const std::vector<Courses> first, in_fresh_process(driver, suspects));
  JUDGE_TRY(const std::vector<Courses> second, in_fresh_process(driver, suspects));
  std::vector<bool> equal;
  for (std::size_t i = 0; i < suspects.size(); ++i) {
    equal.push_back(std::equal(first[i].begin(), first[i].end(), second[i].begin(), second[i].end(),
                               same_course));
  }
  return equal;
}

}  // namespace harness
