#include "judge/problem/fields.hpp"

#include <cmath>

#include "judge/problem/literal.hpp"

namespace judge {
namespace {

constexpr std::size_t kLongestId = 64;
constexpr std::string_view kNoId =
    " is no id; write at most 64 small letters, digits and '-', beginning with a letter or digit";

// "5 is a number": why a plain scalar is not taken for text.
std::optional<std::string> why_no_text(const Node& node) {
  if (node.kind != Node::Kind::scalar) return "found " + node.described() + "; write text";
  const Scalar scalar = scalar_of(node);
  if (std::holds_alternative<std::string>(scalar)) return std::nullopt;
  const bool is_word =
      std::holds_alternative<bool>(scalar) || std::holds_alternative<harness::Null>(scalar);
  return base::escape(node.text, 60) + " is " + (is_word ? "not text" : "a number") +
         " unless it is quoted; write \"" + base::escape(node.text, 60) + "\"";
}

std::string number_text(double number) {
  const auto whole = static_cast<std::int64_t>(number);
  return std::to_string(whole);
}

}  // namespace

Fields::Fields(const Node& node, Diagnostics& out, std::vector<std::string> known)
    : node_{node}, out_{out} {
  if (node.kind != Node::Kind::map) {
    out.add(node, "found " + node.described() + "; write a mapping with " + all_of(known));
    return;
  }
  for (const auto& child : node.children) {
    if (std::ranges::find(known, child->key) == known.end()) {
      out.add_at_key(*child, "unknown key; " + suggest(child->key, known));
    }
  }
}

const Node* find_child(const Node& map, std::string_view key) {
  if (map.kind != Node::Kind::map) return nullptr;
  for (const auto& child : map.children) {
    if (child->key == key) return child.get();
  }
  return nullptr;
}

const Node* Fields::need(std::string_view key, std::string_view example) const {
  const Node* found = find(key);
  if (found == nullptr && is_map()) {
    const std::string above = node_.path();
    out_.add(node_.entry(), above.empty() ? std::string{key} : above + "." + std::string{key},
             "is missing; write " + std::string{example});
  }
  return found;
}

const Node* Fields::need_one_of(std::initializer_list<std::string_view> keys) const {
  std::vector<std::string> names;
  std::vector<const Node*> found;
  for (const std::string_view key : keys) {
    names.emplace_back(key);
    if (const Node* node = find(key)) found.push_back(node);
  }
  if (found.size() == 1) return found.front();
  if (found.empty() && is_map()) {
    out_.add_at_key(node_, "has none of " + all_of(names) + "; write one of them");
  }
  if (found.size() > 1) {
    out_.add_at_key(*found[1], "stands beside '" + found[0]->key + "'; write only one of them");
  }
  return nullptr;
}

std::optional<std::string> read_text(const Node* node, Diagnostics& out) {
  if (node == nullptr) return std::nullopt;
  if (const auto why = why_no_text(*node)) {
    out.add(*node, *why);
    return std::nullopt;
  }
  return node->text;
}

std::optional<std::string> read_some_text(const Node* node, Diagnostics& out) {
  std::optional<std::string> text = read_text(node, out);
  if (text && text->find_first_not_of(" \t\r\n") == std::string::npos) {
    out.add(*node, "is empty; write some text");
    return std::nullopt;
  }
  return text;
}

bool is_id(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && text.size() <= kLongestId && text.front() != '-' &&
         std::ranges::all_of(text, fits);
}

std::optional<std::string> read_id(const Node* node, Diagnostics& out) {
  if (node == nullptr) return std::nullopt;
  if (node->kind != Node::Kind::scalar || !is_id(node->text)) {
    out.add(*node, node->described() + std::string{kNoId});
    return std::nullopt;
  }
  return node->text;
}

bool check_id_key(const Node& node, Diagnostics& out) {
  if (is_id(node.key)) return true;
  out.add_at_key(node, base::quoted(node.key, 60) + std::string{kNoId});
  return false;
}

std::optional<std::int64_t> read_integer(const Node* node, std::int64_t low, std::int64_t high,
                                         Diagnostics& out) {
  if (node == nullptr) return std::nullopt;
  const Scalar scalar = scalar_of(*node);
  const auto* value = std::get_if<std::int64_t>(&scalar);
  if (node->kind != Node::Kind::scalar || value == nullptr || *value < low || *value > high) {
    const std::string range = std::to_string(low) + " to " + std::to_string(high);
    out.add(*node, "found " + node->described() + "; write " +
                       (low == high ? std::to_string(low) : "a whole number from " + range));
    return std::nullopt;
  }
  return *value;
}

std::optional<double> read_positive(const Node* node, double high, Diagnostics& out) {
  if (node == nullptr) return std::nullopt;
  const Scalar scalar = node->kind == Node::Kind::scalar ? scalar_of(*node) : Scalar{};
  std::optional<double> number;
  if (const auto* integer = std::get_if<std::int64_t>(&scalar))
    number = static_cast<double>(*integer);
  if (const auto* real = std::get_if<double>(&scalar)) number = *real;
  if (!number || !std::isfinite(*number) || *number <= 0 || *number > high) {
    out.add(*node, "found " + node->described() + "; write a number above 0, at most " +
                       number_text(high));
    return std::nullopt;
  }
  return number;
}

std::optional<bool> read_flag(const Node* node, Diagnostics& out) {
  if (node == nullptr) return std::nullopt;
  const Scalar scalar = node->kind == Node::Kind::scalar ? scalar_of(*node) : Scalar{};
  if (const auto* flag = std::get_if<bool>(&scalar)) return *flag;
  out.add(*node, "found " + node->described() + "; write true or false");
  return std::nullopt;
}

std::optional<Span> read_span(const Node* node, std::int64_t least, std::int64_t most,
                              Diagnostics& out) {
  if (node == nullptr) return std::nullopt;
  if (node->kind != Node::Kind::list || node->children.size() != 2) {
    out.add(*node, "found " + node->described() + "; write [low, high]");
    return std::nullopt;
  }
  const auto low = read_integer(node->children[0].get(), least, most, out);
  const auto high = read_integer(node->children[1].get(), least, most, out);
  if (!low || !high) return std::nullopt;
  if (*low > *high) {
    out.add(*node, std::to_string(*low) + " is above " + std::to_string(*high) + "; write [" +
                       std::to_string(*high) + ", " + std::to_string(*low) + "]");
    return std::nullopt;
  }
  return Span{*low, *high};
}

std::vector<const Node*> read_list(const Node* node, std::string_view example, Diagnostics& out) {
  std::vector<const Node*> items;
  if (node == nullptr) return items;
  if (node->kind != Node::Kind::list || node->children.empty()) {
    const std::string found =
        node->kind == Node::Kind::list ? "is an empty list" : "found " + node->described();
    out.add(*node, found + "; write a list, e.g. " + std::string{example});
    return items;
  }
  for (const auto& child : node->children) items.push_back(child.get());
  return items;
}

std::vector<std::string> read_texts(const Node* node, std::string_view example, Diagnostics& out) {
  std::vector<std::string> texts;
  if (node == nullptr) return texts;
  std::vector<const Node*> items{node};
  if (node->kind != Node::Kind::scalar) items = read_list(node, example, out);
  for (const Node* item : items) {
    std::optional<std::string> text = read_some_text(item, out);
    if (!text) continue;
    if (std::ranges::find(texts, *text) != texts.end()) {
      out.add(*item, item->described() + " stands twice; write it once");
      continue;
    }
    texts.push_back(std::move(*text));
  }
  return texts;
}

}  // namespace judge
