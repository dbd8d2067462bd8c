#include "harnesses/schedule/matches.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "harnesses/protocol/show.hpp"

namespace harness {
namespace {

constexpr std::string_view kFunction = "function";

std::optional<double> number_of(const Value& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value.data)) {
    return static_cast<double>(*whole);
  }
  if (const auto* real = std::get_if<double>(&value.data)) return *real;
  return {};
}

bool match_lists(const std::vector<Value>& expected, const std::vector<Value>& actual) {
  return std::equal(expected.begin(), expected.end(), actual.begin(), actual.end(), matches);
}

bool match_fields(const std::vector<std::pair<std::string, Value>>& expected,
                  const std::vector<std::pair<std::string, Value>>& actual) {
  if (expected.size() != actual.size()) return false;
  return std::all_of(expected.begin(), expected.end(), [&](const auto& field) {
    const auto found = std::find_if(actual.begin(), actual.end(),
                                    [&](const auto& other) { return other.first == field.first; });
    return found != actual.end() && matches(field.second, found->second);
  });
}

// The actual class may derive from the expected one. A message is for people.
bool match_errors(const ErrorValue& expected, const ErrorValue& actual) {
  return expected.classes.empty() || std::find(actual.classes.begin(), actual.classes.end(),
                                               expected.classes.front()) != actual.classes.end();
}

// Functions and things that are none; what else they are nobody can tell from outside. An object
// that is no function may also be one that can be read: a literal with functions in it, or a class
// that is a map.
bool match_opaque(const Opaque& expected, const Value& actual) {
  const bool is_function = expected.what.starts_with(kFunction);
  if (const auto* opaque = std::get_if<Opaque>(&actual.data)) {
    return is_function == opaque->what.starts_with(kFunction);
  }
  return !is_function &&
         (std::holds_alternative<Object>(actual.data) ||
          std::holds_alternative<List>(actual.data) || std::holds_alternative<Map>(actual.data) ||
          std::holds_alternative<Set>(actual.data));
}

struct Match {
  const Value& whole;
  const Value& actual;

  template <typename T>
  bool operator()(const T& expected) const {
    const auto* same_kind = std::get_if<T>(&actual.data);
    if constexpr (std::is_same_v<T, List>) {
      return same_kind != nullptr && match_lists(expected.items, same_kind->items);
    } else if constexpr (std::is_same_v<T, Object>) {
      return same_kind != nullptr && match_fields(expected.fields, same_kind->fields);
    } else if constexpr (std::is_same_v<T, ErrorValue>) {
      return same_kind != nullptr && match_errors(expected, *same_kind);
    } else if constexpr (std::is_same_v<T, Opaque>) {
      return match_opaque(expected, actual);
    } else {
      return same(whole, actual);
    }
  }
};

}  // namespace

bool matches(const Value& expected, const Value& actual) {
  const auto left = number_of(expected);
  const auto right = number_of(actual);
  if (left && right && *left == *right) return true;
  return std::visit(Match{expected, actual}, expected.data);
}

}  // namespace harness
