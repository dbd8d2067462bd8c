#include "judge/problem/read_call.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/snake_case.hpp"
#include "judge/problem/literal.hpp"

namespace judge {
namespace {

enum class Inside { call_or_object, list };

std::optional<Argument> read_reference(const Node& node, Inside inside, GivenNames& given,
                                       Diagnostics& out) {
  const std::string name = node.text.substr(1);
  if (name.starts_with('$')) return Argument{harness::Value{name}};
  if (!given.all.contains(name)) {
    const std::vector<std::string> names(given.all.begin(), given.all.end());
    out.add(node, node.described() + " refers to nothing in `given`; " + suggest(name, names) +
                      " ('$$' begins a literal '$')");
    if (const std::string* meant = nearest(name, names)) given.used.insert(*meant);
    return std::nullopt;
  }
  given.used.insert(name);
  if (given.signals.contains(name) && inside == Inside::list) {
    out.add(node, node.described() +
                      " is a signal in a list; pass it as an argument of its own or in `options`");
    return std::nullopt;
  }
  return Argument{Reference{name}};
}

std::optional<Argument> read_argument(const Node& node, Inside inside, GivenNames* given,
                                      Diagnostics& out) {
  if (given == nullptr) {
    auto literal = read_literal(node, out);
    if (!literal) return std::nullopt;
    return Argument{std::move(*literal)};
  }
  if (node.kind == Node::Kind::list) {
    ArgumentList list;
    for (const auto& child : node.children) {
      if (auto item = read_argument(*child, Inside::list, given, out)) {
        list.items.push_back(std::move(*item));
      }
    }
    return Argument{std::move(list)};
  }
  if (node.kind == Node::Kind::map) {
    ArgumentObject object;
    for (const auto& child : node.children) {
      if (auto value = read_argument(*child, Inside::call_or_object, given, out)) {
        object.fields.emplace_back(child->key, std::move(*value));
      }
    }
    return Argument{std::move(object)};
  }
  if (node.kind == Node::Kind::scalar && node.text.starts_with('$') && node.text.size() > 1) {
    return read_reference(node, inside, *given, out);
  }
  auto literal = read_literal(node, out);
  if (!literal) return std::nullopt;
  return Argument{std::move(*literal)};
}

const std::vector<std::string>* exports_of(Language language, const ProblemContext& problem) {
  for (const LanguageSupport& supported : problem.languages) {
    if (supported.language == language) return &supported.exports;
  }
  return nullptr;
}

}  // namespace

void check_only_export(const Node& call, const std::vector<Language>& languages,
                       ProblemContext& problem) {
  for (const Language language : languages) {
    const auto* exports = exports_of(language, problem);
    if (exports == nullptr || exports->size() < 2) continue;
    problem.out.add(call, to_string(language) + " exports " + all_of(*exports) + "; write {" +
                              exports->front() + ": [...]} to say which to call");
    return;
  }
}

void check_named_export(const Node& at, const std::string& name,
                        const std::vector<Language>& languages, ProblemContext& problem) {
  for (const Language language : languages) {
    const auto* exports = exports_of(language, problem);
    if (exports == nullptr || exports->empty()) continue;
    if (std::ranges::find(*exports, name) != exports->end()) continue;
    problem.out.add_at_key(at, base::quoted(name, 60) + " is no export of " + to_string(language) +
                                   "; " + suggest(name, *exports));
    return;
  }
}

void check_export(const Node& at, const std::string& name, const std::vector<Language>& languages,
                  ProblemContext& problem) {
  std::vector<Language> others;
  for (const LanguageSupport& supported : problem.languages) {
    if (std::ranges::find(languages, supported.language) == languages.end()) continue;
    const bool spelt =
        supported.language == Language::python &&
        std::ranges::find(supported.exports, harness::snake_case(name)) != supported.exports.end();
    if (!spelt) others.push_back(supported.language);
  }
  check_named_export(at, name, others, problem);
}

ArgumentObject read_options(const Node& node, GivenNames* given, Diagnostics& out) {
  ArgumentObject options;
  if (node.kind != Node::Kind::map) {
    out.add(node, "found " + node.described() + "; write {name: value}");
    return options;
  }
  for (const auto& child : node.children) {
    if (auto value = read_argument(*child, Inside::call_or_object, given, out)) {
      options.fields.emplace_back(child->key, std::move(*value));
    }
  }
  return options;
}

std::vector<Argument> read_arguments(const Node& node, GivenNames* given, Diagnostics& out) {
  std::vector<Argument> arguments;
  if (node.kind != Node::Kind::list) {
    out.add(node, "found " + node.described() + "; write a list of arguments, [] for none");
    return arguments;
  }
  for (const auto& child : node.children) {
    if (auto argument = read_argument(*child, Inside::call_or_object, given, out)) {
      arguments.push_back(std::move(*argument));
    }
  }
  return arguments;
}

std::optional<Argument> read_one_argument(const Node& node, GivenNames& given, Diagnostics& out) {
  return read_argument(node, Inside::call_or_object, &given, out);
}

std::optional<Call> read_call(const Fields& fields, const std::vector<Language>& languages,
                              GivenNames* given, ProblemContext& problem, ExportNames names) {
  Diagnostics& out = problem.out;
  Call call;
  if (const Node* options = fields.find("options")) {
    call.options = read_options(*options, given, out);
  }
  const Node* node = fields.need("call", "call: [1, 2], the list of arguments");
  if (node == nullptr) return std::nullopt;
  if (node->kind != Node::Kind::map) {
    check_only_export(*node, languages, problem);
    call.arguments = read_arguments(*node, given, out);
    return call;
  }
  if (node->children.size() != 1) {
    out.add(*node, "names " + std::to_string(node->children.size()) +
                       " functions; write one, {name: [arguments]}");
    return std::nullopt;
  }
  const Node& function = *node->children.front();
  if (names == ExportNames::as_written) {
    check_named_export(function, function.key, languages, problem);
  } else {
    check_export(function, function.key, languages, problem);
  }
  call.function = function.key;
  call.arguments = read_arguments(function, given, out);
  return call;
}

}  // namespace judge
