#include "tests/sandbox/containment/probe_text.hpp"

#include <fstream>
#include <iterator>

#include "sandbox/base/check.hpp"

namespace sandbox::test {
namespace {

Text read_whole(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  JUDGE_CHECK(file.is_open(), path.c_str());
  return std::make_shared<const std::string>(std::istreambuf_iterator<char>{file},
                                             std::istreambuf_iterator<char>{});
}

}  // namespace

Text compiled_probe(const std::string& name) {
  return read_whole(std::string{JUDGE_PROBES_FOLDER} + "/" + name);
}

Text probe_source(const std::string& path) { return read_whole(probe_folder() + "/" + path); }

std::string probe_folder() { return JUDGE_PROBE_SOURCES; }

}  // namespace sandbox::test
