#include "judge/problem/language.hpp"

#include <utility>

namespace judge {
namespace {

constexpr std::pair<std::string_view, Language> kNames[] = {
    {"javascript", Language::javascript},
    {"typescript", Language::typescript},
    {"python", Language::python},
    {"cpp", Language::cpp},
    {"c", Language::c},
};

constexpr std::pair<std::string_view, Language> kExtensions[] = {
    {"mjs", Language::javascript},
    {"cjs", Language::javascript},
    {"js", Language::javascript},
    {"ts", Language::typescript},
    {"mts", Language::typescript},
    {"cts", Language::typescript},
    {"py", Language::python},
    {"cpp", Language::cpp},
    {"cc", Language::cpp},
    {"cxx", Language::cpp},
    {"c", Language::c},
};

}  // namespace

std::string to_string(Language language) {
  for (const auto& [name, candidate] : kNames) {
    if (candidate == language) return std::string{name};
  }
  return "?";  // not reachable: kNames lists every enumerator
}

std::optional<Language> parse_language(std::string_view name) {
  for (const auto& [candidate, language] : kNames) {
    if (candidate == name) return language;
  }
  return std::nullopt;
}

std::optional<Language> language_of_file(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  for (const auto& [extension, language] : kExtensions) {
    if (extension == file_name.substr(dot + 1)) return language;
  }
  return std::nullopt;
}

bool can_export(Language language) {
  switch (language) {
    case Language::javascript:
    case Language::typescript:
    case Language::python:
      return true;
    case Language::cpp:
    case Language::c:
      return false;
  }
  return false;
}

}  // namespace judge
