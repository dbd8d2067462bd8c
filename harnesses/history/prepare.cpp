#include "harnesses/history/prepare.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <variant>

#include "harnesses/protocol/show.hpp"
#include "sandbox/base/escape.hpp"

namespace harness::history {
namespace {

std::optional<Word> whole_number(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value.data)) return *integer;
  const auto* number = std::get_if<double>(&value.data);
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (number == nullptr || std::trunc(*number) != *number) return std::nullopt;
  if (*number < -kTwoTo63 || *number >= kTwoTo63) return std::nullopt;
  return static_cast<Word>(*number);
}

// Nothing: the value is of another kind.
std::optional<Word> read(const Value& value, Kind kind, Values& values) {
  switch (kind) {
    case Kind::none:
      return std::nullopt;
    case Kind::value:
      return values.number(value);
    case Kind::integer:
    case Kind::moment:
      return whole_number(value);
    case Kind::count_or_one: {
      const std::optional<Word> count = whole_number(value);
      return count && *count >= 0 ? count : std::nullopt;
    }
    case Kind::boolean:
      if (const auto* truth = std::get_if<bool>(&value.data)) return *truth ? 1 : 0;
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Word> when_not_given(Kind kind) {
  if (kind == Kind::count_or_one) return 1;
  if (kind == Kind::moment) return 0;
  return std::nullopt;
}

std::string known_operations(const AnyModel& model) {
  std::string names;
  for (const OperationSpec& spec : model.operations()) {
    names += (names.empty() ? "" : ", ") + std::string{spec.name};
  }
  return names;
}

// Reads the operations of one history, one after the other.
class Reader {
 public:
  Reader(const AnyModel& model, Partition partition, Values& values)
      : model_{model}, partition_{partition}, values_{values} {}

  // Nothing: whatever the operation did, it explains nothing and asks for nothing.
  base::Result<std::optional<Item>> item(const Operation& operation, std::size_t index) {
    JUDGE_TRY(const OperationSpec* const spec, find(operation.call.operation));
    Action action{.operation = static_cast<std::size_t>(spec - model_.operations().data()),
                  .arguments = {},
                  .result = std::nullopt};
    if (model_.regards_processes()) action.process = static_cast<Word>(operation.call.process);
    JUDGE_TRY(action.arguments, arguments(operation, *spec));

    const bool returned = operation.ending == Operation::Ending::returned;
    const bool failed = operation.ending == Operation::Ending::failed;
    if (failed && spec->when_failed == Failure::no_effect) return std::nullopt;
    if (!returned && spec->effect == Effect::never) return std::nullopt;
    if (returned && operation.result && spec->result != Kind::none) {
      action.result = read(*operation.result, spec->result, values_);
      action.result_is_legible = action.result.has_value();
    }
    const bool refused = spec->effect == Effect::changes_if_true && action.result == Word{0};
    Item item{.action = std::move(action),
              .operation = index,
              .call = operation.call_position,
              .deadline = std::nullopt,
              .is_required = returned,
              .is_pure = spec->effect == Effect::never || refused};
    if (returned) item.deadline = operation.end_position;
    return item;
  }

  // Of the object that the operation works on.
  [[nodiscard]] base::Result<std::optional<Word>> key(const Operation& operation,
                                                      const Item& item) {
    if (partition_ == Partition::none) return std::nullopt;
    switch (model_.keys()) {
      case Keys::one_object:
        return std::nullopt;
      case Keys::first_argument:
        return item.action.arguments.at(0);
      case Keys::given:
        break;
    }
    if (operation.call.key) return values_.number(*operation.call.key);
    return base::invalid_input("has no key; with per_key every call needs one");
  }

 private:
  base::Result<const OperationSpec*> find(const std::string& name) {
    for (const OperationSpec& spec : model_.operations()) {
      if (spec.name == name) return &spec;
    }
    return base::invalid_input("the model '" + std::string{model_.name()} + "' has no operation " +
                               base::quoted(name, 40) + "; it has " + known_operations(model_));
  }

  base::Result<std::vector<Word>> arguments(const Operation& operation, const OperationSpec& spec) {
    const std::vector<Value>& given = operation.call.arguments;
    std::vector<Word> words;
    for (const Kind kind : spec.arguments) {
      if (kind == Kind::none) break;
      const std::size_t at = words.size();
      const std::optional<Word> word =
          at < given.size() ? read(given[at], kind, values_) : when_not_given(kind);
      if (!word) {
        return base::invalid_input(
            std::string{spec.name} + ": argument " + std::to_string(at + 1) +
            (at < given.size() ? " cannot be " + show(given[at], 40) : std::string{" is missing"}));
      }
      words.push_back(*word);
    }
    if (given.size() <= words.size()) return words;
    return base::invalid_input(std::string{spec.name} + ": has " + std::to_string(given.size()) +
                               " arguments; it takes " + std::to_string(words.size()));
  }

  const AnyModel& model_;
  Partition partition_;
  Values& values_;
};

}  // namespace

base::Result<Prepared> prepare(const History& history, const AnyModel& model, Partition partition) {
  Prepared prepared;
  Reader reader{model, partition, prepared.values};
  std::map<std::optional<Word>, Part> parts;
  for (std::size_t i = 0; i < history.operations().size(); ++i) {
    const Operation& operation = history.operations()[i];
    const auto where = "operation " + std::to_string(static_cast<std::uint64_t>(operation.id));
    auto item = reader.item(operation, i);
    if (!item) return base::fail(std::move(item).error().within(where));
    if (!*item) continue;
    const auto key = reader.key(operation, **item);
    if (!key) return base::fail(base::Error{key.error()}.within(where));
    parts[*key].items.push_back(std::move(**item));
  }
  const State initial = model.initial(prepared.values);
  for (auto& [key, part] : parts) {
    if (key) part.key = prepared.values[*key];
    part.initial = initial;
    prepared.parts.push_back(std::move(part));
  }
  std::ranges::stable_sort(prepared.parts, {}, [](const Part& part) { return part.items.size(); });
  return prepared;
}

}  // namespace harness::history
