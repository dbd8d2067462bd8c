#include "judge/problem/read_linearizable.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "harnesses/history/find_model.hpp"
#include "judge/problem/literal.hpp"

namespace judge {
namespace {

namespace history = harness::history;
using harness::Value;
using history::Kind;
using history::OperationSpec;

// Parameters of every model that say something about what calls of a case do not have.
constexpr std::array kOfOthers = {
    std::pair{std::string_view{"per_key"}, "a call names no object besides the test's only one"},
    std::pair{std::string_view{"per_producer"}, "every call of a case is a producer of its own"}};

const Given* find_given(const ScheduleTest& schedule, std::string_view name) {
  const auto found = std::ranges::find(schedule.given, name, &Given::name);
  return found == schedule.given.end() ? nullptr : &*found;
}

// Values that stand for all that can be drawn, where whether they are right is a matter of their
// bounds; nothing: there are no such.
std::optional<std::vector<Value>> samples_of(const Generator& generator) {
  if (const auto* range = std::get_if<harness::gen::Integer>(&generator.data)) {
    return std::vector{Value{range->low}, Value{range->high}};
  }
  if (const auto* literals = std::get_if<harness::gen::Literals>(&generator.data)) {
    return literals->values;
  }
  return std::nullopt;
}

const Generator* plain_given(const ScheduleTest& schedule, std::string_view name) {
  const Given* given = find_given(schedule, name);
  return given == nullptr ? nullptr : std::get_if<Generator>(&given->generator);
}

class Reader {
 public:
  Reader(const Node& criterion, const Fields& test, const ScheduleTest& schedule, Diagnostics& out)
      : criterion_{criterion},
        word_{*find_child(criterion, "linearizable")},
        test_{test},
        schedule_{schedule},
        operations_{schedule.operations->operations},
        out_{out} {}

  std::optional<Linearizability> read() {
    if (!schedule_.operations->object) {
      out_.add_at_key(word_, "is about an object, and there is none; write `object` or `factory`");
      return std::nullopt;
    }
    read_name();
    if (wanted_.model.empty()) return std::nullopt;
    if (!read_parameters()) return std::nullopt;
    const auto model = try_parameters();
    if (!model) return std::nullopt;
    read_without();
    read_as(*model);
    match_operations(*model);
    check_time(*model);
    check_call_backs();
    return std::move(wanted_);
  }

 private:
  void read_name() {
    std::vector<std::string> names;
    for (const std::string_view name : history::model_names()) names.emplace_back(name);
    const bool known =
        word_.kind == Node::Kind::scalar && std::ranges::find(names, word_.text) != names.end();
    if (known) {
      wanted_.model = word_.text;
    } else {
      out_.add(word_, "found " + word_.described() + "; " + suggest(word_.text, names));
    }
  }

  // ---- with ----

  // Whether all could be read.
  bool read_parameters() {
    const Node* with = find_child(criterion_, "with");
    if (with == nullptr) return true;
    if (with->kind != Node::Kind::map) {
      out_.add(*with,
               "found " + with->described() + "; write {capacity: 3}, or {capacity: $given}");
      return false;
    }
    for (const auto& child : with->children) {
      const auto* refused = std::ranges::find(kOfOthers, std::string_view{child->key},
                                              &decltype(kOfOthers)::value_type::first);
      if (refused != kOfOthers.end()) {
        out_.add_at_key(*child, std::string{refused->second} + "; leave it out");
        continue;
      }
      if (auto argument = read_parameter(*child)) {
        wanted_.parameters.emplace_back(child->key, std::move(*argument));
      }
    }
    return wanted_.parameters.size() == with->children.size();
  }

  std::optional<Argument> read_parameter(const Node& node) {
    if (node.kind == Node::Kind::scalar && node.text.starts_with("$") &&
        !node.text.starts_with("$$")) {
      const std::string name = node.text.substr(1);
      const Generator* generator = plain_given(schedule_, name);
      if (generator != nullptr && samples_of(*generator)) return Argument{Reference{name}};
      out_.add(node, node.described() +
                         " is no given of {integer: [low, high]} or {one_of: [...]}; write one, "
                         "or a literal");
      return std::nullopt;
    }
    auto literal = read_literal(node, out_);
    if (!literal) return std::nullopt;
    auto* text = std::get_if<std::string>(&literal->data);
    if (text != nullptr && text->starts_with("$$")) text->erase(0, 1);
    return Argument{std::move(*literal)};
  }

  [[nodiscard]] std::vector<Value> samples_of_parameter(const Argument& argument) const {
    const auto* reference = std::get_if<Reference>(&argument.data);
    if (reference == nullptr) return {std::get<Value>(argument.data)};
    return *samples_of(*plain_given(schedule_, reference->name));
  }

