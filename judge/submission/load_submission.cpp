#include "judge/submission/load_submission.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "judge/problem/digest.hpp"
#include "judge/problem/spelling.hpp"
#include "judge/problem/utf8.hpp"
#include "judge/submission/choose_entry.hpp"
#include "judge/submission/source_tree.hpp"
#include "sandbox/base/check.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

std::vector<std::string> names_of(const std::vector<Language>& languages) {
  std::vector<std::string> names;
  names.reserve(languages.size());
  for (const Language language : languages) names.push_back(to_string(language));
  return names;
}

base::Result<Entry> entry_of_file(const std::string& name, std::optional<Language> asked) {
  if (asked) return Entry{name, *asked};
  const std::optional<Language> told = language_of_file(name);
  if (!told) {
    return base::invalid_input(
        "its name tells no language; end it in .mjs .cjs .js .ts .mts .cts .py .cpp .cc .cxx or "
        ".c, or say --language");
  }
  return Entry{name, *told};
}

// What is wrong with the text that would be loaded; empty: nothing.
std::string why_no_source(const std::string& text) {
  if (text.find_first_not_of(" \t\r\n\f\v") == std::string::npos)
    return "is empty; write a solution into it";
  if (const std::size_t nul = text.find('\0'); nul != std::string::npos) {
    return "is binary: byte " + std::to_string(nul) + " is NUL; send the source text";
  }
  if (const auto bad = find_ill_formed_utf8(text)) {
    return "is not UTF-8: byte " + std::to_string(*bad) + " is " +
           base::escape(std::string_view{text}.substr(*bad, 1)) + "; save it as UTF-8";
  }
  return "";
}

std::string digest_of(const Submission& submission, Layout layout) {
  // A single file is the same submission under any name; its extension may decide how it is loaded
  // (.mjs, .cjs).
  const auto hashed_name = [&](const std::string& path) {
    return layout == Layout::file ? path.substr(std::min(path.rfind('.'), path.size())) : path;
  };
  Digest digest;
  digest.add("language", to_string(submission.language));
  digest.add("entry", hashed_name(submission.entry));
  for (const SourceFile& file : submission.files) digest.add(hashed_name(file.path), *file.content);
  return digest.finish();
}

base::Result<Submission> from_tree(SourceTree tree, std::optional<Language> asked,
                                   const std::vector<Language>& offered) {
  if (tree.files.empty()) return base::invalid_input("holds no file; put a solution into it");
  auto chosen = tree.layout == Layout::file ? entry_of_file(tree.files.front().path, asked)
                                            : choose_entry(tree.files, asked, offered);
  JUDGE_TRY(const Entry entry, std::move(chosen));
  if (std::ranges::find(offered, entry.language) == offered.end()) {
    return base::invalid_input("is " + to_string(entry.language) +
                               ", which this problem does not offer; it offers " +
                               all_of(names_of(offered)));
  }
  Submission submission{.language = entry.language,
                        .files = std::move(tree.files),
                        .entry = entry.path,
                        .digest = "",
                        .display_name = "",
                        .left_out_packages = tree.left_out_packages};
  if (const std::string why = why_no_source(entry_content(submission)); !why.empty()) {
    return base::invalid_input(
        tree.layout == Layout::file ? why : "its entry " + base::escape(entry.path) + " " + why);
  }
  submission.digest = digest_of(submission, tree.layout);
  return submission;
}

}  // namespace

const std::string& entry_content(const Submission& submission) {
  const auto found = std::ranges::find(submission.files, submission.entry, &SourceFile::path);
  JUDGE_CHECK(found != submission.files.end(), "a submission's entry is one of its files");
  return *found->content;
}

Submission single_file(Language language, std::string name, std::string text) {
  Submission submission{
      .language = language,
      .files = {{.path = name, .content = std::make_shared<const std::string>(std::move(text))}},
      .entry = name,
      .digest = "",
      .display_name = name};
  submission.digest = digest_of(submission, Layout::file);
  return submission;
}

base::Result<Submission> load_submission(const std::filesystem::path& path,
                                         std::optional<Language> language, const Problem& problem) {
  std::string shown = path.string();
  while (shown.size() > 1 && shown.back() == '/') shown.pop_back();
  JUDGE_TRY(SourceTree tree, read_source_tree(path));
  std::vector<Language> offered;
  for (const LanguageSupport& supported : problem.languages) offered.push_back(supported.language);
  auto submission = from_tree(std::move(tree), language, offered);
  if (!submission)
    return base::fail(std::move(submission).error().within(base::escape(shown, 1000)));
  std::filesystem::path named{shown};
  if (named.filename() == "." || named.filename() == ".." || !named.has_filename()) {
    std::error_code ignored;  // then the name stays "."
    const auto resolved = std::filesystem::canonical(named, ignored);
    if (!ignored) named = resolved;
  }
  submission->display_name = named.filename().string();
  return submission;
}

}  // namespace judge
