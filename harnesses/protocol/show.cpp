#include "harnesses/protocol/show.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "harnesses/protocol/codec.hpp"
#include "sandbox/base/escape.hpp"

namespace harness {
namespace {

using Fields = std::vector<std::pair<std::string, Value>>;

// ---- same: two values are equal when their canonical encodings are ----

// Integers and numbers of the same value become the same; all NaN become one.
Value canonical_number(double number) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  const bool negative_zero = number == 0 && std::signbit(number);
  const bool whole = std::trunc(number) == number && number >= -kTwoTo63 && number < kTwoTo63;
  if (whole && !negative_zero) return Value{static_cast<std::int64_t>(number)};
  return Value{std::isnan(number) ? std::nan("") : number};
}

Value canonical(const Value& value);

Fields canonical_fields(const Fields& fields) {
  Fields result;
  result.reserve(fields.size());
  for (const auto& field : fields) result.emplace_back(field.first, canonical(field.second));
  std::ranges::sort(result, {}, &Fields::value_type::first);
  return result;
}

// Sorted encodings stand for the members, since no order of values is defined.
Value sorted_encodings(std::vector<std::string> encodings) {
  std::ranges::sort(encodings);
  List list;
  list.items.reserve(encodings.size());
  for (std::string& encoding : encodings) list.items.push_back(Value{Blob{std::move(encoding)}});
  return Value{std::move(list)};
}

Value canonical(const Value& value) {
  if (const auto* number = std::get_if<double>(&value.data)) return canonical_number(*number);
  if (const auto* date = std::get_if<Date>(&value.data)) {
    return std::isnan(date->epoch_ms) ? Value{Date{std::nan("")}} : value;
  }
  if (const auto* list = std::get_if<List>(&value.data)) {
    List result;
    result.items.reserve(list->items.size());
    for (const Value& item : list->items) result.items.push_back(canonical(item));
    return Value{std::move(result)};
  }
  if (const auto* object = std::get_if<Object>(&value.data)) {
    return Value{Object{canonical_fields(object->fields)}};
  }
  if (const auto* set = std::get_if<Set>(&value.data)) {
    std::vector<std::string> members;
    for (const Value& item : set->items) members.push_back(encode(canonical(item)));
    return Value{Set{{sorted_encodings(std::move(members))}}};
  }
  if (const auto* map = std::get_if<Map>(&value.data)) {
    std::vector<std::string> entries;
    for (const auto& entry : map->entries) {
      entries.push_back(encode(Value{List{{canonical(entry.first), canonical(entry.second)}}}));
    }
    return Value{Map{{{Value{Undefined{}}, sorted_encodings(std::move(entries))}}}};
  }
  if (const auto* error = std::get_if<ErrorValue>(&value.data)) {
    return Value{ErrorValue{error->classes, error->message, canonical_fields(error->fields)}};
  }
  return value;
}

// ---- show ----

bool is_identifier(std::string_view key) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !key.empty() && !digit(key.front()) &&
         std::ranges::all_of(key, [&](char c) { return letter(c) || digit(c); });
}

class Painter {
 public:
  explicit Painter(std::size_t limit) : limit_{limit} {}

  void operator()(const Undefined& /*value*/) { out_ += "undefined"; }
  void operator()(const Null& /*value*/) { out_ += "null"; }
  void operator()(bool value) { out_ += value ? "true" : "false"; }
  void operator()(std::int64_t value) { out_ += std::to_string(value); }
  void operator()(double value) { number(value); }
  void operator()(const BigInt& value) { out_ += value.decimal.substr(0, limit_) + "n"; }
  void operator()(const std::string& value) { literal(value); }
  void operator()(const Blob& value) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    out_ += "bytes(";
    for (const char c : value.bytes) {
      if (is_full()) break;
      const auto byte = static_cast<unsigned char>(c);
      out_ += kDigits[byte >> 4U];
      out_ += kDigits[byte & 0xFU];
    }
    out_ += ")";
  }
  void operator()(const Date& value) {
    out_ += "Date(";
    number(value.epoch_ms);
    out_ += ")";
  }
  void operator()(const List& value) { items("[", value.items, "]"); }
  void operator()(const Object& value) {
    out_ += "{";
    fields(value.fields, "");
    out_ += "}";
  }
  void operator()(const Map& value) {
    out_ += "Map{";
    const char* separator = "";
    for (const auto& entry : value.entries) {
      if (is_full()) break;
      out_ += separator;
      separator = ", ";
      paint(entry.first);
      out_ += " => ";
      paint(entry.second);
    }
    out_ += "}";
  }
  void operator()(const Set& value) { items("Set{", value.items, "}"); }
  void operator()(const ErrorValue& value) {
    out_ += value.classes.empty() ? "Error" : base::escape(value.classes.front(), 60);
    out_ += "(";
    literal(value.message);
    fields(value.fields, ", ");
    out_ += ")";
  }
  void operator()(const Known& value) { out_ += "<known " + std::to_string(value.id) + ">"; }
  void operator()(const Opaque& value) { out_ += "<" + base::escape(value.what, limit_) + ">"; }
  void operator()(const Define& value) {
    if (value.value != nullptr) paint(*value.value);
  }
  void operator()(const Controlled& value) {
    out_ += "<" + base::escape(value.kind, 60);
    fields(value.fields, " ");
    out_ += ">";
  }

  void paint(const Value& value) { std::visit(*this, value.data); }

  std::string take() {
    if (out_.size() <= limit_) return std::move(out_);
    std::size_t end = limit_;
    while (end > 0 && (static_cast<unsigned char>(out_[end]) & 0xC0U) == 0x80U)
      --end;  // not inside a character
    return out_.substr(0, end) + "...";
  }

 private:
  // Whatever comes after that is cut off anyway.
  [[nodiscard]] bool is_full() const { return out_.size() > limit_; }

  void number(double value) {
    if (std::isnan(value)) {
      out_ += "NaN";
    } else if (std::isinf(value)) {
      out_ += value < 0 ? "-Infinity" : "Infinity";
    } else {
      std::array<char, 32> buffer{};
      const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
      out_.append(buffer.data(), end);
    }
  }

  void literal(std::string_view text) {
    std::string marked;
    for (const char c :
         text.substr(0, limit_ + 4)) {  // 4: a character that the limit cuts stays whole
      if (c == '\\' || c == '\'') marked += '\\';
      marked += c;
    }
    out_ += "'" + base::escape(marked, 2 * limit_ + 8) + "'";
  }

  void items(const char* open, const std::vector<Value>& values, const char* close) {
    out_ += open;
    const char* separator = "";
    for (const Value& item : values) {
      if (is_full()) break;
      out_ += separator;
      separator = ", ";
      paint(item);
    }
    out_ += close;
  }

  void fields(const Fields& pairs, const char* before) {
    const char* separator = before;
    for (const auto& pair : pairs) {
      if (is_full()) break;
      out_ += separator;
      separator = ", ";
      if (is_identifier(pair.first)) {
        out_ += pair.first;
      } else {
        literal(pair.first);
      }
      out_ += ": ";
      paint(pair.second);
    }
  }

  std::size_t limit_;
  std::string out_;
};

}  // namespace

std::string canonical_encoding(const Value& value) { return encode(canonical(value)); }

bool same(const Value& left, const Value& right) {
  return canonical_encoding(left) == canonical_encoding(right);
}

std::string show(const Value& value, std::size_t limit) {
  Painter painter{limit};
  painter.paint(value);
  return painter.take();
}

}  // namespace harness
