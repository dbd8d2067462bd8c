#include "judge/submission/nonsense.hpp"

#include <algorithm>
#include <string>

#include "judge/submission/load_submission.hpp"

namespace judge {
namespace {

struct Oddity {
  const char* name;
  const char* given;  // an expression; `odd` is what is exported
};

constexpr Oddity kOddities[] = {
    {"undefined", "undefined"},
    {"symbol", "Symbol('odd')"},
    {"itself", "odd"},
    {"locked", "new Proxy({}, { get() { throw 1; }, ownKeys() { throw 1; }, has() { throw 1; } })"},
    {"rejection", "Promise.reject(null)"},
    {"thenable", "({ then(done, failed) { done(1); failed(2); throw 3; } })"},
    {"mixture", "[, 10n ** 40n, -0, NaN, new Map([[{}, []]]), new Date(NaN), '\\ud800', /x/]"},
    {"throw", "(() => { throw { message: 1, name: [] }; })()"},
};

// As a function, or as what it constructs, each method of which is such a function. Functions among
// its arguments are called, so that there is something to see.
constexpr const char* kBody = R"js(
const use = (value) => {
  try {
    if (typeof value === 'function') Promise.resolve(value()).catch(() => {});
  } catch {}
};
const answer = (list) => {
  list.flat().forEach(use);
  return give();
};
const method = (_, key) => (key === 'then' ? undefined : (...list) => answer(list));
const odd = new Proxy(function () {}, {
  apply: (target, self, list) => answer(list),
  construct: () => new Proxy({}, { get: method }),
});
)js";

std::string source_of(const Oddity& oddity, const std::vector<std::string>& exports) {
  std::string source = std::string{"const give = () => "} + oddity.given + ";" + kBody;
  for (const std::string& name : exports) source += "export { odd as " + name + " };\n";
  return source;
}

}  // namespace

std::vector<Submission> nonsense_submissions(const Problem& problem) {
  std::vector<Submission> all;
  const auto offered =
      std::ranges::find(problem.languages, Language::javascript, &LanguageSupport::language);
  if (offered == problem.languages.end() || offered->exports.empty()) return all;
  for (const Oddity& oddity : kOddities) {
    all.push_back(single_file(Language::javascript, std::string{oddity.name} + ".mjs",
                              source_of(oddity, offered->exports)));
  }
  return all;
}

}  // namespace judge
