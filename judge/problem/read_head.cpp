#include "judge/problem/read_head.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "judge/problem/units.hpp"

namespace judge {
namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kSchema = 1;
constexpr std::int64_t kMostMinutes = 10'000;
constexpr std::int64_t kMostProcesses = 4096;
constexpr milliseconds kLeastTime{10};
constexpr milliseconds kMostTime = std::chrono::hours{1};
constexpr base::Bytes kLeastMemory{4U << 20U};
constexpr base::Bytes kMostMemory{64ULL << 30U};
constexpr base::Bytes kLeastOutput{1};
constexpr base::Bytes kMostOutput{1ULL << 30U};

constexpr Word<std::string_view> kLevels[] = {
    {"junior", "junior"}, {"middle", "middle"}, {"senior", "senior"}};

// What a compiler of one exercise needs, several times over.
ProblemLimits usual_compile_limits() {
  return {.cpu = std::chrono::seconds{30},
          .wall = std::chrono::seconds{60},
          .memory = base::Bytes{1ULL << 30U},
          .output = base::Bytes{1ULL << 20U},
          .processes = 64};
}

void read_time(const Fields& limits, std::string_view key, std::string_view example,
               milliseconds& into, Diagnostics& out) {
  const Node* node = limits.need(key, example);
  if (node == nullptr) return;
  if (node->kind != Node::Kind::scalar) {
    out.add(*node, "found " + node->described() + "; write a time, e.g. 4 s");
    return;
  }
  const auto time = parse_duration(node->text);
  if (!time) {
    out.add(*node, time.error());
  } else if (*time < kLeastTime || *time > kMostTime) {
    out.add(*node, node->described() + " is out of range; write 10 ms to 60 min");
  } else {
    into = *time;
  }
}

void read_size(const Fields& limits, std::string_view key, std::string_view example,
               base::Bytes least, base::Bytes most, base::Bytes& into, Diagnostics& out) {
  const Node* node = limits.need(key, example);
  if (node == nullptr) return;
  if (node->kind != Node::Kind::scalar) {
    out.add(*node, "found " + node->described() + "; write a size, e.g. 256 MiB");
    return;
  }
  const auto size = parse_size(node->text);
  if (!size) {
    out.add(*node, size.error());
  } else if (*size < least || *size > most) {
    out.add(*node, node->described() + " is out of range; write " + to_string(least) + " to " +
                       to_string(most));
  } else {
    into = *size;
  }
}

ProblemLimits read_limits(const Node& node, Diagnostics& out) {
  ProblemLimits limits = usual_compile_limits();  // of what is wrong any value will do
  const Fields fields{node, out, {"cpu", "wall", "memory", "output", "processes"}};
  if (!fields.is_map()) return limits;
  read_time(fields, "cpu", "cpu: 4 s", limits.cpu, out);
  read_time(fields, "wall", "wall: 20 s", limits.wall, out);
  read_size(fields, "memory", "memory: 256 MiB", kLeastMemory, kMostMemory, limits.memory, out);
  read_size(fields, "output", "output: 4 MiB", kLeastOutput, kMostOutput, limits.output, out);
  if (const auto processes =
          read_integer(fields.need("processes", "processes: 32"), 1, kMostProcesses, out)) {
    limits.processes = static_cast<int>(*processes);
  }
  return limits;
}

std::vector<std::string> read_exports(const Node* node, Language language, Diagnostics& out) {
  if (node == nullptr) return {};
  if (!can_export(language)) {
    out.add_at_key(
        *node,
        to_string(language) +
            " is graded as a program, standard input to standard output; leave `export` out");
    return {};
  }
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$';
  };
  std::vector<std::string> exports = read_texts(node, "[race, all]", out);
  for (const std::string& name : exports) {
    if (std::ranges::all_of(name, is_part) && !(name[0] >= '0' && name[0] <= '9')) continue;
    out.add(*node,
            base::quoted(name, 60) + " is no function's name; write letters, digits and '_'");
  }
  return exports;
}

