#include "harnesses/cases/compare.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "harnesses/cases/json_value.hpp"
#include "sandbox/base/escape.hpp"

namespace harness {
namespace {

constexpr std::size_t kShown = 120;

std::string expected_but(const std::string& where, const std::string& expected,
                         const std::string& found) {
  return where + ": expected " + expected + ", found " + found;
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_space(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    if (at > begin) tokens.push_back(text.substr(begin, at - begin));
  }
  return tokens;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::optional<double> number_of(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return {};
  return value;
}

// Absolute or relative, whichever is kinder: the usual rule of programming contests.
bool within(double expected, double found, double tolerance) {
  const double distance = std::fabs(expected - found);
  return distance <= tolerance || distance <= tolerance * std::fabs(expected);
}

bool same_token(std::string_view expected, std::string_view found,
                const std::optional<double>& tolerance) {
  if (expected == found) return true;
  if (!tolerance) return false;
  const auto left = number_of(expected);
  const auto right = number_of(found);
  return left && right && within(*left, *right, *tolerance);
}

std::string count_of(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::optional<std::string> compare_tokens(std::string_view expected, std::string_view printed,
                                          const std::optional<double>& tolerance) {
  const auto wanted = tokens_of(expected);
  const auto found = tokens_of(printed);
  for (std::size_t i = 0; i < std::min(wanted.size(), found.size()); ++i) {
    if (same_token(wanted[i], found[i], tolerance)) continue;
    return expected_but("word " + std::to_string(i + 1), base::quoted(wanted[i], kShown),
                        base::quoted(found[i], kShown));
  }
  if (wanted.size() == found.size()) return {};
  return expected_but("at the end", count_of(wanted.size(), "word"),
                      count_of(found.size(), "word"));
}

std::optional<std::string> compare_exactly(std::string_view expected, std::string_view printed) {
  if (expected == printed) return {};
  const auto difference =
      std::mismatch(expected.begin(), expected.end(), printed.begin(), printed.end());
  const auto at = static_cast<std::size_t>(difference.first - expected.begin());
  const auto rest = [at](std::string_view text) {
    return at == text.size() ? std::string{"the end"} : base::quoted(text.substr(at), 60);
  };
  const auto line = std::count(expected.begin(), difference.first, '\n') + 1;
  return expected_but("byte " + std::to_string(at) + ", line " + std::to_string(line),
                      rest(expected), rest(printed));
}

std::optional<std::string> compare_unordered(std::string_view expected, std::string_view printed) {
  auto wanted = lines_of(expected);
  auto found = lines_of(printed);
  std::sort(wanted.begin(), wanted.end());
  std::sort(found.begin(), found.end());
  std::vector<std::string_view> missing;
  std::vector<std::string_view> extra;
  std::set_difference(wanted.begin(), wanted.end(), found.begin(), found.end(),
                      std::back_inserter(missing));
  std::set_difference(found.begin(), found.end(), wanted.begin(), wanted.end(),
                      std::back_inserter(extra));
  if (!missing.empty()) return "the line " + base::quoted(missing.front(), kShown) + " is missing";
  if (!extra.empty())
    return "the line " + base::quoted(extra.front(), kShown) + " should not be there";
  return {};
}

bool same_json(const nlohmann::json& expected, const nlohmann::json& found,
               const std::optional<double>& tolerance) {
  if (expected.is_number() && found.is_number()) {
    return expected == found ||
           (tolerance && within(expected.get<double>(), found.get<double>(), *tolerance));
  }
  if (expected.type() != found.type()) return false;
  if (expected.is_array()) {
    return expected.size() == found.size() &&
           std::equal(expected.begin(), expected.end(), found.begin(),
                      [&](const auto& left, const auto& right) {
                        return same_json(left, right, tolerance);
                      });
  }
  if (expected.is_object()) {
    if (expected.size() != found.size()) return false;
    for (const auto& [key, value] : expected.items()) {
      const auto other = found.find(key);
      if (other == found.end() || !same_json(value, *other, tolerance)) return false;
    }
    return true;
  }
  return expected == found;
}

std::vector<std::string_view> filled_lines_of(std::string_view text) {
  auto lines = lines_of(text);
  lines.erase(std::remove_if(lines.begin(), lines.end(),
                             [](std::string_view line) {
                               return std::all_of(line.begin(), line.end(), is_space);
                             }),
              lines.end());
  return lines;
}

std::optional<std::string> compare_json_lines(std::string_view expected, std::string_view printed,
                                              const std::optional<double>& tolerance) {
  const auto wanted = filled_lines_of(expected);
  const auto found = filled_lines_of(printed);
  for (std::size_t i = 0; i < std::min(wanted.size(), found.size()); ++i) {
    const std::string where = "record " + std::to_string(i + 1);
    const auto left = parse_json(wanted[i]);
    const auto right = parse_json(found[i]);
    if (!right)
      return where + ": " + base::quoted(found[i], kShown) + " " + right.error().message();
    if (left && same_json(*left, *right, tolerance)) continue;
    return expected_but(where, base::escape(wanted[i], kShown), base::escape(found[i], kShown));
  }
  if (wanted.size() == found.size()) return {};
  if (found.size() < wanted.size()) {
    return "record " + std::to_string(found.size() + 1) + ": expected " +
           base::escape(wanted[found.size()], kShown) + ", found the end of the output";
  }
  return "record " + std::to_string(wanted.size() + 1) +
         ": expected the end of the output, found " + base::escape(found[wanted.size()], kShown);
}

}  // namespace

std::optional<std::string> difference(std::string_view expected, std::string_view printed,
                                      const Comparison& comparison) {
  switch (comparison.mode) {
    case CompareMode::tokens:
      return compare_tokens(expected, printed, comparison.float_tolerance);
    case CompareMode::exact:
      return compare_exactly(expected, printed);
    case CompareMode::unordered:
      return compare_unordered(expected, printed);
    case CompareMode::json_lines:
      return compare_json_lines(expected, printed, comparison.float_tolerance);
  }
  return "unknown comparison";
}

}  // namespace harness
