#include "judge/submission/shipped.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include "judge/problem/spelling.hpp"
#include "judge/submission/load_submission.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

namespace fs = std::filesystem;

// What a submission can get; judge_error is never anyone's aim.
const std::vector<std::string>& verdict_folders() {
  static const std::vector<std::string> names{"accepted",
                                              "wrong_answer",
                                              "compile_error",
                                              "runtime_error",
                                              "time_limit_exceeded",
                                              "memory_limit_exceeded",
                                              "output_limit_exceeded",
                                              "security_violation"};
  return names;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Cuts the first line off `rest`.
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code ignored;  // what cannot be listed holds nothing
  for (fs::directory_iterator entry{folder, ignored}; !ignored && entry != fs::directory_iterator{};
       entry.increment(ignored)) {
    if (!entry->path().filename().string().starts_with('.')) entries.push_back(entry->path());
  }
  std::ranges::sort(entries);
  return entries;
}

// Takes those with a '?' out of `names`; they come back without it.
std::vector<std::string> take_doubtful(std::vector<std::string>& names) {
  std::vector<std::string> doubtful;
  std::erase_if(names, [&](std::string& name) {
    if (!name.ends_with('?')) return false;
    doubtful.push_back(name.substr(0, name.size() - 1));
    return true;
  });
  return doubtful;
}

class Collector {
 public:
  explicit Collector(const Problem& problem) : problem_{problem} {}

  void read_folder(const fs::path& folder) {
    const std::string verdict = folder.filename().string();
    const auto& known = verdict_folders();
    if (std::ranges::find(known, verdict) == known.end()) {
      report(folder, "is no verdict; " + suggest(verdict, known));
      return;
    }
    for (const fs::path& path : entries_of(folder)) read_one(path, verdict);
  }

  [[nodiscard]] std::vector<Shipped> take_shipped() { return std::move(shipped_); }
  [[nodiscard]] std::vector<Diagnostic> take_faults() { return std::move(faults_); }

 private:
  void report(const fs::path& path, const std::string& text, int line = 0) {
    faults_.push_back(Diagnostic{{base::escape(path.string(), 1000), line, 1}, text});
  }

  void read_one(const fs::path& path, const std::string& verdict) {
    auto submission = load_submission(path, std::nullopt, problem_);
    if (!submission) {
      const std::string text = submission.error().message();
      const std::string shown = base::escape(path.string(), 1000) + ": ";
      report(path, text.starts_with(shown) ? text.substr(shown.size()) : text);
      return;
    }
    auto fails = parse_expectations(entry_content(*submission));
    check_header(path, verdict, fails, submission->language);
    std::vector<std::string> may_fail = fails ? take_doubtful(*fails) : std::vector<std::string>{};
    shipped_.push_back(
        Shipped{path, verdict, std::move(fails), std::move(may_fail), std::move(*submission)});
  }

  void check_header(const fs::path& path, const std::string& verdict,
                    const std::optional<std::vector<std::string>>& fails, Language language) {
    const std::string comment = language == Language::python ? "# fails: " : "// fails: ";
    if (!fails) {
      if (verdict == "wrong_answer") {
        report(path, "names no criteria that it fails; write '" + comment +
                         "criterion' as its first line");
      }
      return;
    }
    if (verdict == "accepted") {
      report(path, "is to be accepted, yet names criteria that it fails; take that line out", 1);
      return;
    }
    if (fails->empty()) report(path, "fails: names nothing; write '" + comment + "criterion'", 1);
    for (const std::string& id : *fails) {
      check_criterion(path, id.ends_with('?') ? id.substr(0, id.size() - 1) : id, language);
    }
    if (!fails->empty() &&
        std::ranges::all_of(*fails, [](const auto& id) { return id.ends_with('?'); })) {
      report(path, "fails: names nothing that it fails for sure; take a '?' away", 1);
    }
  }

  void check_criterion(const fs::path& path, const std::string& id, Language language) {
    std::vector<std::string> ids;
    for (const Criterion& criterion : problem_.criteria) {
      ids.push_back(criterion.id);
      if (criterion.id != id) continue;
      if (std::ranges::find(criterion.languages, language) != criterion.languages.end()) return;
      report(path,
             "fails: " + base::quoted(id, 60) + " is not claimed for " + to_string(language) +
                 "; take it out",
             1);
      return;
    }
    report(path,
           "fails: " + base::quoted(id, 60) + " is no criterion of " + problem_.id + "; " +
               suggest(id, ids),
           1);
  }

  const Problem& problem_;
  std::vector<Shipped> shipped_;
  std::vector<Diagnostic> faults_;
};

}  // namespace

std::optional<std::vector<std::string>> parse_expectations(std::string_view source) {
  if (source.starts_with("\xEF\xBB\xBF")) source.remove_prefix(3);
  std::string_view line = take_line(source);
  if (line.starts_with("#!")) line = take_line(source);
  line = trimmed(line);
  const std::size_t comment = line.starts_with("//") ? 2 : line.starts_with('#') ? 1 : 0;
  if (comment == 0) return std::nullopt;
  line = trimmed(line.substr(comment));
  constexpr std::string_view kKey = "fails:";
  if (!line.starts_with(kKey)) return std::nullopt;
  std::string_view rest = trimmed(line.substr(kKey.size()));
  std::vector<std::string> criteria;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view name = trimmed(rest.substr(0, comma));
    if (!name.empty()) criteria.emplace_back(name);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return criteria;
}

tl::expected<std::vector<Shipped>, std::vector<Diagnostic>> shipped_submissions(
    const Problem& problem) {
  Collector collector{problem};
  for (const fs::path& folder : entries_of(problem.folder / "submissions")) {
    collector.read_folder(folder);
  }
  std::vector<Diagnostic> faults = collector.take_faults();
  if (!faults.empty()) return tl::unexpected{std::move(faults)};
  return collector.take_shipped();
}

}  // namespace judge
