#include "harnesses/property/literal_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/base/escape.hpp"

namespace harness {
namespace {

constexpr std::size_t kLongestName = 60;

std::string hex(const char* format, unsigned value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

// The character at `at` of generalised UTF-8, and how many bytes it has.
std::pair<std::uint32_t, std::size_t> character_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (size == 1 || at + size > text.size()) return {first, 1};
  std::uint32_t code = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  return {code, size};
}

bool is_identifier(std::string_view key) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
  };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return !key.empty() && key != "__proto__" && !digit(key.front()) &&
         std::ranges::all_of(key, [&](char c) { return letter(c) || digit(c); });
}

class Writing {
 public:
  Writing(LiteralStyle style, std::size_t limit)
      : is_python_{style == LiteralStyle::python}, limit_{limit} {}

  void operator()(const Undefined& /*value*/) { out_ += is_python_ ? "None" : "undefined"; }
  void operator()(const Null& /*value*/) { out_ += is_python_ ? "None" : "null"; }
  void operator()(bool value) {
    if (is_python_) {
      out_ += value ? "True" : "False";
    } else {
      out_ += value ? "true" : "false";
    }
  }
  void operator()(std::int64_t value) { out_ += std::to_string(value); }
  void operator()(double value) { number(value); }
  void operator()(const BigInt& value) {
    out_ += value.decimal.substr(0, limit_) + (is_python_ ? "" : "n");
  }
  void operator()(const std::string& value) { text(value); }
  void operator()(const Blob& value) {
    out_ += is_python_ ? "bytes.fromhex(\"" : "Buffer.from(\"";
    for (const char byte : value.bytes) {
      if (is_full()) break;
      out_ += hex("%02x", static_cast<unsigned char>(byte));
    }
    out_ += is_python_ ? "\")" : "\", \"hex\")";
  }
  void operator()(const Date& value) {
    if (is_python_) {
      out_ += "datetime.fromtimestamp(";
      number(value.epoch_ms / 1000);
      out_ += ", timezone.utc)";
    } else {
      out_ += "new Date(";
      number(value.epoch_ms);
      out_ += ")";
    }
  }
  void operator()(const List& value) { items("[", value.items, "]"); }
  void operator()(const Object& value) { fields(value.fields); }
  void operator()(const Map& value) {
    out_ += is_python_ ? "{" : "new Map([";
    const char* separator = "";
    for (const auto& [key, mapped] : value.entries) {
      if (is_full()) break;
      out_ += std::exchange(separator, ", ");
      out_ += is_python_ ? "" : "[";
      write(key);
      out_ += is_python_ ? ": " : ", ";
      write(mapped);
      out_ += is_python_ ? "" : "]";
    }
    out_ += is_python_ ? "}" : "])";
  }
  void operator()(const Set& value) {
    if (is_python_ && value.items.empty()) {
      out_ += "set()";
    } else {
      items(is_python_ ? "{" : "new Set([", value.items, is_python_ ? "}" : "])");
    }
  }
  void operator()(const ErrorValue& value) {
    out_ += is_python_ ? "" : "new ";
    out_ += value.classes.empty() ? "Error" : base::escape(value.classes.front(), kLongestName);
    out_ += "(";
    text(value.message);
    out_ += ")";
  }
  void operator()(const Known& value) { out_ += "<known " + std::to_string(value.id) + ">"; }
  void operator()(const Opaque& value) { out_ += "<" + base::escape(value.what, limit_) + ">"; }
  void operator()(const Define& value) {
    if (value.value != nullptr) write(*value.value);
  }
  void operator()(const Controlled& value) {
    out_ += "<" + base::escape(value.kind, kLongestName) + ">";
  }

  void write(const Value& value) { std::visit(*this, value.data); }

  std::string take() {
    if (out_.size() <= limit_) return std::move(out_);
    std::size_t end = limit_;  // not inside a character
    while (end > 0 && (static_cast<unsigned char>(out_[end]) & 0xC0U) == 0x80U) --end;
    return out_.substr(0, end) + "...";
  }

 private:
  // Whatever comes after that is cut off anyway.
  [[nodiscard]] bool is_full() const { return out_.size() > limit_; }

  void number(double value) {
    if (std::isnan(value)) {
      out_ += is_python_ ? "float(\"nan\")" : "NaN";
      return;
    }
    if (std::isinf(value)) {
      out_ += value < 0 ? "-" : "";
      out_ += is_python_ ? "float(\"inf\")" : "Infinity";
      return;
    }
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    const std::string_view digits{buffer.data(), static_cast<std::size_t>(end - buffer.data())};
    out_ += digits;
    // Python tells 5.0 from 5.
    const bool looks_whole = digits.find_first_of(".e") == std::string_view::npos;
    if (is_python_ && looks_whole) out_ += ".0";
  }

  void text(std::string_view content) {
    out_ += '"';
    for (std::size_t at = 0; at < content.size() && !is_full();) {
      const auto [code, size] = character_at(content, at);
      if (code == '"' || code == '\\') {
        out_ += '\\';
        out_ += static_cast<char>(code);
      } else if (code == '\n') {
        out_ += "\\n";
      } else if (code >= 0x20 && code < 0x7F) {
        out_ += static_cast<char>(code);
      } else if (code > 0xFFFF) {
        out_ += is_python_ ? hex("\\U%08x", code) : "\\u{" + hex("%x", code) + "}";
      } else {
        out_ += hex("\\u%04x", code);
      }
      at += size;
    }
    out_ += '"';
  }

  void items(const char* open, const std::vector<Value>& values, const char* close) {
    out_ += open;
    const char* separator = "";
    for (const Value& item : values) {
      if (is_full()) break;
      out_ += std::exchange(separator, ", ");
      write(item);
    }
    out_ += close;
  }

  // In JavaScript `{"__proto__": x}` would set the prototype; only a computed key does not.
  void key(const std::string& name) {
    if (!is_python_ && is_identifier(name)) {
      out_ += name;
    } else if (!is_python_ && name == "__proto__") {
      out_ += "[\"__proto__\"]";
    } else {
      text(name);
    }
  }

  void fields(const std::vector<std::pair<std::string, Value>>& pairs) {
    out_ += "{";
    const char* separator = "";
    for (const auto& [name, value] : pairs) {
      if (is_full()) break;
      out_ += std::exchange(separator, ", ");
      key(name);
      out_ += ": ";
      write(value);
    }
    out_ += "}";
  }

  bool is_python_;
  std::size_t limit_;
  std::string out_;
};

}  // namespace

std::string literal_text(const Value& value, LiteralStyle style, std::size_t limit) {
  Writing writing{style, limit};
  writing.write(value);
  return writing.take();
}

}  // namespace harness
