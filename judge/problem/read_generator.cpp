#include "judge/problem/read_generator.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <utility>

#include "harnesses/engine/pattern.hpp"
#include "judge/problem/dates.hpp"
#include "judge/problem/fields.hpp"
#include "judge/problem/generator_bounds.hpp"
#include "judge/problem/literal.hpp"

namespace judge {
namespace {

using harness::Generator;
using harness::ListSize;
namespace gen = harness::gen;
using Shared = std::shared_ptr<const Generator>;

constexpr std::int64_t kLargestInteger = (1LL << 53) - 1;  // JavaScript's safe integers
constexpr std::int64_t kLongestText = 10'000;
constexpr std::int64_t kMostElements = 1000;
constexpr std::int64_t kDeepestJson = 5;
constexpr std::int64_t kMostWeight = 100;
constexpr std::size_t kMostChoices = 100;

constexpr Word<gen::Alphabet> kAlphabets[] = {{"ascii", gen::Alphabet::ascii},
                                              {"unicode", gen::Alphabet::unicode},
                                              {"code_units", gen::Alphabet::code_units}};

bool is_any(const Node& node) {
  return node.kind == Node::Kind::scalar && !node.quoted && node.text == "any";
}

void expected(const Node& node, const std::string& what, Diagnostics& out) {
  out.add(node, "found " + node.described() + "; write " + what);
}

std::optional<double> number_of(const Node& node) {
  if (node.kind != Node::Kind::scalar) return {};
  const Scalar scalar = scalar_of(node);
  if (const auto* whole = std::get_if<std::int64_t>(&scalar)) return static_cast<double>(*whole);
  const auto* real = std::get_if<double>(&scalar);
  return real != nullptr && std::isfinite(*real) ? std::optional{*real} : std::nullopt;
}

class Reading {
 public:
  explicit Reading(Diagnostics& out) : out_{out} {}

  std::optional<Generator> read(const Node& node, UnknownKeys unknown = UnknownKeys::reported) {
    if (node.kind == Node::Kind::scalar) return read_word_alone(node);
    if (node.kind != Node::Kind::map) {
      expected(node, "a generator, e.g. boolean or {integer: [0, 9]}", out_);
      return {};
    }
    std::vector<std::string> known = generator_words();
    known.insert(known.end(), generator_options().begin(), generator_options().end());
    if (unknown == UnknownKeys::left_to_caller) {
      for (const auto& child : node.children) known.push_back(child->key);
    }
    const Fields fields{node, out_, known};
    const Node* main = nullptr;
    for (const auto& child : node.children) {
      if (std::ranges::find(generator_words(), child->key) == generator_words().end()) continue;
      if (main != nullptr) {
        out_.add_at_key(*child, "stands beside '" + main->key + "'; write only one of them");
        return {};
      }
      main = child.get();
    }
    const auto is_known = [&](const auto& child) {
      return std::ranges::find(known, child->key) != known.end();
    };
    if (main == nullptr) {
      if (!std::ranges::all_of(node.children, is_known)) return {};  // reported
      out_.add_at_key(node, "has none of " + all_of(generator_words()) + "; write one of them");
      return {};
    }
    return read_main(*main, fields);
  }

  struct Kind {
    std::string_view word;
    std::optional<Generator> (Reading::*read)(const Node&, const Fields&);
    std::vector<std::string_view> options;
    bool may_be_any;  // whether the word alone says enough
  };
  static const std::vector<Kind>& kinds();

 private:
  // ---- which one ----

  std::optional<Generator> read_main(const Node& main, const Fields& fields) {
    const auto kind = std::ranges::find(kinds(), std::string_view{main.key}, &Kind::word);
    for (const std::string& option : generator_options()) {
      const Node* misplaced = fields.find(option);
      if (misplaced == nullptr || std::ranges::find(kind->options, option) != kind->options.end()) {
        continue;
      }
      std::vector<std::string> owners;
      for (const Kind& each : kinds()) {
        if (std::ranges::find(each.options, option) != each.options.end()) {
          owners.emplace_back(each.word);
        }
      }
      out_.add_at_key(*misplaced,
                      "belongs to " + all_of(owners) + "; leave it out beside `" + main.key + "`");
    }
    return (this->*kind->read)(main, fields);
  }

