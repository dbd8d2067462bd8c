#include "tests/sandbox/containment/row.hpp"

#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {

const std::vector<ClauseText>& clause_texts() {
  static const std::vector<ClauseText> texts = {
#define JUDGE_CLAUSE(name, sentence) {#name, sentence},
#include "tests/sandbox/containment/clauses.def"
#undef JUDGE_CLAUSE
  };
  return texts;
}

const std::vector<Row>& all_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> all;
    for (const auto part : {process_rows, memory_rows, object_rows, output_rows, file_rows,
                            wall_rows, artifact_rows, compile_rows}) {
      for (Row& row : part()) all.push_back(std::move(row));
    }
    return all;
  }();
  return rows;
}

}  // namespace sandbox::test
