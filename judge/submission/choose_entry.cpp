#include "judge/submission/choose_entry.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>

#include <nlohmann/json.hpp>

#include "judge/problem/spelling.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

constexpr std::string_view kStems[] = {"index", "solution", "main"};
constexpr int kMostJsonDepth = 32;
constexpr std::size_t kMostListed = 8;

using Paths = std::vector<std::string>;

std::string listed(const Paths& paths) {
  Paths shown;
  for (const std::string& path : paths) {
    if (shown.size() == kMostListed) {
      shown.push_back("...");
      break;
    }
    shown.push_back(base::escape(path));
  }
  return all_of(shown);
}

const SourceFile* find_file(const std::vector<SourceFile>& files, std::string_view path) {
  const auto found = std::ranges::find(files, path, &SourceFile::path);
  return found == files.end() ? nullptr : &*found;
}

bool is_script(Language language) {
  return language == Language::javascript || language == Language::typescript;
}

// What package.json says to load: `exports` where it is a string, as Node prefers it, else `main`.
std::optional<std::string> entry_of_package(const std::string& text) {
  // Depth is cut while parsing: nlohmann/json handles nested input by recursion elsewhere.
  const auto shallow = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    return depth <= kMostJsonDepth;
  };
  const nlohmann::json package = nlohmann::json::parse(text, shallow, false, true);
  if (!package.is_object()) return std::nullopt;
  for (const char* key : {"exports", "main"}) {
    const auto found = package.find(key);
    if (found != package.end() && found->is_string()) return found->get<std::string>();
  }
  return std::nullopt;
}

// The file that package.json names, by Node's rules for `main`; nothing when it names none that is
// there. Why not an error: `npm init` writes "main": "index.js" into every package.
std::optional<std::string> named_by_package(const std::vector<SourceFile>& files) {
  const SourceFile* package = find_file(files, "package.json");
  if (package == nullptr) return std::nullopt;
  const std::optional<std::string> named = entry_of_package(*package->content);
  if (!named) return std::nullopt;
  const std::string path = std::filesystem::path{*named}.lexically_normal().generic_string();
  for (const char* ending : {"", ".js", ".cjs", "/index.js"}) {
    if (find_file(files, path + ending) != nullptr) return path + ending;
  }
  return std::nullopt;
}

// Files of `language`, declarations of types (x.d.ts) left out.
Paths sources_in(const std::vector<SourceFile>& files, Language language) {
  Paths paths;
  for (const SourceFile& file : files) {
    const bool declares = file.path.ends_with(".d.ts") || file.path.ends_with(".d.mts") ||
                          file.path.ends_with(".d.cts");
    if (!declares && language_of_file(file.path) == language) paths.push_back(file.path);
  }
  return paths;
}

bool is_stem(std::string_view path) {
  return std::ranges::find(kStems, path.substr(0, path.rfind('.'))) != std::end(kStems);
}

// The only one of `languages` in which a file of the folder itself has the name of an entry.
std::optional<Language> language_of_stems(const std::vector<SourceFile>& files,
                                          const std::vector<Language>& languages) {
  std::optional<Language> found;
  for (const Language language : languages) {
    if (std::ranges::none_of(sources_in(files, language), is_stem)) continue;
    if (found) return std::nullopt;
    found = language;
  }
  return found;
}

base::Result<Language> language_of_tree(const std::vector<SourceFile>& files,
                                        const std::vector<Language>& offered) {
  Paths present;
  std::vector<Language> found;
  std::vector<Language> fitting;
  for (const Language language : kLanguages) {
    if (sources_in(files, language).empty()) continue;
    present.push_back(to_string(language));
    found.push_back(language);
    if (std::ranges::find(offered, language) != offered.end()) fitting.push_back(language);
  }
  if (found.empty()) {
    return base::invalid_input(
        "holds no source file; known endings are .mjs .cjs .js .ts .mts .cts .py .cpp .cc .cxx .c");
  }
  if (found.size() == 1) return found.front();
  if (fitting.size() == 1) return fitting.front();
  if (const auto told = language_of_stems(files, fitting)) return *told;
  return base::invalid_input("holds files in " + all_of(present) +
                             "; say which counts with --language");
}

base::Result<std::string> entry_in(const std::vector<SourceFile>& files, Language language) {
  const Paths sources = sources_in(files, language);
  if (sources.empty()) {
    return base::invalid_input("holds no " + to_string(language) +
                               " file; send one, or another --language");
  }
  for (const std::string_view stem : kStems) {
    Paths named;
    for (const std::string& path : sources) {
      if (path.substr(0, path.rfind('.')) == stem) named.push_back(path);
    }
    if (named.size() == 1) return named.front();
    if (named.size() > 1) {
      return base::invalid_input("begins at " + listed(named) + " alike; keep one of them");
    }
  }
  if (sources.size() == 1) return sources.front();
  return base::invalid_input(
      "may begin at any of " + listed(sources) + "; name the first one index, solution or main" +
      (is_script(language) ? ", or name it as \"main\" in package.json" : ""));
}

}  // namespace

base::Result<Entry> choose_entry(const std::vector<SourceFile>& files,
                                 std::optional<Language> asked,
                                 const std::vector<Language>& offered) {
  if (!asked || is_script(*asked)) {
    if (const std::optional<std::string> named = named_by_package(files)) {
      const std::optional<Language> told = language_of_file(*named);
      if (told && is_script(*told) && (!asked || *told == *asked)) return Entry{*named, *told};
    }
  }
  if (!asked) {
    JUDGE_TRY(const Language told, language_of_tree(files, offered));
    asked = told;
  }
  JUDGE_TRY(const std::string path, entry_in(files, *asked));
  return Entry{path, *asked};
}

}  // namespace judge
