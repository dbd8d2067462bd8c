#include "judge/problem/literal.hpp"

#include <cerrno>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <utility>

namespace judge {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int base_of(std::string_view text) {
  if (text.starts_with("0o")) return 8;
  return text.starts_with("0x") ? 16 : 10;
}

// YAML 1.2.2 section 10.3.2, the row `tag:yaml.org,2002:int`.
bool is_integer(std::string_view text) {
  const int base = base_of(text);
  std::string_view allowed = "0123456789";
  if (base == 8) allowed = "01234567";
  if (base == 16) allowed = "0123456789abcdefABCDEF";
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  text.remove_prefix(base != 10 ? 2 : has_sign ? 1 : 0);
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

Scalar integer_of(std::string_view text) {
  const int base = base_of(text);
  const std::string number{base == 10 ? text : text.substr(2)};
  errno = 0;
  const long long value = std::strtoll(number.c_str(), nullptr, base);
  if (errno == ERANGE) return TooLarge{};
  return static_cast<std::int64_t>(value);
}

// The row `tag:yaml.org,2002:float`: [-+]? ( \.[0-9]+ | [0-9]+ ( \.[0-9]* )? ) ( [eE] [-+]? [0-9]+
// )?
bool is_float(std::string_view text) {
  std::size_t i = 0;
  const auto at = [&](char a, char b) { return i < text.size() && (text[i] == a || text[i] == b); };
  const auto skip_digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - start;
  };
  if (at('-', '+')) ++i;
  const std::size_t whole = skip_digits();
  std::size_t fraction = 0;
  if (at('.', '.')) {
    ++i;
    fraction = skip_digits();
  }
  if (whole + fraction == 0) return false;
  if (at('e', 'E')) {
    ++i;
    if (at('-', '+')) ++i;
    if (skip_digits() == 0) return false;
  }
  return i == text.size();
}

std::optional<double> read_special_float(std::string_view text) {
  if (text == ".nan" || text == ".NaN" || text == ".NAN") {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text != ".inf" && text != ".Inf" && text != ".INF") return std::nullopt;
  const double infinity = std::numeric_limits<double>::infinity();
  return negative ? -infinity : infinity;
}

}  // namespace

Scalar scalar_of(const Node& node) {
  const std::string_view text = node.text;
  if (node.kind == Node::Kind::null) return harness::Null{};
  if (node.quoted) return node.text;
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
    return harness::Null{};
  }
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (is_integer(text)) return integer_of(text);
  if (const auto special = read_special_float(text)) return *special;
  // strtod reads every text that is_float lets through, in the C locale, which the judge never
  // leaves.
  if (is_float(text)) return std::strtod(node.text.c_str(), nullptr);
  return node.text;
}

std::optional<harness::Value> read_literal(const Node& node, Diagnostics& out) {
  if (node.kind == Node::Kind::list) {
    harness::List list;
    for (const auto& child : node.children) {
      if (auto item = read_literal(*child, out)) list.items.push_back(std::move(*item));
    }
    return harness::Value{std::move(list)};
  }
  if (node.kind == Node::Kind::map) {
    harness::Object object;
    for (const auto& child : node.children) {
      if (auto value = read_literal(*child, out)) {
        object.fields.emplace_back(child->key, std::move(*value));
      }
    }
    return harness::Value{std::move(object)};
  }
  Scalar scalar = scalar_of(node);
  if (std::holds_alternative<TooLarge>(scalar)) {
    out.add(node,
            node.described() + " is an integer outside 64 bits; write a float (1e20) or quote it");
    return std::nullopt;
  }
  if (const auto* flag = std::get_if<bool>(&scalar)) return harness::Value{*flag};
  if (const auto* integer = std::get_if<std::int64_t>(&scalar)) return harness::Value{*integer};
  if (const auto* number = std::get_if<double>(&scalar)) return harness::Value{*number};
  if (auto* text = std::get_if<std::string>(&scalar)) return harness::Value{std::move(*text)};
  return harness::Value{harness::Null{}};
}

}  // namespace judge