std::vector<LanguageSupport> read_offered(const Node* node, ProblemFiles& files, Diagnostics& out) {
  std::vector<LanguageSupport> offered;
  if (node == nullptr) return offered;
  std::vector<std::string> names;
  for (const Language language : kLanguages) names.push_back(to_string(language));
  const Fields fields{*node, out, names};
  if (fields.is_map() && node->children.empty()) {
    out.add_at_key(
        *node, "offers no language; write e.g. python: {export: f, starter: starter/solution.py}");
  }
  for (const auto& child : node->children) {
    const std::optional<Language> language = parse_language(child->key);
    if (!fields.is_map() || !language) continue;
    const Fields support{*child, out, {"export", "starter"}};
    LanguageSupport one{*language, read_exports(support.find("export"), *language, out), ""};
    const Node* starter = support.need("starter", "starter: starter/solution.py");
    one.starter = files.check(starter, out).value_or("");
    if (!one.starter.empty() && language_of_file(one.starter) != language) {
      out.add(*starter, starter->described() + " is no " + child->key +
                            " file by its extension; write one that is");
    }
    offered.push_back(std::move(one));
  }
  return offered;
}

// One file, or a list with one for each language. Their content decides verdicts.
std::vector<std::string> read_references(const Node* node, ProblemFiles& files, Diagnostics& out) {
  std::vector<std::string> references;
  if (node == nullptr) return references;
  std::vector<const Node*> named{node};
  if (node->kind == Node::Kind::list) named = read_list(node, "[plain.mjs, plain.py]", out);
  for (const Node* each : named) {
    const auto name = files.check(each, out);
    if (!name || !files.read(each, out)) continue;
    const auto language = language_of_file(*name);
    if (!language || !can_export(*language)) {
      out.add(*each, each->described() +
                         " cannot be called; name a file in javascript, "
                         "typescript or python");
      continue;
    }
    references.push_back(*name);
  }
  return references;
}

void read_identity(const Fields& fields, Problem& problem, Diagnostics& out) {
  (void)read_integer(fields.need("schema", "schema: 1"), kSchema, kSchema, out);
  const Node* id = fields.need("id", "id: the folder's name");
  problem.id = read_id(id, out).value_or("");
  const std::string folder = problem.folder.filename().string();
  if (!problem.id.empty() && problem.id != folder) {
    out.add(*id, id->described() + " is not the folder's name; write " + base::escape(folder));
  }
  problem.title =
      read_some_text(fields.need("title", "title: what it is, in a few words"), out).value_or("");
  problem.topics = read_texts(fields.find("topics"), "[async, cancellation]", out);
  const Node* level = fields.need("level", "level: junior, middle or senior");
  problem.level = std::string{read_word(level, kLevels, out).value_or("")};
  problem.minutes = static_cast<int>(
      read_integer(fields.need("minutes", "minutes: 45"), 1, kMostMinutes, out).value_or(0));
}

}  // namespace

void read_head(const Fields& fields, Problem& problem, ProblemFiles& files, Diagnostics& out) {
  read_identity(fields, problem, out);
  const Node* statement = fields.need("statement", "statement: statement.md");
  problem.statement = problem.folder / files.check(statement, out).value_or("");
  problem.languages = read_offered(
      fields.need("languages",
                  "languages: {javascript: {export: f, starter: starter/solution.mjs}}"),
      files, out);
  problem.references = read_references(fields.find("reference"), files, out);
  if (const Node* limits = fields.need(
          "limits",
          "limits: {cpu: 4 s, wall: 20 s, memory: 256 MiB, output: 4 MiB, processes: 32}")) {
    problem.limits = read_limits(*limits, out);
  }
  const Node* compile_limits = fields.find("compile_limits");
  problem.compile_limits =
      compile_limits != nullptr ? read_limits(*compile_limits, out) : usual_compile_limits();
}

std::vector<Language> read_languages(const Node* node, const std::vector<LanguageSupport>& offered,
                                     Diagnostics& out) {
  std::vector<Language> all;
  std::vector<std::string> names;
  for (const LanguageSupport& supported : offered) {
    all.push_back(supported.language);
    names.push_back(to_string(supported.language));
  }
  if (node == nullptr || offered.empty()) return all;
  std::vector<Word<Language>> words;
  for (std::size_t i = 0; i < all.size(); ++i) words.emplace_back(names[i], all[i]);
  return read_word_list(node, std::span<const Word<Language>>{words}, out);
}

}  // namespace judge
