#include "judge/problem/generator_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace judge {
namespace {

using harness::Generator;
using harness::ListSize;
namespace gen = harness::gen;

constexpr double kMostValues = 100'000;

class Measuring {
 public:
  double operator()(const gen::Text& text) { return 1 + elements(text.length) / 16; }
  double operator()(const gen::Bytes& bytes) { return 1 + elements(bytes.length) / 16; }
  double operator()(const gen::Optional& optional) { return measure(*optional.present); }
  double operator()(const gen::OneOf& any) {
    double most = 1;
    for (const gen::Weighted& each : any.of) most = std::max(most, measure(*each.generator));
    return most;
  }
  double operator()(const gen::ListOf& list) { return many(list.size, {&*list.element}); }
  double operator()(const gen::SetOf& set) { return many(set.size, {&*set.element}); }
  double operator()(const gen::MapOf& map) { return many(map.size, {&*map.key, &*map.value}); }
  double operator()(const gen::ObjectOf& object) {
    double sum = 1;
    for (const gen::Field& field : object.fields) sum += measure(*field.generator);
    return sum;
  }
  double operator()(const gen::Json& json) { return std::pow(10, json.depth) / 4; }
  template <typename Small>
  double operator()(const Small& /*small*/) {
    return 1;
  }

  double measure(const Generator& generator) { return std::visit(*this, generator.data); }

 private:
  // See longest_random.
  [[nodiscard]] double elements(ListSize size) const {
    const double room = 1 + 24.0 / (1 + depth_);
    return static_cast<double>(size.least) +
           std::min(static_cast<double>(size.most - size.least), room);
  }

  double many(ListSize size, const std::vector<const Generator*>& of) {
    const double count = elements(size);
    ++depth_;
    double each = 0;
    for (const Generator* one : of) each += measure(*one);
    --depth_;
    return 1 + count * each;
  }

  int depth_ = 0;
};

std::vector<const Generator*> parts_of(const Generator& generator) {
  std::vector<const Generator*> parts;
  if (const auto* optional = std::get_if<gen::Optional>(&generator.data)) {
    parts = {&*optional->present};
  } else if (const auto* any = std::get_if<gen::OneOf>(&generator.data)) {
    for (const gen::Weighted& each : any->of) parts.push_back(&*each.generator);
  } else if (const auto* list = std::get_if<gen::ListOf>(&generator.data)) {
    parts = {&*list->element};
  } else if (const auto* set = std::get_if<gen::SetOf>(&generator.data)) {
    parts = {&*set->element};
  } else if (const auto* map = std::get_if<gen::MapOf>(&generator.data)) {
    parts = {&*map->key, &*map->value};
  } else if (const auto* object = std::get_if<gen::ObjectOf>(&generator.data)) {
    for (const gen::Field& field : object->fields) parts.push_back(&*field.generator);
  }
  return parts;
}

bool is_hashable(const Generator& generator) {
  if (const auto* optional = std::get_if<gen::Optional>(&generator.data)) {
    return is_hashable(*optional->present);
  }
  if (const auto* any = std::get_if<gen::OneOf>(&generator.data)) {
    return std::ranges::all_of(any->of,
                               [](const auto& each) { return is_hashable(*each.generator); });
  }
  if (const auto* literals = std::get_if<gen::Literals>(&generator.data)) {
    return std::ranges::none_of(literals->values, [](const harness::Value& value) {
      return std::holds_alternative<harness::List>(value.data) ||
             std::holds_alternative<harness::Object>(value.data);
    });
  }
  return !std::holds_alternative<gen::ListOf>(generator.data) &&
         !std::holds_alternative<gen::SetOf>(generator.data) &&
         !std::holds_alternative<gen::MapOf>(generator.data) &&
         !std::holds_alternative<gen::ObjectOf>(generator.data) &&
         !std::holds_alternative<gen::Json>(generator.data);
}

}  // namespace

bool draws_too_much(const Generator& generator) {
  return Measuring{}.measure(generator) > kMostValues;
}

bool has_unhashable_members(const Generator& generator) {
  if (const auto* set = std::get_if<gen::SetOf>(&generator.data)) {
    if (!is_hashable(*set->element)) return true;
  }
  if (const auto* map = std::get_if<gen::MapOf>(&generator.data)) {
    if (!is_hashable(*map->key)) return true;
  }
  return std::ranges::any_of(parts_of(generator),
                             [](const Generator* part) { return has_unhashable_members(*part); });
}

bool draws_undefined(const Generator& generator) {
  if (const auto* literals = std::get_if<gen::Literals>(&generator.data)) {
    return std::ranges::any_of(literals->values, [](const harness::Value& value) {
      return std::holds_alternative<harness::Undefined>(value.data);
    });
  }
  return std::ranges::any_of(parts_of(generator),
                             [](const Generator* part) { return draws_undefined(*part); });
}

}  // namespace judge