  // The model as some case has it. Each parameter is tried with all its samples; what one of them
  // may be does not depend on the others.
  std::optional<history::AnyModel> try_parameters() {
    harness::Object first;
    for (const auto& [name, argument] : wanted_.parameters) {
      first.fields.emplace_back(name, samples_of_parameter(argument).front());
    }
    auto model = history::find_model(wanted_.model, first);
    if (!model) {
      const Node* with = find_child(criterion_, "with");
      out_.add_at_key(with == nullptr ? word_ : *with, model.error().message());
      return std::nullopt;
    }
    for (std::size_t i = 0; i < wanted_.parameters.size(); ++i) {
      const auto& [name, argument] = wanted_.parameters[i];
      for (const Value& sample : samples_of_parameter(argument)) {
        harness::Object other = first;
        other.fields[i].second = sample;
        const auto usable = history::find_model(wanted_.model, other);
        if (usable) continue;
        out_.add_at_key(*find_child(*find_child(criterion_, "with"), name),
                        usable.error().message());
        break;
      }
    }
    return std::move(*model);
  }

  // ---- as, without ----

  [[nodiscard]] std::vector<std::string> names_of_calls() const {
    std::vector<std::string> names;
    for (const Operation& each : operations_) {
      if (each.kind == Operation::Kind::call) names.push_back(each.name);
    }
    return names;
  }

  // Reports a name that is no operation that calls something.
  bool is_call(const Node& node, const std::string& name, bool at_key) {
    const std::vector<std::string> names = names_of_calls();
    if (std::ranges::find(names, name) != names.end()) return true;
    const std::string text =
        base::quoted(name, 60) + " is no operation that calls something; " + suggest(name, names);
    out_.add(at_key ? node.entry() : node.where, node.path(), text);
    return false;
  }

  void read_without() {
    const Node* without = find_child(criterion_, "without");
    if (without == nullptr) return;
    for (const Node* item : read_list(without, "[size]", out_)) {
      if (is_call(*item, item->text, /*at_key=*/false)) without_.insert(item->text);
    }
  }

  void read_as(const history::AnyModel& model) {
    const Node* as = find_child(criterion_, "as");
    if (as == nullptr) return;
    if (as->kind != Node::Kind::map) {
      out_.add(*as, "found " + as->described() + "; write {" + names_of_calls().front() + ": " +
                        std::string{model.operations().front().name} + "}");
      return;
    }
    for (const auto& child : as->children) {
      if (!is_call(*child, child->key, /*at_key=*/true)) continue;
      if (without_.contains(child->key)) {
        out_.add_at_key(*child, "stands in `without` too; write it once");
        continue;
      }
      as_.emplace(child->key, child.get());
    }
  }

  static const OperationSpec* find_spec(const history::AnyModel& model, std::string_view name) {
    for (const OperationSpec& spec : model.operations()) {
      if (spec.name == name) return &spec;
    }
    return nullptr;
  }

  static std::vector<std::string> names_of_specs(const history::AnyModel& model) {
    std::vector<std::string> names;
    for (const OperationSpec& spec : model.operations()) names.emplace_back(spec.name);
    return names;
  }

  void match_operations(const history::AnyModel& model) {
    bool sees_any = false;
    for (std::size_t i = 0; i < operations_.size(); ++i) {
      wanted_.as.emplace_back();
      const Operation& operation = operations_[i];
      if (operation.is_new) {
        out_.add_at_key(node_of(i), "makes another object; the calls of a history are about one");
        continue;
      }
      if (operation.kind != Operation::Kind::call || without_.contains(operation.name)) continue;
      sees_any = true;
      const OperationSpec* spec = spec_of(operation, model);
      if (spec == nullptr) continue;
      wanted_.as.back() = std::string{spec->name};
      check_arguments(i, *spec);
    }
    if (sees_any) return;
    out_.add_at_key(word_, "sees none of the calls; leave out some of `without`");
  }

  const OperationSpec* spec_of(const Operation& operation, const history::AnyModel& model) {
    const std::vector<std::string> names = names_of_specs(model);
    const auto named = as_.find(operation.name);
    if (named != as_.end()) {
      const Node& node = *named->second;
      const OperationSpec* spec = find_spec(model, node.text);
      if (node.kind == Node::Kind::scalar && spec != nullptr) return spec;
      out_.add(node, "found " + node.described() + "; " + suggest(node.text, names));
      return nullptr;
    }
    const OperationSpec* spec = find_spec(model, operation.name);
    if (spec != nullptr) return spec;
    out_.add_at_key(word_, "the model has no '" + operation.name + "' but " + all_of(names) +
                               "; write as: {" + operation.name + ": " + names.front() +
                               "}, or without: [" + operation.name + "] if it changes nothing");
    return nullptr;
  }

  // ---- what the model is handed ----

  [[nodiscard]] const Node& node_of(std::size_t operation) const {
    return *test_.find("operations")->children[operation];
  }

