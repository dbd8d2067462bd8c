#include "harnesses/engine/choice.hpp"

#include <algorithm>
#include <array>

#include "sandbox/base/check.hpp"

namespace harness {

std::uint64_t Choices::ask(const Question& question) {
  const std::uint64_t rank = source_.choose(question);
  JUDGE_CHECK(settle_rank(question.type, rank) == rank, "a source must answer with a rank");
  recording_.choices.push_back(rank);
  recording_.types.push_back(question.type);
  return rank;
}

std::uint64_t Choices::draw(Purpose purpose, std::uint64_t options) {
  JUDGE_CHECK(options > 0, "a choice needs at least one option");
  if (options == 1) return 0;
  const auto high = static_cast<std::int64_t>(options - 1);
  JUDGE_CHECK(high > 0, "options are counted in 63 bits");
  return ask({.purpose = purpose, .type = integer_type(0, high), .weights = {}});
}

std::uint64_t Choices::draw(Purpose purpose, std::span<const unsigned> weights) {
  JUDGE_CHECK(!weights.empty(), "a choice needs at least one option");
  if (weights.size() == 1) return 0;
  const auto high = static_cast<std::int64_t>(weights.size() - 1);
  return ask({.purpose = purpose, .type = integer_type(0, high), .weights = weights});
}

std::uint64_t Choices::pick(std::span<const std::uint32_t> names) {
  JUDGE_CHECK(!names.empty(), "a choice needs at least one option");
  if (names.size() == 1) return 0;
  const auto high = static_cast<std::int64_t>(names.size() - 1);
  return ask(
      {.purpose = Purpose::pick, .type = integer_type(0, high), .weights = {}, .names = names});
}

std::int64_t Choices::integer(Purpose purpose, const IntegerType& type, Spread spread) {
  return integer_at(type, ask({.purpose = purpose, .type = type, .weights = {}, .spread = spread}));
}

double Choices::number(Purpose purpose, const NumberType& type) {
  return number_at(
      ask({.purpose = purpose, .type = type, .weights = {}, .spread = Spread::varied}));
}

std::uint64_t Choices::draw_always(Purpose purpose, std::uint64_t options) {
  if (options > 1) return draw(purpose, options);
  return ask({.purpose = purpose, .type = IntegerType{0, 0, 0}, .weights = {}});
}

std::uint64_t Choices::draw_possible(Purpose purpose, std::span<const unsigned> weights) {
  return draw_possible(purpose, weights, weights);
}

std::uint64_t Choices::draw_possible(Purpose purpose, std::span<const unsigned> weights,
                                     std::span<const unsigned> liked) {
  std::vector<unsigned> both(weights.size());
  for (std::size_t i = 0; i < both.size(); ++i) both[i] = weights[i] == 0 ? 0 : liked[i];
  const bool any = std::any_of(both.begin(), both.end(), [](unsigned each) { return each != 0; });
  const auto first =
      std::find_if(weights.begin(), weights.end(), [](unsigned weight) { return weight != 0; });
  JUDGE_CHECK(first != weights.end(), "a choice needs at least one option that is possible");
  const auto high = static_cast<std::int64_t>(weights.size() - 1);
  const std::uint64_t rank = ask({.purpose = purpose,
                                  .type = IntegerType{0, high, 0},
                                  .weights = any ? std::span<const unsigned>{both} : weights,
                                  .possible = weights});
  return weights[rank] != 0 ? rank : static_cast<std::uint64_t>(first - weights.begin());
}

bool Choices::more(unsigned weight_of_no, unsigned weight_of_yes, Must must) {
  if (must == Must::yes) {
    static constexpr std::array<unsigned, 1> kCertain = {1};
    (void)ask({.purpose = Purpose::size, .type = IntegerType{1, 1, 1}, .weights = kCertain});
    return true;
  }
  const std::array<unsigned, 2> weights = {weight_of_no, weight_of_yes};
  return ask({.purpose = Purpose::size, .type = IntegerType{0, 1, 0}, .weights = weights}) == 1;
}

Choices::Scope Choices::span(std::string_view label, std::size_t already) {
  const std::size_t begin = recording_.choices.size() - already;
  recording_.spans.push_back({.label = label, .begin = begin, .end = begin, .parent = open_});
  open_ = recording_.spans.size() - 1;
  return Scope{*this};
}

void Choices::close() {
  Span& span = recording_.spans[open_];
  span.end = recording_.choices.size();
  open_ = span.parent;
}

}  // namespace harness