  std::optional<Generator> read_word_alone(const Node& node) {
    std::vector<std::string> alone;
    for (const Kind& kind : kinds()) {
      if (kind.may_be_any) alone.emplace_back(kind.word);
    }
    const auto kind = std::ranges::find(kinds(), std::string_view{node.text}, &Kind::word);
    if (kind == kinds().end() || !kind->may_be_any || node.quoted) {
      const bool is_word = kind != kinds().end();
      const std::string instead = is_word && node.quoted ? "write it without quotes"
                                  : is_word              ? "write {" + node.text + ": ...}"
                                                         : suggest(node.text, alone);
      expected_otherwise(node, instead);
      return {};
    }
    Node any;
    any.kind = Node::Kind::scalar;
    any.text = "any";
    const Node empty = [] {
      Node map;
      map.kind = Node::Kind::map;
      return map;
    }();
    return (this->*kind->read)(any, Fields{empty, out_, {}});
  }

  void expected_otherwise(const Node& node, const std::string& instead) {
    out_.add(node, "found " + node.described() + "; " + instead);
  }

  // ---- numbers ----

  std::optional<Generator> read_integer(const Node& node, const Fields&) {
    if (is_any(node)) return Generator{gen::Integer{}};
    const auto span = read_span(&node, -kLargestInteger, kLargestInteger, out_);
    if (!span) return {};
    return Generator{gen::Integer{span->low, span->high}};
  }

  std::optional<Generator> read_number(const Node& node, const Fields& fields) {
    gen::Number number;
    number.infinities = read_flag(fields.find("infinities"), out_).value_or(false);
    number.nan = read_flag(fields.find("nan"), out_).value_or(false);
    if (is_any(node)) return Generator{number};
    const bool is_pair = node.kind == Node::Kind::list && node.children.size() == 2;
    const auto low = is_pair ? number_of(*node.children[0]) : std::nullopt;
    const auto high = is_pair ? number_of(*node.children[1]) : std::nullopt;
    if (!low || !high) {
      expected(node, "any, or [low, high] with two numbers", out_);
      return {};
    }
    if (*low > *high) {
      out_.add(node, node.children[0]->text + " is above " + node.children[1]->text + "; write [" +
                         node.children[1]->text + ", " + node.children[0]->text + "]");
      return {};
    }
    number.low = *low;
    number.high = *high;
    return Generator{number};
  }

  std::optional<Generator> read_boolean(const Node& node, const Fields&) {
    if (is_any(node)) return Generator{gen::Boolean{}};
    expected(node, "boolean: any", out_);
    return {};
  }

  std::optional<Generator> read_undefined(const Node& node, const Fields&) {
    if (is_any(node)) return Generator{gen::Literals{{harness::undefined()}}};
    expected(node, "undefined: any", out_);
    return {};
  }

  // ---- texts ----

  std::optional<Generator> read_string(const Node& node, const Fields& fields) {
    gen::Text text;
    text.alphabet =
        read_word(fields.find("characters"), kAlphabets, out_).value_or(gen::Alphabet::ascii);
    const auto length = read_length(node);
    if (!length) return {};
    text.length = *length;
    return Generator{text};
  }

  std::optional<Generator> read_bytes(const Node& node, const Fields&) {
    const auto length = read_length(node);
    if (!length) return {};
    return Generator{gen::Bytes{*length}};
  }

  std::optional<ListSize> read_length(const Node& node) {
    if (is_any(node)) return ListSize{0, static_cast<std::uint64_t>(kLongestText)};
    return read_size(&node, kLongestText);
  }

  std::optional<Generator> read_matching(const Node& node, const Fields&) {
    const auto text = read_text(&node, out_);
    if (!text) return {};
    auto pattern = harness::parse_pattern(*text);
    if (!pattern) {
      out_.add(node, pattern.error().message());
      return {};
    }
    return Generator{gen::Matching{std::move(*pattern)}};
  }

