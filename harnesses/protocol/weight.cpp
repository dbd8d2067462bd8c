#include "harnesses/protocol/weight.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace harness {
namespace {

struct Weighing {
  // Of a tag and a length; descriptions for the oracle add about as much again.
  static constexpr std::size_t kEach = 24;

  std::size_t operator()(const List& list) const { return sum(list.items); }
  std::size_t operator()(const Set& set) const { return sum(set.items); }
  std::size_t operator()(const Object& object) const { return sum(object.fields); }
  std::size_t operator()(const Map& map) const {
    std::size_t total = kEach;
    for (const auto& [key, value] : map.entries) total += weight_of(key) + weight_of(value);
    return total;
  }
  std::size_t operator()(const ErrorValue& error) const {
    std::size_t total = kEach + sum(error.fields) + error.message.size();
    for (const std::string& name : error.classes) total += kEach + name.size();
    return total;
  }
  std::size_t operator()(const std::string& text) const { return kEach + text.size(); }
  std::size_t operator()(const Opaque& opaque) const { return kEach + opaque.what.size(); }
  std::size_t operator()(const BigInt& big) const { return kEach + big.decimal.size(); }
  std::size_t operator()(const Blob& blob) const { return kEach + 2 * blob.bytes.size(); }
  template <typename Small>
  std::size_t operator()(const Small& /*value*/) const {
    return kEach;
  }

 private:
  static std::size_t sum(const std::vector<Value>& items) {
    std::size_t total = kEach;
    for (const Value& item : items) total += weight_of(item);
    return total;
  }
  static std::size_t sum(const std::vector<std::pair<std::string, Value>>& fields) {
    std::size_t total = kEach;
    for (const auto& [name, value] : fields) {
      total += kEach + name.size() + weight_of(value);
    }
    return total;
  }
};

}  // namespace

std::size_t weight_of(const Value& value) { return std::visit(Weighing{}, value.data); }

}  // namespace harness
