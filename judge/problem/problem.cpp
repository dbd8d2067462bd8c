#include "judge/problem/problem.hpp"

namespace judge {

const LanguageSupport* Problem::support(Language language) const {
  for (const LanguageSupport& supported : languages) {
    if (supported.language == language) return &supported;
  }
  return nullptr;
}

}  // namespace judge
