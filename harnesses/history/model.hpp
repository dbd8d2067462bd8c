// Models: what a sequential object would answer. A model is a small struct: an initial state, and
// for a state and an operation the states that may follow, none when the operation cannot answer
// like that there. States are words, so that they can be compared, hashed and counted in bytes
// without knowing whose they are.
#pragma once

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "harnesses/history/values.hpp"

namespace harness::history {

// Equal states must be equal words: a model keeps what has no order sorted.
using State = std::vector<Word>;
using StateView = std::span<const Word>;

// How an argument or a result is read into a word.
enum class Kind {
  none,          // as a result: it says nothing and is not looked at
  value,         // its number among the Values
  integer,       // itself
  boolean,       // 0 or 1
  count_or_one,  // a whole number from 0; 1 when it was not given
  moment,        // when it was called, which the judge adds; 0 when it was not given
};

// What an operation may do to the state, once its result is known. Promises that the search relies
// on to try less.
enum class Effect {
  changes,
  changes_if_true,  // a result of false leaves every state as it was
  never,
};

// What an operation that failed has done.
enum class Failure {
  no_effect,
  may_have_happened,  // then or at any later time, like an operation that never returned
};

struct OperationSpec {
  std::string_view name;
  std::array<Kind, 3> arguments{};
  Kind result = Kind::none;
  Effect effect = Effect::changes;
  Failure when_failed = Failure::may_have_happened;
};

// An operation as a model sees it.
struct Action {
  std::size_t operation = 0;  // index into the model's operations
  Word process = 0;           // 0 for all, unless the model regards processes
  std::vector<Word> arguments;
  std::optional<Word> result;     // nothing: not known, any would do
  bool result_is_legible = true;  // false: of a kind that the operation never answers

  auto operator<=>(const Action&) const = default;
  // Whether the operation may have answered `word`.
  [[nodiscard]] bool may_answer(Word word) const { return !result || *result == word; }
};

// What is checked as an object of its own.
enum class Keys {
  one_object,      // all operations meet in one object
  first_argument,  // operations on different first arguments never influence each other
  given,           // each Call::key is an object of its own
};

// Some models can say this as well, which makes explaining a failure cheap:
//   std::optional<Word> only_value(const Action&) const
// the one value that an operation works on, if what is legal stays legal when all operations on
// other values are deleted; nothing when it depends on them, as "full" does, or is not known.
template <typename M>
concept KeepsValuesApart = requires(const M& model, const Action& action) {
  { model.only_value(action) } -> std::same_as<std::optional<Word>>;
};

// Some models look at the time in some settings, and say so: `bool regards_time() const`. Then
// every `moment` must be given, and an operation must end at the moment at which it was called.
template <typename M>
concept RegardsTime = requires(const M& model) {
  { model.regards_time() } -> std::same_as<bool>;
};

// At most one state follows, or, where a relaxed object has a choice, several.
template <typename T>
concept Successors = std::same_as<T, std::optional<State>> || std::same_as<T, std::vector<State>>;

template <typename M>
concept Model = std::movable<M> &&
    requires(const M& model, Values& values, StateView state, const Action& action) {
  { M::kName } -> std::convertible_to<std::string_view>;
  {std::span<const OperationSpec>{M::kOperations}};
  { M::kKeys } -> std::convertible_to<Keys>;
  { model.regards_processes() } -> std::same_as<bool>;
  { model.initial(values) } -> std::same_as<State>;
  { model.step(state, action) } -> Successors;
  // For reports: `holds [1, 2]`, escaped.
  { model.describe(state, std::as_const(values)) } -> std::same_as<std::string>;
};

// Any model, so that the search is compiled once and models are found by name.
class AnyModel {
 public:
  template <Model M>
  [[nodiscard]] static AnyModel of(M model, Keys keys = M::kKeys) {
    return {std::make_unique<const Holder<M>>(std::move(model)), M::kName, M::kOperations, keys};
  }

  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] std::span<const OperationSpec> operations() const { return operations_; }
  [[nodiscard]] Keys keys() const { return keys_; }
  [[nodiscard]] bool regards_processes() const { return erased_->regards_processes(); }
  [[nodiscard]] bool regards_time() const { return erased_->regards_time(); }
  [[nodiscard]] State initial(Values& values) const { return erased_->initial(values); }
  [[nodiscard]] std::optional<Word> only_value(const Action& action) const {
    return erased_->only_value(action);
  }
  // All states that may follow.
  [[nodiscard]] std::vector<State> step(StateView state, const Action& action) const {
    if (!action.result_is_legible) return {};
    return erased_->step(state, action);
  }
  [[nodiscard]] std::string describe(StateView state, const Values& values) const {
    return erased_->describe(state, values);
  }

 private:
  class Erased {
   public:
    virtual ~Erased() = default;
    [[nodiscard]] virtual bool regards_processes() const = 0;
    [[nodiscard]] virtual bool regards_time() const = 0;
    [[nodiscard]] virtual State initial(Values& values) const = 0;
    [[nodiscard]] virtual std::vector<State> step(StateView state, const Action& action) const = 0;
    [[nodiscard]] virtual std::optional<Word> only_value(const Action& action) const = 0;
    [[nodiscard]] virtual std::string describe(StateView state, const Values& values) const = 0;
  };

  template <Model M>
  class Holder final : public Erased {
   public:
    explicit Holder(M model) : model_{std::move(model)} {}
    [[nodiscard]] bool regards_processes() const override { return model_.regards_processes(); }
    [[nodiscard]] bool regards_time() const override {
      if constexpr (RegardsTime<M>) return model_.regards_time();
      return false;
    }
    [[nodiscard]] State initial(Values& values) const override { return model_.initial(values); }
    [[nodiscard]] std::vector<State> step(StateView state, const Action& action) const override {
      auto next = model_.step(state, action);
      if constexpr (std::is_same_v<decltype(next), std::vector<State>>) {
        return next;
      } else {
        std::vector<State> all;
        if (next) all.push_back(std::move(*next));
        return all;
      }
    }
    [[nodiscard]] std::optional<Word> only_value(const Action& action) const override {
      if constexpr (KeepsValuesApart<M>) return model_.only_value(action);
      return std::nullopt;
    }
    [[nodiscard]] std::string describe(StateView state, const Values& values) const override {
      return model_.describe(state, values);
    }

   private:
    M model_;
  };

  AnyModel(std::unique_ptr<const Erased> erased, std::string_view name,
           std::span<const OperationSpec> operations, Keys keys)
      : erased_{std::move(erased)}, name_{name}, operations_{operations}, keys_{keys} {}

  std::unique_ptr<const Erased> erased_;
  std::string_view name_;
  std::span<const OperationSpec> operations_;
  Keys keys_;
};

}  // namespace harness::history
