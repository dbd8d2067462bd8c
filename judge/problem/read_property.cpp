#include "judge/problem/read_property.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "judge/problem/generator_bounds.hpp"
#include "judge/problem/read_call.hpp"
#include "judge/problem/read_check.hpp"
#include "judge/problem/read_generator.hpp"
#include "judge/problem/read_given.hpp"

namespace judge {
namespace {

constexpr std::int64_t kMostCases = 100'000;
constexpr std::size_t kMostCalls = 16;

using Languages = std::vector<Language>;

// Names that predicates of this harness know besides those that no harness gives away.
void check_drawn_name(const Node& named, Diagnostics& out) {
  check_name(named, out);
  if (named.key == "after" || named.key == "unchanged") {
    out.add_at_key(named, base::quoted(named.key, 60) +
                              " means something else in predicates; write another name");
  }
}

std::vector<harness::DrawnInput> read_drawn(const Node& node, const Languages& languages,
                                            GivenNames& names, Diagnostics& out) {
  std::vector<harness::DrawnInput> given;
  if (node.kind != Node::Kind::map) {
    out.add(node, "found " + node.described() + "; write {name: {generator: ...}}");
    return given;
  }
  const bool for_python = std::ranges::find(languages, Language::python) != languages.end();
  for (const auto& child : node.children) {
    check_drawn_name(*child, out);
    names.all.insert(child->key);
    auto generator = read_generator(*child, out);
    if (!generator) continue;
    if (for_python && has_unhashable_members(*generator)) {
      out.add(*child,
              "has lists or objects as members of a set or keys of a map, which python "
              "cannot; leave python out of this test's languages");
    }
    if (for_python && draws_undefined(*generator)) {
      out.add(*child,
              "draws undefined, which python does not have; leave python out of this test's "
              "languages");
    }
    given.push_back({child->key, std::move(*generator), out.position(child->key_where)});
  }
  return given;
}

// What earlier calls gave is the very object, and only an argument of its own can be that.
void refuse_results_inside(const Node& node, const std::set<std::string>& results,
                           Diagnostics& out) {
  for (const auto& child : node.children) {
    const bool names_one = child->kind == Node::Kind::scalar && child->text.starts_with('$') &&
                           results.contains(child->text.substr(1));
    if (names_one) {
      out.add(*child, child->described() +
                          " is what an earlier call gave; pass it as an argument of its own");
    }
    refuse_results_inside(*child, results, out);
  }
}

// {encode: [$x]}, {encode: [$x], options: {...}} or, for an only export, [$x].
harness::NamedCall read_named_call(const Node& node, const std::set<std::string>& results,
                                   const Languages& languages, GivenNames& names,
                                   ProblemContext& problem) {
  Diagnostics& out = problem.out;
  harness::NamedCall named{.name = node.key, .call = {}};
  const Node* arguments = &node;
  if (node.kind == Node::Kind::map) {
    const Node* options = find_child(node, "options");
    const auto function = std::ranges::find_if(
        node.children, [&](const auto& child) { return child.get() != options; });
    if (node.children.size() != (options != nullptr ? 2U : 1U)) {
      out.add(node, "names " + std::to_string(node.children.size() - (options != nullptr)) +
                        " functions; write one, {name: [arguments]}");
      return named;
    }
    arguments = function->get();
    named.call.function = arguments->key;
    check_export(*arguments, arguments->key, languages, problem);
    if (options != nullptr) {
      refuse_results_inside(*options, results, out);
      named.call.options = read_options(*options, &names, out);
    }
  } else {
    check_only_export(node, languages, problem);
  }
  for (const auto& argument : arguments->children) refuse_results_inside(*argument, results, out);
  named.call.arguments = read_arguments(*arguments, &names, out);
  return named;
}

std::vector<harness::NamedCall> read_calls(const Node& node, const Languages& languages,
                                           GivenNames& names, ProblemContext& problem) {
  std::vector<harness::NamedCall> calls;
  Diagnostics& out = problem.out;
  if (node.kind != Node::Kind::map || node.children.empty()) {
    out.add(node, "found " + node.described() + "; write {name: {function: [arguments]}}");
    return calls;
  }
  if (node.children.size() > kMostCalls) {
    out.add(node, "makes " + std::to_string(node.children.size()) + " calls; write at most " +
                      std::to_string(kMostCalls));
  }
  std::set<std::string> results;
  for (const auto& child : node.children) {
    check_drawn_name(*child, out);
    if (names.all.contains(child->key)) {
      out.add_at_key(*child, "is the name of a given too; write another name");
    }
    calls.push_back(read_named_call(*child, results, languages, names, problem));
    results.insert(child->key);
    names.all.insert(child->key);
  }
  return calls;
}

}  // namespace

const std::vector<std::string>& property_keys() {
  static const std::vector<std::string> keys{"harness", "languages", "given", "call",
                                             "options", "calls",     "cases", "check"};
  return keys;
}

PropertyTest read_property(const Fields& test, const Languages& languages,
                           ProblemContext& problem) {
  PropertyTest property;
  GivenNames names;
  check_exports(test, languages, "a property test", problem);
  if (const Node* given = test.find("given")) {
    property.given = read_drawn(*given, languages, names, problem.out);
  }
  property.most_cases = read_integer(test.find("cases"), 1, kMostCases, problem.out);
  bool is_read = true;
  if (const Node* calls = test.find("calls")) {
    for (const char* key : {"call", "options"}) {
      if (const Node* misplaced = test.find(key)) {
        problem.out.add_at_key(*misplaced, "stands beside `calls`; write one of them");
      }
    }
    property.calls = read_calls(*calls, languages, names, problem);
    is_read = !property.calls.empty();
  } else if (auto call =
                 read_call(test, languages, &names, problem, ExportNames::spelt_by_language)) {
    property.calls.push_back({.name = {}, .call = std::move(*call)});
  } else {
    is_read = false;
  }
  for (const harness::DrawnInput& drawn : property.given) {
    if (!is_read || names.used.contains(drawn.name)) continue;
    problem.out.add({drawn.where.line, drawn.where.column},
                    test.node().path() + ".given." + drawn.name,
                    "drawn but never passed; write $" + drawn.name + " among some arguments");
  }
  property.predicates = read_check(test, languages, {.moments = false, .compares = true}, problem);
  return property;
}

}  // namespace judge
