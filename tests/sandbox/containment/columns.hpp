// Columns: the tiers and users that the table is run for. Each column runs in a process of its own,
// because it may give up its identity and because what it leaks must not reach the next.
#pragma once

#include <string>
#include <vector>

#include "tests/sandbox/containment/run_row.hpp"

namespace sandbox::test {

struct Column {
  enum class User { self, nobody };
  Tier tier;
  User user;
};

// "B root", "C nobody", "C user"
[[nodiscard]] std::string describe(const Column& column);

// As root: every tier as root and as an ordinary user. Else: every tier as whoever we are.
[[nodiscard]] std::vector<Column> all_columns();

struct ColumnResult {
  std::string refused;            // why this column cannot be run here; empty: it was run
  std::vector<Outcome> outcomes;  // one for each row, or none
};

[[nodiscard]] ColumnResult run_column(const Column& column, const std::vector<const Row*>& rows,
                                      const Stage& stage);

// What stands under the rows of the column: the first of `places` that is about it, or null.
[[nodiscard]] const Where* find_place(const std::vector<Where>& places, const Column& column);

}  // namespace sandbox::test
