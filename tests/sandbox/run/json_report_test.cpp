#include "sandbox/run/json_report.hpp"

#include <string>

#include <doctest/doctest.h>

using sandbox_run::Letters;
using sandbox_run::Outputs;
using sandbox_run::Request;

namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// How the report shows `bytes` as standard output: from the field's name to its end.
std::string output_field(const std::string& bytes, Letters letters = Letters::utf8) {
  sandbox::RunReport report;
  report.standard_output = bytes;
  const std::string json = to_json(report, Request{}, Outputs::within, letters);
  const std::size_t start = json.find("\"standard_output\"");
  REQUIRE(start != std::string::npos);
  return json.substr(start, json.find('}', start) - start);
}

}  // namespace

TEST_SUITE("sandbox/run/json_report") {
  TEST_CASE("text stays text, and other bytes become base64") {
    struct Row {
      std::string bytes;
      const char* encoding;
      const char* data;
    };
    for (const Row& row : {
             Row{"", "utf-8", ""},
             Row{"a\"b\n", "utf-8", "a\\\"b\\n"},
             Row{std::string{"\0", 1}, "utf-8", "\\u0000"},
             Row{"\xC3\xBC", "utf-8", "\xC3\xBC"},
             Row{"\xFF", "base64", "/w=="},
             Row{"\xFF\xFE", "base64", "//4="},
             Row{"\xFF\xFE\xFD", "base64", "//79"},
             Row{"\xFF\xFE\xFD\xFC", "base64", "//79/A=="},
         }) {
      const std::string field = output_field(row.bytes);
      CAPTURE(field);
      CHECK(contains(field, "\"encoding\": \"" + std::string{row.encoding} + "\""));
      CHECK(contains(field, "\"data\": \"" + std::string{row.data} + "\"\n"));
    }
  }

  TEST_CASE("for a terminal nothing is left that it would obey") {
    const std::string field = output_field("\x1b[2J\x7f\xC2\x9B\xE2\x80\xAE", Letters::ascii);
    CAPTURE(field);
    CHECK(contains(field, "\"data\": \"\\u001b[2J\\u007f\\u009b\\u202e\"\n"));
  }

  TEST_CASE("the outputs are fields only when they are not handed over apart") {
    const std::string json =
        to_json(sandbox::RunReport{}, Request{}, Outputs::apart, Letters::utf8);
    CHECK(contains(json, "\"ended_by\": \"program\""));
    CHECK_FALSE(contains(json, "standard_"));
  }
}
