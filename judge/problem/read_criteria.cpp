#include "judge/problem/read_criteria.hpp"

#include <algorithm>
#include <utility>

#include "judge/problem/read_head.hpp"

namespace judge {
namespace {

constexpr double kLargestWeight = 1000;

Criterion read_criterion(const Node& node, const std::vector<LanguageSupport>& offered,
                         Diagnostics& out) {
  Criterion criterion;
  criterion.id = node.key;
  (void)check_id_key(node, out);
  const Fields fields{node, out, {"text", "weight", "required", "languages"}};
  if (!fields.is_map()) return criterion;
  criterion.text =
      read_some_text(fields.need("text", "text: what must hold, in a sentence"), out).value_or("");
  criterion.weight = read_positive(fields.find("weight"), kLargestWeight, out).value_or(1);
  criterion.required = read_flag(fields.find("required"), out).value_or(true);
  criterion.languages = read_languages(fields.find("languages"), offered, out);
  return criterion;
}

}  // namespace

std::vector<Criterion> read_criteria(const Fields& problem,
                                     const std::vector<LanguageSupport>& offered,
                                     Diagnostics& out) {
  std::vector<Criterion> criteria;
  constexpr std::string_view kExample = "{bounded: {text: What must hold.}}";
  const Node* node = problem.need("criteria", "criteria: {bounded: {text: What must hold.}}");
  if (node == nullptr) return criteria;
  if (node->kind != Node::Kind::map || node->children.empty()) {
    const std::string found =
        node->kind == Node::Kind::map ? "names no criterion" : "found " + node->described();
    out.add(*node, found + "; write " + std::string{kExample});
    return criteria;
  }
  for (const auto& child : node->children) {
    criteria.push_back(read_criterion(*child, offered, out));
  }
  const auto is_required = [](const Criterion& criterion) { return criterion.required; };
  if (std::ranges::none_of(criteria, is_required)) {
    out.add_at_key(*node,
                   "none is required, so that every submission would be accepted; leave `required: "
                   "false` out of one");
  }
  return criteria;
}

}  // namespace judge
