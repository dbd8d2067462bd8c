// Reading a Node's fields with every complaint in one form. Each reader takes the node (nullptr:
// missing, and already reported or optional), reports what is wrong with it and then answers
// nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "judge/problem/node.hpp"
#include "judge/problem/spelling.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {

// The value under `key`; nullptr: there is none, or `map` is no mapping.
[[nodiscard]] const Node* find_child(const Node& map, std::string_view key);

// The fields of one mapping, all of which must be known: the list at construction reads as the
// schema.
class Fields {
 public:
  // Reports a node that is no mapping, and every key that is not `known`.
  Fields(const Node& node, Diagnostics& out, std::vector<std::string> known);

  [[nodiscard]] const Node* find(std::string_view key) const { return find_child(node_, key); }
  // Reports a missing field; `example` is what could be written, e.g. "cpu: 4 s".
  [[nodiscard]] const Node* need(std::string_view key, std::string_view example) const;
  // The one field among `keys` that stands there; reports none and several.
  [[nodiscard]] const Node* need_one_of(std::initializer_list<std::string_view> keys) const;

  [[nodiscard]] bool is_map() const { return node_.kind == Node::Kind::map; }
  [[nodiscard]] const Node& node() const { return node_; }

 private:
  const Node& node_;
  Diagnostics& out_;
};

[[nodiscard]] std::optional<std::string> read_text(const Node* node, Diagnostics& out);
// A text with at least one character that is not a space.
[[nodiscard]] std::optional<std::string> read_some_text(const Node* node, Diagnostics& out);
// Ids: small letters, digits and '-', at most 64.
[[nodiscard]] std::optional<std::string> read_id(const Node* node, Diagnostics& out);
[[nodiscard]] bool is_id(std::string_view text);
// The same for a key.
[[nodiscard]] bool check_id_key(const Node& node, Diagnostics& out);
[[nodiscard]] std::optional<std::int64_t> read_integer(const Node* node, std::int64_t low,
                                                       std::int64_t high, Diagnostics& out);
// Above 0, at most `high`.
[[nodiscard]] std::optional<double> read_positive(const Node* node, double high, Diagnostics& out);
[[nodiscard]] std::optional<bool> read_flag(const Node* node, Diagnostics& out);
// [low, high] with least <= low <= high <= most.
struct Span {
  std::int64_t low;
  std::int64_t high;
};
[[nodiscard]] std::optional<Span> read_span(const Node* node, std::int64_t least, std::int64_t most,
                                            Diagnostics& out);
// The entries of a list that has at least one; reports anything else.
[[nodiscard]] std::vector<const Node*> read_list(const Node* node, std::string_view example,
                                                 Diagnostics& out);
// Texts, no two the same. A single text stands for a list of one.
[[nodiscard]] std::vector<std::string> read_texts(const Node* node, std::string_view example,
                                                  Diagnostics& out);

template <typename T>
using Word = std::pair<std::string_view, T>;

template <typename T>
std::vector<std::string> names_of(std::span<const Word<T>> words) {
  std::vector<std::string> names;
  for (const Word<T>& word : words) names.emplace_back(word.first);
  return names;
}

// The array overloads exist because a span is not deduced from an array.
template <typename T, std::size_t N>
std::vector<std::string> names_of(const Word<T> (&words)[N]) {
  return names_of(std::span<const Word<T>>{words});
}

// One of a few words.
template <typename T>
std::optional<T> read_word(const Node* node, std::span<const Word<T>> words, Diagnostics& out) {
  if (node == nullptr) return std::nullopt;
  if (node->kind == Node::Kind::scalar) {
    for (const Word<T>& word : words) {
      if (word.first == node->text) return word.second;
    }
  }
  const std::vector<std::string> names = names_of(words);
  out.add(*node, "found " + node->described() + "; " + suggest(node->text, names));
  return std::nullopt;
}

template <typename T, std::size_t N>
std::optional<T> read_word(const Node* node, const Word<T> (&words)[N], Diagnostics& out) {
  return read_word(node, std::span<const Word<T>>{words}, out);
}

// "[javascript]", or nothing wrong: reports entries of `words` met twice, unknown ones, and an
// empty list.
template <typename T>
std::vector<T> read_word_list(const Node* node, std::span<const Word<T>> words, Diagnostics& out) {
  std::vector<T> found;
  if (node == nullptr) return found;
  const std::string example = "[" + std::string{words.front().first} + "]";
  std::vector<std::string> seen;
  for (const Node* item : read_list(node, example, out)) {
    const std::optional<T> word = read_word(item, words, out);
    if (!word) continue;
    if (std::find(seen.begin(), seen.end(), item->text) != seen.end()) {
      out.add(*item, item->described() + " stands twice; write it once");
      continue;
    }
    seen.push_back(item->text);
    found.push_back(*word);
  }
  return found;
}

template <typename T, std::size_t N>
std::vector<T> read_word_list(const Node* node, const Word<T> (&words)[N], Diagnostics& out) {
  return read_word_list(node, std::span<const Word<T>>{words}, out);
}

}  // namespace judge
