#include "judge/authoring/new_problem.hpp"

#include <string_view>

#include "judge/authoring/template.hpp"
#include "judge/problem/fields.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

constexpr std::string_view kIdMark = "@ID@";

std::string with_id(std::string_view text, const std::string& id) {
  std::string out;
  for (std::size_t mark = 0; (mark = text.find(kIdMark)) != std::string_view::npos;) {
    out.append(text.substr(0, mark)).append(id);
    text.remove_prefix(mark + kIdMark.size());
  }
  return out.append(text);
}

}  // namespace

base::Result<NewFolder> write_new_problem(const std::filesystem::path& root,
                                          const std::string& id) {
  if (!is_id(id)) {
    return base::invalid_input(base::quoted(id, 60) +
                               " is no id; write at most 64 small letters, digits and '-', "
                               "beginning with a letter or digit");
  }
  JUDGE_TRY(NewFolder folder, NewFolder::make(root / id));
  for (const base::EmbeddedText& file : problem_template()) {
    JUDGE_TRY_VOID(folder.write(std::string{file.name}, with_id(file.content, id)));
  }
  return folder;
}

}  // namespace judge
