#include "sandbox/filter/parse_policy.hpp"

#include <seccomp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "sandbox/base/escape.hpp"
#include "sandbox/filter/constants.hpp"
#include "sandbox/filter/nearest_name.hpp"

namespace sandbox {
namespace {

struct Word {
  std::string_view text;
  int line;
};
using Statement = std::vector<Word>;  // never empty

struct Verb {
  std::string_view name;
  Answer answer;
};
constexpr std::array kVerbs{Verb{"allow", Answer::allow}, Verb{"refuse", Answer::refuse},
                            Verb{"missing", Answer::missing}, Verb{"forbidden", Answer::forbidden}};

constexpr std::string_view kSpace = " \t\r";

std::vector<Word> split_line(std::string_view line, int number) {
  line = line.substr(0, line.find('#'));
  std::vector<Word> words;
  for (std::size_t at = line.find_first_not_of(kSpace); at != std::string_view::npos;
       at = line.find_first_not_of(kSpace, at)) {
    const std::size_t end = std::min(line.find_first_of(kSpace, at), line.size());
    words.push_back({line.substr(at, end - at), number});
    at = end;
  }
  return words;
}

std::string where(std::string_view file, int line) {
  return std::string{file} + ":" + std::to_string(line);
}

base::Result<std::vector<Statement>> split(const base::EmbeddedText& file) {
  std::vector<Statement> statements;
  int number = 0;
  for (std::size_t start = 0; start < file.content.size();) {
    ++number;
    const std::size_t end = std::min(file.content.find('\n', start), file.content.size());
    const std::string_view line = file.content.substr(start, end - start);
    start = end + 1;
    const std::vector<Word> words = split_line(line, number);
    if (words.empty()) continue;
    if (kSpace.find(line.front()) == std::string_view::npos) {
      statements.push_back(words);
    } else if (statements.empty()) {
      return base::invalid_input(where(file.name, number) + ": " + base::quoted(words[0].text) +
                                 ": an indented line continues a statement, and there is none");
    } else {
      statements.back().insert(statements.back().end(), words.begin(), words.end());
    }
  }
  return statements;
}

std::vector<std::string> names_of_syscalls() {
  constexpr int kAboveAll = 1024;
  std::vector<std::string> names;
  for (int number = 0; number < kAboveAll; ++number) {
    const std::unique_ptr<char, decltype(&std::free)> name{
        seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number), &std::free};
    if (name != nullptr) names.emplace_back(name.get());
  }
  return names;
}

class Parser {
 public:
  explicit Parser(std::span<const base::EmbeddedText> files) : files_{files} {}

  // Ends: each file is read at most once.
  base::Status include(std::string_view name) {
    const auto file = std::find_if(files_.begin(), files_.end(), [&](const auto& one) {
      return one.name == std::string{name} + ".policy";
    });
    if (file == files_.end()) return wrong(name, "no policy file of this name", file_names());
    if (!included_.insert(file->name).second) return wrong(name, "included twice");
    const std::string_view includer = std::exchange(file_, file->name);
    JUDGE_TRY(const std::vector<Statement> statements, split(*file));
    for (const Statement& statement : statements) JUDGE_TRY_VOID(read(statement));
    file_ = includer;
    return {};
  }

  std::vector<Rule> take_rules() { return std::move(rules_); }

 private:
  tl::unexpected<base::Error> wrong(std::string_view word, std::string_view what,
                                    std::span<const std::string> names = {}) const {
    std::string message = file_.empty() ? "" : where(file_, line_) + ": ";
    message.append(base::quoted(word)).append(": ").append(what).append(did_you_mean(word, names));
    return base::invalid_input(std::move(message));
  }

  base::Status read(const Statement& statement) {
    line_ = statement[0].line;
    const std::string_view first = statement[0].text;
    if (first == "include") {
      if (statement.size() != 2) return wrong(first, "needs one name, without its .policy");
      line_ = statement[1].line;
      return include(statement[1].text);
    }
    JUDGE_TRY(const Answer answer, read_verb(statement[0]));
    if (statement.size() == 1) return wrong(first, "names no system call");
    if (statement.size() > 2 && statement[2].text == "if") {
      JUDGE_TRY(Condition condition, read_condition(std::span{statement}.subspan(2)));
      return add(statement[1], answer, std::move(condition));
    }
    for (const Word& word : std::span{statement}.subspan(1)) {
      JUDGE_TRY_VOID(add(word, answer, std::nullopt));
    }
    return {};
  }

