#include "judge/problem/problem.hpp"

namespace judge {

const LanguageSupport* Problem::support(Language language) const {
  for (const LanguageSupport& supported : languages) {
    if (supported.language == language) return &supported;
  }
  return nullptr;
}

std::string Problem::reference_for(Language language) const {
  const auto is_javascript = [](Language each) {
    return each == Language::javascript || each == Language::typescript;
  };
  std::string found;
  for (const std::string& name : references) {
    const auto written_in = language_of_file(name);
    if (!written_in) continue;
    if (*written_in == language) return name;
    if (is_javascript(language) && is_javascript(*written_in)) found = name;
  }
  return found;
}

}  // namespace judge
