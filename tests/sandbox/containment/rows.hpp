// The parts of the table, by what is attacked.
#pragma once

#include <vector>

#include "tests/sandbox/containment/row.hpp"

namespace sandbox::test {

[[nodiscard]] std::vector<Row> process_rows();
[[nodiscard]] std::vector<Row> memory_rows();
[[nodiscard]] std::vector<Row> object_rows();
[[nodiscard]] std::vector<Row> output_rows();
[[nodiscard]] std::vector<Row> file_rows();
[[nodiscard]] std::vector<Row> wall_rows();
[[nodiscard]] std::vector<Row> artifact_rows();
[[nodiscard]] std::vector<Row> compile_rows();

}  // namespace sandbox::test
