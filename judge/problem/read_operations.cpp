#include "judge/problem/read_operations.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "judge/problem/read_generator.hpp"
#include "judge/problem/read_given.hpp"

namespace judge {
namespace {

constexpr std::int64_t kMostSteps = 200;
constexpr std::int64_t kMostMilliseconds = 86'400'000;
constexpr std::int64_t kMostWeight = 100;
constexpr Word<bool> kTurns[] = {{"any", false}, {"alike", true}};
constexpr Word<bool> kOwnSignals[] = {{"during", false}, {"before", true}};

using Languages = std::vector<Language>;

// `[$permits]` is about the only export, `{createPool: [$permits]}` about that one.
std::optional<ObjectPlan> read_object(const Fields& test, const Languages& languages,
                                      GivenNames& given, ProblemContext& problem) {
  const Node* node = test.find("object");
  const Node* factory = test.find("factory");
  if (node != nullptr && factory != nullptr) {
    problem.out.add_at_key(*factory, "stands beside `object`; write one of them");
  }
  ObjectPlan object{.function = {}, .is_factory = node == nullptr, .arguments = {}, .options = {}};
  if (node == nullptr) node = factory;
  const Node* options = test.find("options");
  if (node == nullptr) {
    if (options != nullptr) {
      problem.out.add_at_key(*options,
                             "are those of an object, but there is none; write `object`, "
                             "or the options of each operation");
    }
    return std::nullopt;
  }
  if (options != nullptr) object.options = read_options(*options, &given, problem.out);
  if (node->kind == Node::Kind::map && node->children.size() == 1) {
    node = node->children.front().get();
    object.function = node->key;
    check_export(*node, object.function, languages, problem);
  } else {
    check_only_export(*node, languages, problem);
  }
  object.arguments = read_arguments(*node, &given, problem.out);
  return object;
}

// The given signal, where `node` refers to it.
std::optional<SharedSignal> read_shared_signal(const Node& node, const std::vector<Given>& drawn,
                                               GivenNames& given) {
  if (node.kind != Node::Kind::scalar || !node.text.starts_with('$')) return std::nullopt;
  const std::string name = node.text.substr(1);
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    if (drawn[i].name != name || !std::holds_alternative<GivenSignal>(drawn[i].generator)) continue;
    given.used.insert(name);
    return SharedSignal{i};
  }
  return std::nullopt;
}

std::optional<OperationArgument> read_own_signal(const Node& node, Diagnostics& out) {
  const Fields fields{node, out, {"signal", "reasons"}};
  const auto before = read_word(fields.find("signal"), kOwnSignals, out);
  const bool any = read_any_reason(fields.find("reasons"), out);
  if (!before) return std::nullopt;
  return OperationArgument{OwnSignal{.aborted_before = *before, .any_reason = any}};
}

std::optional<OperationArgument> read_argument(const Node& node, const std::vector<Given>& drawn,
                                               GivenNames& given, Diagnostics& out) {
  if (is_generator(node)) {
    auto plain = read_even_generator(node, out);
    if (!plain) return std::nullopt;
    return OperationArgument{std::move(*plain)};
  }
  if (node.kind == Node::Kind::map && find_child(node, "signal") != nullptr) {
    return read_own_signal(node, out);
  }
  if (const auto shared = read_shared_signal(node, drawn, given)) return OperationArgument{*shared};
  auto argument = read_one_argument(node, given, out);
  if (!argument) return std::nullopt;
  return OperationArgument{std::move(*argument)};
}

void read_call_arguments(const Fields& fields, Operation& operation,
                         const std::vector<Given>& drawn, GivenNames& given, Diagnostics& out) {
  if (const Node* arguments = fields.find("arguments")) {
    if (arguments->kind != Node::Kind::list) {
      out.add(*arguments, "found " + arguments->described() + "; write a list, [] for none");
      return;
    }
    for (const auto& child : arguments->children) {
      if (auto argument = read_argument(*child, drawn, given, out)) {
        operation.arguments.push_back(std::move(*argument));
      }
    }
  }
  if (const Node* options = fields.find("options")) {
    if (options->kind != Node::Kind::map) {
      out.add(*options, "found " + options->described() + "; write {name: value}");
      return;
    }
    for (const auto& child : options->children) {
      if (auto argument = read_argument(*child, drawn, given, out)) {
        operation.options.emplace_back(child->key, std::move(*argument));
      }
    }
  }
}

// The operation that `node` names; it calls something.
std::optional<std::size_t> read_target(const Node& node, const Node& operations, Diagnostics& out) {
  const auto gives_something = [](const Node& each) {
    return find_child(each, "call") != nullptr || find_child(each, "new") != nullptr;
  };
  std::vector<std::string> names;
  for (const auto& child : operations.children) {
    if (gives_something(*child)) names.push_back(child->key);
  }
  for (std::size_t i = 0; i < operations.children.size(); ++i) {
    const Node& other = *operations.children[i];
    if (other.key == node.text && gives_something(other)) return i;
  }
  out.add(node,
          node.described() + " is no operation that calls something; " + suggest(node.text, names));
  return std::nullopt;
}

bool has_own_signal(const Operation& operation) {
  return is_any_argument(operation, [](const OperationArgument& argument) {
    const auto* signal = std::get_if<OwnSignal>(&argument);
    return signal != nullptr && !signal->aborted_before;
  });
}

struct Surroundings {
  const Node& operations;
  bool has_object;
  const Languages& languages;
  const std::vector<Given>& drawn;
  GivenNames& given;
  ProblemContext& problem;
};

void read_called(const Node& call, const Fields& fields, Operation& operation,
                 const Surroundings& around) {
  Diagnostics& out = around.problem.out;
  if (call.kind != Node::Kind::scalar) {
    out.add(call, "found " + call.described() + "; write the name of what is called");
    return;
  }
  operation.function = call.text;
  if (const Node* on = fields.find("on"); on != nullptr && operation.is_new) {
    out.add_at_key(*on, "belongs to a call of a method; leave it out beside `new`");
  } else if (on != nullptr) {
    operation.on = read_target(*on, around.operations, out);
  } else if (operation.is_new || (!operation.function.empty() && !around.has_object)) {
    check_export(call, operation.function, around.languages, around.problem);
  } else if (operation.function.empty()) {
    out.add(call, "is empty, which calls what `on` gave; write `on`, or a name");
  }
  operation.once = read_flag(fields.find("once"), out).value_or(true);
  read_call_arguments(fields, operation, around.drawn, around.given, out);
  const auto is_own = [](const OperationArgument& argument) {
    return std::holds_alternative<OwnSignal>(argument);
  };
  const auto is_shared = [](const OperationArgument& argument) {
    return std::holds_alternative<SharedSignal>(argument);
  };
  if (is_any_argument(operation, is_own) && is_any_argument(operation, is_shared)) {
    out.add(call, "is handed a signal of its own beside the shared one; write one kind of them");
  }
}

// `abort: $name` is about the given signal, `abort: name` about that of a call.
void read_aborted(const Node& what, Operation& operation, const Surroundings& around) {
  Diagnostics& out = around.problem.out;
  if (!what.text.starts_with('$')) {
    operation.on = read_target(what, around.operations, out);
    return;
  }
  const auto shared = read_shared_signal(what, around.drawn, around.given);
  if (!shared) {
    out.add(what, what.described() + " is no given signal; write {signal: during} in `given`");
  } else if (const auto& given = around.drawn[shared->given];
             std::get<GivenSignal>(given.generator).when != SignalPlan::during) {
    out.add(what, what.described() + " is not to be aborted during the calls; write " + given.name +
                      ": {signal: during}");
  }
}

Operation read_operation(const Node& node, const Surroundings& around) {
  Diagnostics& out = around.problem.out;
  Operation operation{.name = node.key, .function = {}, .on = {}, .arguments = {}, .options = {}};
  check_name(node, out);
  if (around.given.all.contains(node.key)) {
    out.add_at_key(node, "is the name of a given too; write another name");
  }
  const Fields fields{
      node, out, {"call", "new", "abort", "on", "once", "arguments", "options", "weight"}};
  if (!fields.is_map()) return operation;
  if (const auto weight = read_integer(fields.find("weight"), 1, kMostWeight, out)) {
    operation.weight = static_cast<unsigned>(*weight);
  }
  const Node* what = fields.need_one_of({"call", "new", "abort"});
  if (what == nullptr) return operation;
  operation.is_new = what->key == "new";
  if (what->key != "abort") {
    read_called(*what, fields, operation, around);
    return operation;
  }
  operation.kind = Operation::Kind::abort;
  read_aborted(*what, operation, around);
  for (const char* key : {"on", "once", "arguments", "options"}) {
    if (const Node* misplaced = fields.find(key)) {
      out.add_at_key(*misplaced, "belongs to a call; leave it out beside `abort`");
    }
  }
  return operation;
}

// What can only be seen when all are read: an abort needs a signal to abort.
void check_aborts(const OperationsPlan& plan, const Node& operations, Diagnostics& out) {
  for (std::size_t i = 0; i < plan.operations.size(); ++i) {
    const Operation& each = plan.operations[i];
    if (each.kind != Operation::Kind::abort || !each.on) continue;
    if (has_own_signal(plan.operations[*each.on])) continue;
    out.add(*operations.children[i], "aborts '" + plan.operations[*each.on].name +
                                         "', which is given no signal; write {signal: during} "
                                         "among its arguments");
  }
}

bool is_time(const harness::Value& value) {
  const auto* ms = std::get_if<std::int64_t>(&value.data);
  return ms != nullptr && *ms >= 1 && *ms <= kMostMilliseconds;
}

// Whether whatever it draws is whole milliseconds.
bool draws_times(const Generator& generator) {
  const auto* range = std::get_if<harness::gen::Integer>(&generator.data);
  if (range != nullptr) return range->low >= 1 && range->high <= kMostMilliseconds;
  const auto* choices = std::get_if<harness::gen::Literals>(&generator.data);
  return choices != nullptr && std::ranges::all_of(choices->values, is_time);
}

std::optional<Generator> read_advance(const Node& node, Diagnostics& out) {
  if (node.kind == Node::Kind::list) {
    const auto span = read_span(&node, 1, kMostMilliseconds, out);
    if (!span) return std::nullopt;
    return Generator{harness::gen::Integer{span->low, span->high, harness::Spread::even}};
  }
  if (!is_generator(node)) {
    out.add(node, "found " + node.described() + "; write [1, 5000], milliseconds");
    return std::nullopt;
  }
  auto plain = read_even_generator(node, out);
  if (!plain || draws_times(*plain)) return plain;
  out.add(node, "holds what is no time; write whole milliseconds from 1 to 86400000, a day");
  return std::nullopt;
}

// Literals, and givens that draw nothing but times.
std::vector<Argument> read_after(const Node* node, const std::vector<Given>& drawn,
                                 GivenNames& given, Diagnostics& out) {
  std::vector<Argument> after;
  for (const Node* item : read_list(node, "[$ttl, 5000], milliseconds", out)) {
    auto argument = read_one_argument(*item, given, out);
    if (!argument) continue;
    const auto* literal = std::get_if<harness::Value>(&argument->data);
    const auto* reference = std::get_if<Reference>(&argument->data);
    const bool is_one =
        (literal != nullptr && is_time(*literal)) ||
        (reference != nullptr && std::ranges::any_of(drawn, [&](const Given& each) {
           const auto* plain = std::get_if<Generator>(&each.generator);
           return each.name == reference->name && plain != nullptr && draws_times(*plain);
         }));
    if (is_one) {
      after.push_back(std::move(*argument));
    } else {
      out.add(*item,
              item->described() +
                  " is no time, or not always; write whole milliseconds from 1 to 86400000, a day");
    }
  }
  return after;
}

}  // namespace

