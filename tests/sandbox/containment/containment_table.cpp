// Prints which hostile programs are contained on this host: really runs every row of the table in
// every tier and as every user that can be had. Exit 1 if anything is not contained.
// Arguments: names of clauses, default all.
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "tests/sandbox/containment/columns.hpp"

namespace {

using namespace sandbox;
using namespace sandbox::test;
using Kind = Outcome::Kind;

struct Cell {
  int contained = 0;
  int not_contained = 0;
  std::vector<std::string> remarks;  // of rows that are not contained or not expressible
};

std::string show(const Cell& cell) {
  if (cell.not_contained > 0) {
    return "NOT CONTAINED (" + std::to_string(cell.not_contained) + ")";
  }
  if (cell.contained == 0) return "not expressible";
  return cell.remarks.empty() ? "contained" : "contained, but";
}

std::vector<const Row*> rows_of(Clause clause) {
  std::vector<const Row*> rows;
  for (const Row& row : all_rows()) {
    if (row.clause == clause) rows.push_back(&row);
  }
  return rows;
}

Cell sum_up(const std::vector<const Row*>& rows, const ColumnResult& result) {
  Cell cell;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Outcome& outcome = result.outcomes[i];
    cell.contained += outcome.kind == Kind::contained ? 1 : 0;
    cell.not_contained += outcome.kind == Kind::not_contained ? 1 : 0;
    if (outcome.kind == Kind::contained) continue;
    const char* word = outcome.kind == Kind::not_contained     ? "NOT CONTAINED: "
                       : outcome.kind == Kind::not_expressible ? "not expressible: "
                                                               : "left out: ";
    cell.remarks.push_back(rows[i]->name + ": " + word + outcome.detail);
  }
  return cell;
}

// Columns that this host cannot offer are named once and then left out.
std::vector<Column> offered_columns(const Stage& stage) {
  std::vector<Column> offered;
  for (const Column& column : all_columns()) {
    const std::string refused = run_column(column, {}, stage).refused;
    if (refused.empty()) {
      offered.push_back(column);
    } else {
      std::printf("SKIPPED: %s: %s\n", describe(column).c_str(), refused.c_str());
    }
  }
  return offered;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> wanted(arguments + 1, arguments + count);
  const Stage stage;
  const std::vector<Column> columns = offered_columns(stage);
  std::printf("%-20s", "");
  for (const Column& column : columns) std::printf(" %-18s", describe(column).c_str());
  std::puts("");
  std::vector<std::string> remarks;
  bool all_contained = !columns.empty();
  for (std::size_t i = 0; i < clause_texts().size(); ++i) {
    const std::string name{clause_texts()[i].name};
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
    const std::vector<const Row*> rows = rows_of(static_cast<Clause>(i));
    std::printf("%-20s", name.c_str());
    for (const Column& column : columns) {
      const Cell cell = sum_up(rows, run_column(column, rows, stage));
      all_contained = all_contained && cell.not_contained == 0;
      std::printf(" %-18s", show(cell).c_str());
      (void)std::fflush(stdout);
      for (const std::string& remark : cell.remarks) {
        remarks.push_back(name);
        remarks.back().append(", ").append(describe(column)).append(": ").append(remark);
      }
    }
    std::puts("");
  }
  std::puts("");
  for (const std::string& remark : remarks) std::puts(remark.c_str());
  return all_contained ? 0 : 1;
}
