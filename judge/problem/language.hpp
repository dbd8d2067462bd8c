// Language: what submissions are written in, how problem.yaml spells it, and which file names
// belong to it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace judge {

enum class Language { javascript, typescript, python, cpp, c };
inline constexpr Language kLanguages[] = {Language::javascript, Language::typescript,
                                          Language::python, Language::cpp, Language::c};

[[nodiscard]] std::string to_string(Language language);  // as problem.yaml spells it
[[nodiscard]] std::optional<Language> parse_language(std::string_view name);

// By extension alone: .mjs .cjs .js, .ts .mts .cts, .py, .cpp .cc .cxx, .c; nothing for any other
// name.
[[nodiscard]] std::optional<Language> language_of_file(std::string_view file_name);

// Has a shim, so that a problem may call its exports. The others are graded as programs only.
[[nodiscard]] bool can_export(Language language);

}  // namespace judge
