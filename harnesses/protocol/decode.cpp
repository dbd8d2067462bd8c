#include <algorithm>
#include <cstring>
#include <optional>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/tag.hpp"
#include "harnesses/protocol/utf8.hpp"
#include "sandbox/base/escape.hpp"

namespace harness {
namespace {

constexpr std::size_t kMaxClasses = 32;

// JavaScript and Python both print integers without leading zeros, a plus sign or -0.
bool is_canonical_decimal(std::string_view text) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  return text.front() != '0' || (text.size() == 1 && !negative);
}

class Reader {
 public:
  Reader(std::string_view bytes, const DecodeLimits& limits)
      : bytes_{bytes}, depth_{limits.depth}, values_left_{limits.values} {}

  base::Result<Value> first() {
    JUDGE_TRY_VOID(claim(1));
    return value(0);
  }

  base::Result<Value> whole() {
    JUDGE_TRY(Value result, first());
    if (left() != 0)
      return problem(std::to_string(left()) + " bytes behind the value; there must be none");
    return result;
  }

  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }

 private:
  using Fields = std::vector<std::pair<std::string, Value>>;

  [[nodiscard]] tl::unexpected<base::Error> problem(const std::string& what) const {
    return base::invalid_input("byte " + std::to_string(at_) + ": " + what);
  }

  // Values are paid for before anything is allocated for them, so nested counts cannot multiply.
  base::Status claim(std::size_t count) {
    if (count > values_left_) return problem("more values than one payload may hold");
    values_left_ -= count;
    return {};
  }

