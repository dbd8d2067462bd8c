#include <cmath>
#include <string>

#include "harnesses/engine/generator.hpp"

namespace harness {
namespace {

constexpr std::uint64_t kMostElements = 100'000;
constexpr std::size_t kMostOperations = 32;
constexpr int kDeepest = 50;

std::string text_of(std::int64_t value) { return std::to_string(value); }

tl::unexpected<base::Error> wrong(const std::string& what) { return base::invalid_input(what); }

// How many different values there are at most; kMany when that is not easily said.
constexpr std::uint64_t kMany = ~std::uint64_t{0};

std::uint64_t values_of(const Generator& generator) {
  if (std::holds_alternative<gen::Boolean>(generator.data)) return 2;
  if (const auto* literals = std::get_if<gen::Literals>(&generator.data)) {
    return literals->values.size();
  }
  const auto* range = std::get_if<gen::Integer>(&generator.data);
  if (range == nullptr) return kMany;
  const std::uint64_t most = most_rank(integer_type(range->low, range->high));
  return most == kMany ? kMany : most + 1;
}

class Checking {
 public:
  base::Status check(const Generator& generator) {
    if (depth_ > kDeepest) return wrong("more than 50 values in one another");
    ++depth_;
    auto status = std::visit([this](const auto& part) { return this->see(part); }, generator.data);
    --depth_;
    return status;
  }

 private:
  static base::Status see(const gen::Integer& range) {
    if (range.low <= range.high) return {};
    return wrong("integer: " + text_of(range.low) + " is above " + text_of(range.high));
  }

  static base::Status see(const gen::Number& range) {
    if (std::isnan(range.low) || std::isnan(range.high)) return wrong("number: NaN is no bound");
    if (number_type(range.low, range.high, range.infinities, range.nan)) return {};
    return wrong("number: nothing between the bounds that can be drawn");
  }

  static base::Status see(const gen::Boolean&) { return {}; }
  static base::Status see(const gen::Text& text) { return see_size("string", text.length); }
  static base::Status see(const gen::Matching&) { return {}; }
  static base::Status see(const gen::Bytes& bytes) { return see_size("bytes", bytes.length); }
  static base::Status see(const gen::Json&) { return {}; }

  static base::Status see(const gen::Literals& literals) {
    if (literals.values.empty()) return wrong("enum: no value to choose from");
    return {};
  }

  static base::Status see(const gen::DateIn& range) {
    if (range.low_ms <= range.high_ms) return {};
    return wrong("date: " + text_of(range.low_ms) + " is after " + text_of(range.high_ms));
  }

  base::Status see(const gen::Optional& optional) { return check(*optional.present); }

  base::Status see(const gen::OneOf& one_of) {
    if (one_of.of.empty()) return wrong("one_of: nothing to choose from");
    for (const gen::Weighted& each : one_of.of) {
      if (each.weight == 0) return wrong("one_of: a weight of 0");
      JUDGE_TRY_VOID(check(*each.generator));
    }
    return {};
  }

  base::Status see(const gen::ListOf& list) {
    JUDGE_TRY_VOID(see_size("list", list.size));
    return check(*list.element);
  }

  base::Status see(const gen::SetOf& set) {
    JUDGE_TRY_VOID(see_unique("set", set.size, *set.element));
    return check(*set.element);
  }

  base::Status see(const gen::MapOf& map) {
    JUDGE_TRY_VOID(see_unique("map", map.size, *map.key));
    JUDGE_TRY_VOID(check(*map.key));
    return check(*map.value);
  }

  base::Status see(const gen::ObjectOf& object) {
    for (const gen::Field& field : object.fields) JUDGE_TRY_VOID(check(*field.generator));
    return {};
  }

  base::Status see(const gen::Operations& operations) {
    if (operations.of.empty()) return wrong("operations: none to choose from");
    if (operations.of.size() > kMostOperations) return wrong("operations: more than 32");
    for (const gen::Operation& operation : operations.of) {
      if (operation.weight == 0) return wrong("operations: a weight of 0");
      for (const Generator& argument : operation.arguments) JUDGE_TRY_VOID(check(argument));
    }
    return see_size("operations", operations.size);
  }

  static base::Status see_size(const std::string& what, ListSize size) {
    if (size.least > size.most) {
      return wrong(what + ": at least " + std::to_string(size.least) + " is above at most " +
                   std::to_string(size.most));
    }
    if (size.most > kMostElements) return wrong(what + ": more than 100000");
    return {};
  }

  static base::Status see_unique(const std::string& what, ListSize size, const Generator& of) {
    JUDGE_TRY_VOID(see_size(what, size));
    if (size.least <= values_of(of)) return {};
    return wrong(what + ": at least " + std::to_string(size.least) + " of only " +
                 std::to_string(values_of(of)) + " different values");
  }

  int depth_ = 0;
};

}  // namespace

base::Status check(const Generator& generator) { return Checking{}.check(generator); }

}  // namespace harness
