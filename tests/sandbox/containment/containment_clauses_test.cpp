// One case for each clause of what must be refused or contained: its rows are run in every tier and
// as every user that this host offers.
#include <cstdio>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "tests/sandbox/containment/columns.hpp"

using namespace sandbox;
using namespace sandbox::test;

namespace {

void check_outcome(const Row& row, const Column& column, const Outcome& outcome) {
  const std::string where = describe(column) + ": " + row.name;
  const Where* open = find_place(row.open, column);
  switch (outcome.kind) {
    case Outcome::Kind::contained:
      CHECK_MESSAGE((open == nullptr || open->sometimes),
                    where << ": is contained by now; remove its mark in the table");
      return;
    case Outcome::Kind::not_contained:
      if (open != nullptr) {
        std::printf("OPEN: %s: %s\n", where.c_str(), open->why.c_str());
      } else {
        FAIL_CHECK(where << ": " << outcome.detail);
      }
      return;
    case Outcome::Kind::not_expressible:
    case Outcome::Kind::left_out:
      std::printf("left out: %s: %s\n", where.c_str(), outcome.detail.c_str());
  }
}

void check_clause(Clause clause) {
  std::vector<const Row*> rows;
  for (const Row& row : all_rows()) {
    if (row.clause == clause) rows.push_back(&row);
  }
  REQUIRE_FALSE(rows.empty());
  const Stage stage;
  std::size_t ran = 0;
  for (const Column& column : all_columns()) {
    const ColumnResult result = run_column(column, rows, stage);
    if (!result.refused.empty()) continue;
    ++ran;
    for (std::size_t i = 0; i < rows.size(); ++i)
      check_outcome(*rows[i], column, result.outcomes[i]);
  }
  if (ran == 0) MESSAGE("SKIPPED: programs cannot be isolated here");
}

}  // namespace

TEST_SUITE("sandbox/containment/clauses") {
#define JUDGE_CLAUSE(name, sentence) \
  TEST_CASE(sentence) { check_clause(Clause::name); }
#include "tests/sandbox/containment/clauses.def"
#undef JUDGE_CLAUSE
}
