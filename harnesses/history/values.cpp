#include "harnesses/history/values.hpp"

#include <variant>

#include "harnesses/protocol/show.hpp"

namespace harness::history {

Values::Values() { (void)number(Value{Null{}}); }

Word Values::number(const Value& value) {
  if (std::holds_alternative<Undefined>(value.data)) return kNothing;
  const auto next = static_cast<Word>(values_.size());
  const auto [found, is_new] = numbers_.try_emplace(canonical_encoding(value), next);
  if (is_new) values_.push_back(value);
  return found->second;
}

const Value& Values::operator[](Word number) const {
  return values_[static_cast<std::size_t>(number)];
}

std::string Values::show_list(std::span<const Word> numbers, std::size_t limit) const {
  std::string text = "[";
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) text += ", ";
    if (text.size() > limit) {
      text += std::to_string(numbers.size() - i) + " more";
      break;
    }
    text += show((*this)[numbers[i]], limit);
  }
  return text + "]";
}

}  // namespace harness::history