OperationsPlan read_operations(const Fields& test, const Languages& languages,
                               const std::vector<Given>& drawn, GivenNames& given,
                               ProblemContext& problem) {
  Diagnostics& out = problem.out;
  OperationsPlan plan{
      .object = {}, .operations = {}, .steps = {0, 0}, .advance = {}, .after = {}, .at_end = {}};
  plan.object = read_object(test, languages, given, problem);
  if (const auto steps = read_span(test.need("steps", "steps: [0, 12]"), 0, kMostSteps, out)) {
    plan.steps = {steps->low, steps->high};
  }
  if (const Node* time = test.find("time")) {
    const Fields fields{*time, out, {"advance", "after", "at_end"}};
    plan.after = read_after(fields.find("after"), drawn, given, out);
    plan.at_end = read_integer(fields.find("at_end"), 1, kMostMilliseconds, out);
    if (const Node* advance = fields.need("advance", "advance: [1, 5000]")) {
      plan.advance = read_advance(*advance, out);
    }
  }
  plan.alike = read_word(test.find("one_turn"), kTurns, out).value_or(false);
  const Node* operations = test.find("operations");
  if (operations == nullptr) return plan;
  if (operations->kind != Node::Kind::map || operations->children.empty()) {
    out.add(*operations,
            "found " + operations->described() + "; write {name: {call: method, arguments: []}}");
    return plan;
  }
  const Surroundings around{*operations, plan.object.has_value(), languages, drawn, given, problem};
  for (const auto& child : operations->children) {
    plan.operations.push_back(read_operation(*child, around));
  }
  check_aborts(plan, *operations, out);
  return plan;
}

}  // namespace judge