  base::Result<std::uint64_t> little_endian(std::size_t size, const char* what) {
    if (left() < size) return problem(std::string{what} + " is cut off");
    std::uint64_t result = 0;
    for (std::size_t i = 0; i < size; ++i) {
      result |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[at_ + i])) << (8 * i);
    }
    at_ += size;
    return result;
  }

  base::Result<double> float64() {
    JUDGE_TRY(const std::uint64_t bits, little_endian(8, "a number"));
    double result = 0;
    std::memcpy(&result, &bits, sizeof result);
    return result;
  }

  // A count of things that take at least `least` bytes each.
  base::Result<std::size_t> count(std::size_t least, const char* what) {
    JUDGE_TRY(const std::uint64_t n, little_endian(4, "a count"));
    if (n > left() / least) {
      at_ -= 4;
      return problem(std::to_string(n) + " " + what + " do not fit the bytes that follow");
    }
    return static_cast<std::size_t>(n);
  }

  base::Result<std::string> raw() {
    JUDGE_TRY(const std::size_t size, count(1, "bytes"));
    std::string result{bytes_.substr(at_, size)};
    at_ += size;
    return result;
  }

  base::Result<std::string> text() {
    const std::size_t start = at_;
    JUDGE_TRY(std::string result, raw());
    if (!is_generalised_utf8(result)) {
      at_ = start;
      return problem("text that is not UTF-8: " + base::quoted(result, 40));
    }
    return result;
  }

  base::Result<std::vector<Value>> values(std::size_t depth) {
    JUDGE_TRY(const std::size_t n, count(1, "values"));
    JUDGE_TRY_VOID(claim(n));
    std::vector<Value> items;
    items.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      JUDGE_TRY(Value item, value(depth + 1));
      items.push_back(std::move(item));
    }
    return items;
  }

  base::Result<Fields> fields(std::size_t depth) {
    const std::size_t start = at_;
    JUDGE_TRY(const std::size_t n, count(5, "fields"));
    JUDGE_TRY_VOID(claim(n));
    Fields result;
    result.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      JUDGE_TRY(std::string key, text());
      JUDGE_TRY(Value field, value(depth + 1));
      result.emplace_back(std::move(key), std::move(field));
    }
    if (const std::optional<std::string> twice = repeated_key(result)) {
      at_ = start;
      return problem("the key " + base::quoted(*twice, 40) + " stands twice");
    }
    return result;
  }

  static std::optional<std::string> repeated_key(const Fields& fields) {
    std::vector<std::string_view> keys;
    keys.reserve(fields.size());
    for (const auto& field : fields) keys.emplace_back(field.first);
    std::ranges::sort(keys);
    const auto twice = std::ranges::adjacent_find(keys);
    if (twice == keys.end()) return std::nullopt;
    return std::string{*twice};
  }

  base::Result<Value> map(std::size_t depth) {
    JUDGE_TRY(const std::size_t n, count(2, "entries"));
    JUDGE_TRY_VOID(claim(2 * n));
    Map result;
    result.entries.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      JUDGE_TRY(Value key, value(depth + 1));
      JUDGE_TRY(Value item, value(depth + 1));
      result.entries.emplace_back(std::move(key), std::move(item));
    }
    return Value{std::move(result)};
  }

  base::Result<Value> error(std::size_t depth) {
    JUDGE_TRY(const std::size_t n, count(4, "class names"));
    if (n > kMaxClasses) return problem(std::to_string(n) + " class names; at most 32 are allowed");
    ErrorValue result;
    for (std::size_t i = 0; i < n; ++i) {
      JUDGE_TRY(std::string name, text());
      result.classes.push_back(std::move(name));
    }
    JUDGE_TRY(result.message, text());
    JUDGE_TRY(result.fields, fields(depth));
    return Value{std::move(result)};
  }

  base::Result<Value> big_integer() {
    const std::size_t start = at_;
    base::Result<std::string> decimal = raw();
    if (!decimal) return base::fail(std::move(decimal).error());
    if (!is_canonical_decimal(*decimal)) {
      at_ = start;
      return problem("not a decimal integer: " + base::quoted(*decimal, 40));
    }
    return Value{BigInt{std::move(*decimal)}};
  }

  base::Result<Value> value(std::size_t depth) {
    if (depth > depth_) return problem("nested deeper than " + std::to_string(depth_) + " levels");
    JUDGE_TRY(const std::uint64_t tag, little_endian(1, "a value"));
    if (tag <= static_cast<std::uint64_t>(Tag::opaque)) return tagged(static_cast<Tag>(tag), depth);
    at_ -= 1;
    if (tag <= static_cast<std::uint64_t>(Tag::controlled)) {
      return problem("tag " + std::to_string(tag) + ", which only the judge may send");
    }
    return problem("unknown tag " + std::to_string(tag));
  }

  template <typename Wrapper, typename Content>
  static base::Result<Value> wrap(base::Result<Content> content) {
    if (!content) return base::fail(std::move(content).error());
    return Value{Wrapper{std::move(*content)}};
  }

  base::Result<Value> tagged(Tag tag, std::size_t depth) {
    switch (tag) {
      case Tag::undefined:
        return Value{Undefined{}};
      case Tag::null:
        return Value{Null{}};
      case Tag::no:
        return Value{false};
      case Tag::yes:
        return Value{true};
      case Tag::integer: {
        JUDGE_TRY(const std::uint64_t bits, little_endian(8, "an integer"));
        return Value{static_cast<std::int64_t>(bits)};
      }
      case Tag::number:
        return wrap<double>(float64());
      case Tag::big_integer:
        return big_integer();
      case Tag::string:
        return wrap<std::string>(text());
      case Tag::bytes:
        return wrap<Blob>(raw());
      case Tag::date:
        return wrap<Date>(float64());
      case Tag::list:
        return wrap<List>(values(depth));
      case Tag::object:
        return wrap<Object>(fields(depth));
      case Tag::map:
        return map(depth);
      case Tag::set:
        return wrap<Set>(values(depth));
      case Tag::error:
        return error(depth);
      case Tag::known: {
        JUDGE_TRY(const std::uint64_t id, little_endian(4, "an id"));
        return Value{Known{static_cast<std::uint32_t>(id)}};
      }
      case Tag::opaque:
        return wrap<Opaque>(text());
      case Tag::define:
      case Tag::controlled:
        break;  // refused by value()
    }
    return problem("a tag that only the judge may send");
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t depth_;
  std::size_t values_left_;
};

}  // namespace

base::Result<Value> decode(std::string_view bytes, const DecodeLimits& limits) {
  return Reader{bytes, limits}.whole();
}

base::Result<Value> decode_first(std::string_view& bytes, const DecodeLimits& limits) {
  Reader reader{bytes, limits};
  JUDGE_TRY(Value value, reader.first());
  bytes.remove_prefix(bytes.size() - reader.left());
  return value;
}

}  // namespace harness