  void check_arguments(std::size_t index, const OperationSpec& spec) {
    const Operation& operation = operations_[index];
    const Node& node = node_of(index);
    const Node* written = find_child(node, "arguments");
    const std::size_t count = written == nullptr ? 0 : written->children.size();
    if (operation.arguments.size() != count) return;  // one of them is reported already
    std::vector<Kind> kinds;
    for (const Kind kind : spec.arguments) {
      if (kind != Kind::none && kind != Kind::moment) kinds.push_back(kind);
    }
    std::vector<std::size_t> seen;
    for (std::size_t at = 0; at < count; ++at) {
      if (!is_signal(operation.arguments[at])) seen.push_back(at);
    }
    const auto needed = static_cast<std::size_t>(
        std::ranges::count_if(kinds, [](Kind kind) { return kind != Kind::count_or_one; }));
    const std::string what = "the model's '" + std::string{spec.name} + "'";
    if (seen.size() < needed || seen.size() > kinds.size()) {
      out_.add_at_key(node, "has " + std::to_string(seen.size()) + " arguments besides signals, " +
                                what + " takes " + std::to_string(kinds.size()) +
                                "; write another operation in `as`");
      return;
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (can_be(operation.arguments[seen[i]], kinds[i])) continue;
      const std::string number =
          kinds[i] == Kind::integer ? "a whole number" : "a whole number from 0 on";
      out_.add(*written->children[seen[i]],
               kinds[i] == Kind::value
                   ? "is not known when the call is made; " + what + " takes plain values"
                   : "may be something else than " + number + ", which " + what +
                         " takes; write {integer: [low, high]}");
    }
    const bool only_signals = std::ranges::all_of(
        operation.options, [](const auto& option) { return is_signal(option.second); });
    if (only_signals) return;
    out_.add_at_key(*find_child(node, "options"),
                    "holds more than signals, of which " + what +
                        " knows nothing; leave it out, or leave the operation out by `without`");
  }

  [[nodiscard]] bool can_be(const OperationArgument& argument, Kind kind) const {
    if (kind == Kind::value) return is_plain(argument);
    const auto samples = samples_of_argument(argument);
    return samples && std::ranges::all_of(*samples, [kind](const Value& value) {
             const auto* number = std::get_if<std::int64_t>(&value.data);
             return number != nullptr && (kind == Kind::integer || *number >= 0);
           });
  }

  [[nodiscard]] std::optional<std::vector<Value>> samples_of_argument(
      const OperationArgument& argument) const {
    if (const auto* generator = std::get_if<Generator>(&argument)) return samples_of(*generator);
    const auto* fixed = std::get_if<Argument>(&argument);
    if (fixed == nullptr) return std::nullopt;
    if (const auto* literal = std::get_if<Value>(&fixed->data)) return std::vector{*literal};
    const auto* reference = std::get_if<Reference>(&fixed->data);
    const Generator* generator =
        reference == nullptr ? nullptr : plain_given(schedule_, reference->name);
    return generator == nullptr ? std::nullopt : samples_of(*generator);
  }

  [[nodiscard]] bool is_plain(const OperationArgument& argument) const {
    const auto* fixed = std::get_if<Argument>(&argument);
    return fixed == nullptr || is_plain(*fixed);
  }

  [[nodiscard]] bool is_plain(const Argument& argument) const {
    if (const auto* reference = std::get_if<Reference>(&argument.data)) {
      return plain_given(schedule_, reference->name) != nullptr;
    }
    if (const auto* list = std::get_if<ArgumentList>(&argument.data)) {
      return std::ranges::all_of(list->items, [&](const Argument& item) { return is_plain(item); });
    }
    if (const auto* object = std::get_if<ArgumentObject>(&argument.data)) {
      return std::ranges::all_of(object->fields,
                                 [&](const auto& field) { return is_plain(field.second); });
    }
    return true;
  }

  // ---- what the history would not show ----

  void check_time(const history::AnyModel& model) {
    if (!model.regards_time() || schedule_.operations->advance) return;
    out_.add_at_key(word_,
                    "regards the time, which this test does not move; write time: {advance: [1, "
                    "5000]}");
  }

  void check_call_backs() {
    for (const Given& given : schedule_.given) {
      const auto* callback = std::get_if<CallbackPlan>(&given.generator);
      if (callback == nullptr || !callback->calls) continue;
      const bool is_seen = std::ranges::any_of(operations_, [&](const Operation& each) {
        return each.kind == Operation::Kind::call && !each.on &&
               each.function == callback->calls->method && !without_.contains(each.name);
      });
      if (!is_seen) continue;
      out_.add_at_key(word_, "does not see that '" + given.name + "' calls '" +
                                 callback->calls->method +
                                 "' back; leave `calls` out, or judge by predicates");
    }
  }

  const Node& criterion_;
  const Node& word_;
  const Fields& test_;
  const ScheduleTest& schedule_;
  const std::vector<Operation>& operations_;
  Diagnostics& out_;
  Linearizability wanted_;
  std::set<std::string> without_;
  std::map<std::string, const Node*> as_;  // by operation
};

}  // namespace

const std::vector<std::string>& linearizable_keys() {
  static const std::vector<std::string> keys{"linearizable", "with", "as", "without"};
  return keys;
}

std::optional<Linearizability> read_linearizable(const Node& criterion, const Fields& test,
                                                 const ScheduleTest& schedule, Diagnostics& out) {
  return Reader{criterion, test, schedule, out}.read();
}

}  // namespace judge