  std::optional<Generator> read_date(const Node& node, const Fields&) {
    if (is_any(node)) return Generator{gen::DateIn{}};
    const bool is_pair = node.kind == Node::Kind::list && node.children.size() == 2;
    if (!is_pair) {
      expected(node, "any, or [2020-01-01, 2020-12-31T23:59:59Z]", out_);
      return {};
    }
    const auto low = parse_instant(node.children[0]->text);
    const auto high = parse_instant(node.children[1]->text);
    for (std::size_t i = 0; i < 2; ++i) {
      if (i == 0 ? low.has_value() : high.has_value()) continue;
      expected(*node.children[i], "a date such as 2020-01-31 or 2020-01-31T12:00:00Z", out_);
    }
    if (!low || !high) return {};
    if (*low > *high) {
      out_.add(node, node.children[0]->text + " is after " + node.children[1]->text + "; write [" +
                         node.children[1]->text + ", " + node.children[0]->text + "]");
      return {};
    }
    return Generator{gen::DateIn{*low, *high}};
  }

  std::optional<Generator> read_json(const Node& node, const Fields&) {
    if (is_any(node)) return Generator{gen::Json{}};
    const auto depth = judge::read_integer(&node, 0, kDeepestJson, out_);
    if (!depth) return {};
    return Generator{gen::Json{static_cast<unsigned>(*depth)}};
  }

  // ---- choices ----

  std::optional<Generator> read_one_of(const Node& node, const Fields&) {
    gen::Literals literals;
    const std::vector<const Node*> items = read_list(&node, "[fail-fast, collect]", out_);
    if (items.size() > kMostChoices) {
      out_.add(node, "has " + std::to_string(items.size()) + " values; write at most " +
                         std::to_string(kMostChoices));
    }
    for (const Node* item : items) {
      if (auto value = read_literal(*item, out_)) literals.values.push_back(std::move(*value));
    }
    if (literals.values.empty()) return {};
    return Generator{std::move(literals)};
  }

  std::optional<Generator> read_value(const Node& node, const Fields&) {
    auto value = read_literal(node, out_);
    if (!value) return {};
    return Generator{gen::Literals{{std::move(*value)}}};
  }

  std::optional<Generator> read_any_of(const Node& node, const Fields& fields) {
    gen::OneOf any;
    const std::vector<const Node*> items = read_list(&node, "[boolean, string]", out_);
    const std::vector<unsigned> weights = read_weights(fields.find("weights"), items.size());
    bool complete = !items.empty();
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (const Shared each = shared(*items[i])) {
        any.of.push_back({.weight = weights[i], .generator = each});
      } else {
        complete = false;
      }
    }
    if (!complete) return {};
    return Generator{std::move(any)};
  }

  std::vector<unsigned> read_weights(const Node* node, std::size_t count) {
    std::vector<unsigned> weights(count, 1);
    if (node == nullptr) return weights;
    if (node->kind != Node::Kind::list || node->children.size() != count) {
      expected(*node, "a list of " + std::to_string(count) + " weights, one for each", out_);
      return weights;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const auto weight = judge::read_integer(node->children[i].get(), 1, kMostWeight, out_);
      weights[i] = static_cast<unsigned>(weight.value_or(1));
    }
    return weights;
  }

  std::optional<Generator> read_optional(const Node& node, const Fields& fields) {
    gen::Optional optional{.present = shared(node), .absent = {harness::Null{}}};
    if (const Node* absent = fields.find("absent")) {
      auto value = read_literal(*absent, out_);
      if (!value) return {};
      optional.absent = std::move(*value);
    }
    if (!optional.present) return {};
    return Generator{std::move(optional)};
  }

  // ---- collections ----

  std::optional<Generator> read_list_of(const Node& node, const Fields& fields) {
    const auto size = read_size(fields.find("length"), kMostElements);
    const Shared element = shared(node);
    if (!size || !element) return {};
    return Generator{gen::ListOf{element, *size}};
  }

  std::optional<Generator> read_set(const Node& node, const Fields& fields) {
    const auto size = read_size(fields.find("size"), kMostElements);
    const Shared element = shared(node);
    if (!size || !element) return {};
    return Generator{gen::SetOf{element, *size}};
  }

  std::optional<Generator> read_map(const Node& node, const Fields& fields) {
    const auto size = read_size(fields.find("size"), kMostElements);
    if (node.kind != Node::Kind::list || node.children.size() != 2) {
      expected(node, "[key, value], two generators", out_);
      return {};
    }
    const Shared key = shared(*node.children[0]);
    const Shared value = shared(*node.children[1]);
    if (!size || !key || !value) return {};
    return Generator{gen::MapOf{key, value, *size}};
  }

