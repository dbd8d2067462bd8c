#include "harnesses/history/find_model.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <set>
#include <utility>
#include <variant>

#include "harnesses/history/models/counter.hpp"
#include "harnesses/history/models/lock.hpp"
#include "harnesses/history/models/lru.hpp"
#include "harnesses/history/models/map.hpp"
#include "harnesses/history/models/queue.hpp"
#include "harnesses/history/models/register.hpp"
#include "harnesses/history/models/semaphore.hpp"
#include "harnesses/history/models/set.hpp"
#include "harnesses/history/models/stack.hpp"
#include "harnesses/protocol/show.hpp"
#include "sandbox/base/escape.hpp"

namespace harness::history {
namespace {

constexpr Word kMost = std::numeric_limits<Word>::max();

// Hands out parameters by name and, at the end, complains about what nobody asked for.
class Parameters {
 public:
  explicit Parameters(const Object& given) : given_{given} {}

  // Null when it was not given.
  const Value* find(std::string_view name) {
    asked_.insert(name);
    for (const auto& field : given_.fields) {
      if (field.first == name) return &field.second;
    }
    return nullptr;
  }

  base::Result<Word> integer(std::string_view name, Word least, std::optional<Word> otherwise) {
    const Value* const value = find(name);
    if (value == nullptr && otherwise) return *otherwise;
    if (value == nullptr) return wrong(name, "is missing; write a whole number");
    const auto* const number = std::get_if<std::int64_t>(&value->data);
    if (number != nullptr && *number >= least) return *number;
    const std::string bound = least < 0 ? "" : " from " + std::to_string(least);
    return wrong(name, show(*value, 40) + " is not a whole number" + bound);
  }

  base::Result<bool> boolean(std::string_view name) {
    const Value* const value = find(name);
    if (value == nullptr) return false;
    if (const auto* const truth = std::get_if<bool>(&value->data)) return *truth;
    return wrong(name, show(*value, 40) + " is neither true nor false");
  }

  base::Status finish() {
    for (const auto& field : given_.fields) {
      if (asked_.contains(field.first)) continue;
      std::string known;
      for (const std::string_view name : asked_) {
        known += (known.empty() ? "" : ", ") + std::string{name};
      }
      return base::invalid_input(base::quoted(field.first, 40) +
                                 " is no parameter of it; there are: " + known);
    }
    return {};
  }

 private:
  static tl::unexpected<base::Error> wrong(std::string_view name, const std::string& what) {
    return base::invalid_input(std::string{name} + ": " + what);
  }

  const Object& given_;
  std::set<std::string_view> asked_;
};

template <Model M>
base::Result<AnyModel> finished(M model, Parameters& parameters) {
  JUDGE_TRY(const bool per_key, parameters.boolean("per_key"));
  JUDGE_TRY_VOID(parameters.finish());
  return AnyModel::of(std::move(model), per_key ? Keys::given : M::kKeys);
}

base::Result<QueueOrder> queue_order(Parameters& parameters) {
  JUDGE_TRY(const bool per_producer, parameters.boolean("per_producer"));
  JUDGE_TRY(const Word overtakes, parameters.integer("overtakes", 0, 0));
  if (per_producer && overtakes > 0) {
    return base::invalid_input("overtakes: has no meaning beside per_producer; leave one out");
  }
  return QueueOrder{per_producer, static_cast<std::size_t>(overtakes)};
}

template <Model M>
base::Result<AnyModel> plain(Parameters& parameters) {
  return finished(M{}, parameters);
}

base::Result<AnyModel> make_register(Parameters& parameters) {
  const Value* const initial = parameters.find("initial");
  return finished(RegisterModel{initial == nullptr ? Value{Null{}} : *initial}, parameters);
}

base::Result<AnyModel> make_counter(Parameters& parameters) {
  JUDGE_TRY(const Word initial, parameters.integer("initial", -kMost - 1, 0));
  return finished(CounterModel{initial}, parameters);
}

base::Result<AnyModel> make_semaphore(Parameters& parameters) {
  JUDGE_TRY(const Word permits, parameters.integer("permits", 0, std::nullopt));
  return finished(SemaphoreModel{permits}, parameters);
}

base::Result<AnyModel> make_queue(Parameters& parameters) {
  JUDGE_TRY(const QueueOrder order, queue_order(parameters));
  return finished(UnboundedQueueModel{order}, parameters);
}

base::Result<AnyModel> make_bounded_queue(Parameters& parameters) {
  JUDGE_TRY(const Word capacity, parameters.integer("capacity", 1, std::nullopt));
  JUDGE_TRY(const QueueOrder order, queue_order(parameters));
  return finished(BoundedQueueModel{static_cast<std::size_t>(capacity), order}, parameters);
}

base::Result<AnyModel> make_lru(Parameters& parameters) {
  LruModel model;
  JUDGE_TRY(const Word capacity, parameters.integer("capacity", 1, std::nullopt));
  model.capacity = static_cast<std::size_t>(capacity);
  JUDGE_TRY(const Word ttl, parameters.integer("ttl", 1, kMost));
  if (ttl != kMost) model.ttl = ttl;
  return finished(model, parameters);
}

struct Known {
  std::string_view name;
  base::Result<AnyModel> (*make)(Parameters&);
};

constexpr std::array kModels = {Known{BoundedQueueModel::kName, make_bounded_queue},
                                Known{CounterModel::kName, make_counter},
                                Known{LockModel::kName, plain<LockModel>},
                                Known{LruModel::kName, make_lru},
                                Known{MapModel::kName, plain<MapModel>},
                                Known{UnboundedQueueModel::kName, make_queue},
                                Known{RegisterModel::kName, make_register},
                                Known{SemaphoreModel::kName, make_semaphore},
                                Known{SetModel::kName, plain<SetModel>},
                                Known{StackModel::kName, plain<StackModel>}};

}  // namespace

base::Result<AnyModel> find_model(std::string_view name, const Object& parameters) {
  const std::string where = "model " + base::quoted(name, 40);
  for (const Known& known : kModels) {
    if (known.name != name) continue;
    Parameters reader{parameters};
    auto model = known.make(reader);
    if (!model) return base::fail(std::move(model).error().within(where));
    return model;
  }
  std::string names;
  for (const std::string_view known : model_names()) {
    names += (names.empty() ? "" : ", ") + std::string{known};
  }
  return base::invalid_input(where + ": there is no such model; there are: " + names);
}

std::vector<std::string_view> model_names() {
  std::vector<std::string_view> names;
  names.reserve(kModels.size());
  for (const Known& known : kModels) names.push_back(known.name);
  return names;
}

}  // namespace harness::history