  base::Result<Answer> read_verb(const Word& word) {
    line_ = word.line;
    for (const Verb& verb : kVerbs) {
      if (verb.name == word.text) return verb.answer;
    }
    return wrong(word.text, "no verb; write allow, refuse, missing, forbidden or include");
  }

  base::Status add(const Word& name, Answer answer, std::optional<Condition> condition) {
    line_ = name.line;
    const std::string text{name.text};
    const int number = seccomp_syscall_resolve_name(text.c_str());
    if (number == __NR_SCMP_ERROR) {
      return wrong(text, "no system call of this name", names_of_syscalls());
    }
    const auto [known, added] = named_.try_emplace(text, where(file_, line_));
    if (!added) return wrong(text, "named already at " + known->second);
    if (condition && condition->otherwise == answer) {
      return wrong(text, "the same answer with the condition and without");
    }
    rules_.push_back(Rule{text, number, answer, std::move(condition)});
    return {};
  }

  // if argN is|has VALUE... else VERB
  base::Result<Condition> read_condition(std::span<const Word> words) {
    line_ = words[0].line;
    if (words.size() < 6) {
      return wrong("if", "write: VERB CALL if argN is|has VALUE... else VERB");
    }
    Condition condition;
    line_ = words[1].line;
    const std::string_view argument = words[1].text;
    if (argument.size() != 4 || !argument.starts_with("arg") || argument[3] < '0' ||
        argument[3] > '5') {
      return wrong(argument, "no argument; write arg0 to arg5");
    }
    condition.argument = static_cast<unsigned>(argument[3] - '0');
    line_ = words[2].line;
    if (words[2].text != "is" && words[2].text != "has") {
      return wrong(words[2].text, "no comparison; write is or has");
    }
    condition.kind = words[2].text == "is" ? Condition::Kind::is : Condition::Kind::has;
    const Word& last = words[words.size() - 2];
    if (last.text != "else") {
      line_ = last.line;
      return wrong(last.text, "a condition ends with: else VERB");
    }
    for (const Word& word : words.subspan(3, words.size() - 5)) {
      JUDGE_TRY(const std::uint32_t value, read_value(word));
      condition.values.push_back(value);
    }
    JUDGE_TRY(condition.otherwise, read_verb(words.back()));
    return condition;
  }

  base::Result<std::uint32_t> read_value(const Word& word) {
    line_ = word.line;
    if (const auto value = constant(word.text)) return *value;
    const bool hexadecimal = word.text.starts_with("0x");
    const std::string_view digits = word.text.substr(hexadecimal ? 2 : 0);
    const char* const end = digits.data() + digits.size();
    std::uint32_t value = 0;
    const auto [stop, code] = std::from_chars(digits.data(), end, value, hexadecimal ? 16 : 10);
    if (code == std::errc{} && stop == end && !digits.empty()) return value;
    return wrong(word.text, "no number below 2^32, and no name in filter/constants.cpp",
                 names_of_constants());
  }

  std::vector<std::string> file_names() const {
    std::vector<std::string> names;
    for (const base::EmbeddedText& file : files_) {
      names.emplace_back(file.name.substr(0, file.name.rfind(".policy")));
    }
    return names;
  }

  std::span<const base::EmbeddedText> files_;
  std::set<std::string_view> included_;
  std::string_view file_;  // where the reader is; empty: nowhere yet
  int line_ = 0;
  std::map<std::string, std::string> named_;  // call to where it is named
  std::vector<Rule> rules_;
};

}  // namespace

base::Result<std::vector<Rule>> parse_policy(std::string_view name,
                                             std::span<const base::EmbeddedText> files) {
  Parser parser{files};
  JUDGE_TRY_VOID(parser.include(name));
  return parser.take_rules();
}

}  // namespace sandbox