  std::optional<Generator> read_object(const Node& node, const Fields&) {
    if (node.kind != Node::Kind::map) {
      expected(node, "{name: generator}", out_);
      return {};
    }
    gen::ObjectOf object;
    std::set<std::string> names;
    bool complete = true;
    for (const auto& child : node.children) {
      gen::Field field{.name = child->key, .generator = shared(*child)};
      if (field.name.size() > 1 && field.name.ends_with('?')) {
        field.name.pop_back();
        field.can_be_absent = true;
      }
      if (!names.insert(field.name).second) {
        out_.add_at_key(*child, "is '" + field.name + "' a second time; write it once");
      }
      complete = complete && field.generator != nullptr;
      object.fields.push_back(std::move(field));
    }
    if (!complete) return {};
    return Generator{std::move(object)};
  }

  std::optional<ListSize> read_size(const Node* node, std::int64_t most) {
    constexpr std::uint64_t kUsual = 20;
    if (node == nullptr) return ListSize{0, kUsual};
    const auto span = read_span(node, 0, most, out_);
    if (!span) return {};
    return ListSize{static_cast<std::uint64_t>(span->low), static_cast<std::uint64_t>(span->high)};
  }

  Shared shared(const Node& node) {
    auto read_one = read(node);
    return read_one ? std::make_shared<const Generator>(std::move(*read_one)) : nullptr;
  }

  Diagnostics& out_;
};

const std::vector<Reading::Kind>& Reading::kinds() {
  static const std::vector<Kind> all{
      {"integer", &Reading::read_integer, {}, true},
      {"number", &Reading::read_number, {"infinities", "nan"}, true},
      {"boolean", &Reading::read_boolean, {}, true},
      {"string", &Reading::read_string, {"characters"}, true},
      {"matching", &Reading::read_matching, {}, false},
      {"bytes", &Reading::read_bytes, {}, true},
      {"date", &Reading::read_date, {}, true},
      {"json", &Reading::read_json, {}, true},
      {"undefined", &Reading::read_undefined, {}, true},
      {"one_of", &Reading::read_one_of, {}, false},
      {"value", &Reading::read_value, {}, false},
      {"any_of", &Reading::read_any_of, {"weights"}, false},
      {"optional", &Reading::read_optional, {"absent"}, false},
      {"list", &Reading::read_list_of, {"length"}, false},
      {"set", &Reading::read_set, {"size"}, false},
      {"map", &Reading::read_map, {"size"}, false},
      {"object", &Reading::read_object, {}, false},
  };
  return all;
}

}  // namespace

const std::vector<std::string>& generator_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const auto& kind : Reading::kinds()) all.emplace_back(kind.word);
    return all;
  }();
  return words;
}

const std::vector<std::string>& generator_options() {
  static const std::vector<std::string> options{"infinities", "nan",    "characters", "weights",
                                                "absent",     "length", "size"};
  return options;
}

bool is_generator(const Node& node) {
  if (node.kind != Node::Kind::map || node.children.empty()) return false;
  const auto kind = std::ranges::find(
      Reading::kinds(), std::string_view{node.children.front()->key}, &Reading::Kind::word);
  return kind != Reading::kinds().end() &&
         std::all_of(node.children.begin() + 1, node.children.end(), [&](const auto& child) {
           return std::ranges::find(kind->options, child->key) != kind->options.end();
         });
}

std::optional<Generator> read_generator(const Node& node, Diagnostics& out, UnknownKeys unknown) {
  auto generator = Reading{out}.read(node, unknown);
  if (!generator) return {};
  if (const auto possible = harness::check(*generator); !possible) {
    out.add(node, possible.error().message() + "; nothing can be drawn");
    return {};
  }
  if (draws_too_much(*generator)) {
    out.add(node, "draws more than 100000 values at once; make lengths or depths smaller");
    return {};
  }
  return generator;
}

std::optional<Generator> read_even_generator(const Node& node, Diagnostics& out,
                                             UnknownKeys unknown) {
  auto generator = read_generator(node, out, unknown);
  auto* range = generator ? std::get_if<gen::Integer>(&generator->data) : nullptr;
  constexpr gen::Integer kAny;
  const bool is_any = range == nullptr || (range->low == kAny.low && range->high == kAny.high);
  if (!is_any) range->spread = harness::Spread::even;
  return generator;
}

}  // namespace judge
