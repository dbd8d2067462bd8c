// The corpus of every fuzz target as an ordinary test.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size);  // NOLINT: libFuzzer's name

TEST_SUITE(JUDGE_SUITE) {
  TEST_CASE("everything the fuzzer kept is read without harm") {
    int inputs = 0;
    for (const auto& entry : std::filesystem::directory_iterator{JUDGE_CORPUS}) {
      std::ifstream file{entry.path(), std::ios::binary};
      const std::string bytes{std::istreambuf_iterator<char>{file},
                              std::istreambuf_iterator<char>{}};
      CHECK(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                   bytes.size()) == 0);
      ++inputs;
    }
    CHECK(inputs >= JUDGE_CORPUS_LEAST);
  }
}
