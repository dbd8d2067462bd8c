#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "harnesses/engine/alphabet.hpp"
#include "harnesses/engine/generator.hpp"
#include "harnesses/engine/sources.hpp"
#include "harnesses/protocol/show.hpp"
#include "sandbox/base/check.hpp"

namespace harness {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kYear2000 = 10'957;  // days after 1970-01-01

const CharacterRanges& characters_of(gen::Alphabet alphabet) {
  switch (alphabet) {
    case gen::Alphabet::ascii:
      return printable_ascii();
    case gen::Alphabet::unicode:
      return all_characters();
    case gen::Alphabet::code_units:
      return all_code_units();
  }
  JUDGE_CHECK(false, "every alphabet has its characters");
  return printable_ascii();
}

bool is_among(const Value& value, const std::vector<Value>& values) {
  return std::any_of(values.begin(), values.end(),
                     [&](const Value& other) { return same(value, other); });
}

// JavaScript's sets and maps take -0 for 0.
Value as_key(Value value) {
  if (const auto* number = std::get_if<double>(&value.data); number != nullptr && *number == 0) {
    value.data = 0.0;
  }
  return value;
}

std::int64_t floor_day(std::int64_t milliseconds) {
  return milliseconds / kDayMs - (milliseconds % kDayMs < 0 ? 1 : 0);
}

class Drawing {
 public:
  explicit Drawing(Choices& choices) : choices_{choices} {}

  Value draw(const Generator& generator) {
    return std::visit([this](const auto& part) { return make(part); }, generator.data);
  }

 private:
  Value make(const gen::Integer& range) {
    if (range.spread == Spread::even) {
      const auto options =
          static_cast<std::uint64_t>(range.high) - static_cast<std::uint64_t>(range.low) + 1;
      return Value{range.low + static_cast<std::int64_t>(choices_.draw(Purpose::data, options))};
    }
    return Value{choices_.integer(Purpose::data, integer_type(range.low, range.high))};
  }

  Value make(const gen::Number& range) {
    const auto type = number_type(range.low, range.high, range.infinities, range.nan);
    JUDGE_CHECK(type.has_value(), "check() refuses ranges without a number");
    return Value{choices_.number(Purpose::data, *type)};
  }

  Value make(const gen::Boolean&) { return Value{choices_.draw(Purpose::data, 2) == 1}; }

  Value make(const gen::Text& text) {
    std::string out;
    draw_elements(choices_, "character", text.length, depth_,
                  [&] { append_character(out, draw_character(characters_of(text.alphabet))); });
    return Value{std::move(out)};
  }

  Value make(const gen::Matching& matching) {
    std::string out;
    append_match(out, matching.pattern);
    return Value{std::move(out)};
  }

  Value make(const gen::Bytes& bytes) {
    std::string out;
    draw_elements(choices_, "byte", bytes.length, depth_, [&] {
      out += static_cast<char>(choices_.integer(Purpose::data, integer_type(0, 255)));
    });
    return Value{Blob{std::move(out)}};
  }

  Value make(const gen::Literals& literals) {
    return literals.values[choices_.draw(Purpose::data, literals.values.size())];
  }

  Value make(const gen::Optional& optional) {
    static constexpr std::array<unsigned, 2> kWeights = {1, 3};
    if (choices_.draw(Purpose::variant, kWeights) == 0) return optional.absent;
    return draw(*optional.present);
  }

  Value make(const gen::OneOf& one_of) {
    std::vector<unsigned> weights;
    for (const gen::Weighted& each : one_of.of) weights.push_back(each.weight);
    const auto span = choices_.span("one of");
    return draw(*one_of.of[choices_.draw(Purpose::variant, weights)].generator);
  }

  Value make(const gen::ListOf& list) {
    List out;
    elements("element", list.size, [&] { out.items.push_back(draw(*list.element)); });
    return Value{std::move(out)};
  }

  Value make(const gen::SetOf& set) {
    Set out;
    elements("member", set.size, [&] {
      if (auto fresh = draw_fresh(*set.element, out.items, set.size.least)) {
        out.items.push_back(std::move(*fresh));
      }
    });
    return Value{std::move(out)};
  }

  Value make(const gen::MapOf& map) {
    Map out;
    std::vector<Value> keys;
    elements("entry", map.size, [&] {
      auto key = draw_fresh(*map.key, keys, map.size.least);
      Value value = draw(*map.value);
      if (!key) return;
      keys.push_back(*key);
      out.entries.emplace_back(std::move(*key), std::move(value));
    });
    return Value{std::move(out)};
  }

  Value make(const gen::ObjectOf& object) {
    Object out;
    for (const gen::Field& field : object.fields) {
      const auto span = choices_.span("field");
      if (field.can_be_absent && choices_.draw(Purpose::variant, 2) == 0) continue;
      out.fields.emplace_back(field.name, draw(*field.generator));
    }
    return Value{std::move(out)};
  }

  Value make(const gen::DateIn& range) {
    const std::int64_t low = floor_day(range.low_ms);
    const std::int64_t high = floor_day(range.high_ms);
    const std::int64_t day = choices_.integer(
        Purpose::data, {.low = low, .high = high, .target = std::clamp(kYear2000, low, high)});
    const std::int64_t of_day = choices_.integer(Purpose::data, integer_type(0, kDayMs - 1));
    const std::int64_t instant = std::clamp(day * kDayMs + of_day, range.low_ms, range.high_ms);
    return Value{Date{static_cast<double>(instant)}};
  }

  Value make(const gen::Json& json) { return draw_json(json.depth); }

  Value make(const gen::Operations& operations) {
    const std::vector<unsigned> weights = draw_swarm(operations.of);
    List out;
    elements("operation", operations.size, [&] {
      const gen::Operation& operation = operations.of[choices_.draw(Purpose::variant, weights)];
      List arguments;
      for (const Generator& argument : operation.arguments) {
        const auto span = choices_.span("argument");
        arguments.items.push_back(draw(argument));
      }
      out.items.push_back(Value{
          Object{{{"name", Value{operation.name}}, {"arguments", Value{std::move(arguments)}}}}});
    });
    return Value{std::move(out)};
  }

  // ---- parts ----

  template <typename DrawOne>
  void elements(std::string_view label, ListSize size, DrawOne draw_one) {
    const unsigned depth = depth_++;
    draw_elements(choices_, label, size, depth, draw_one);
    depth_ = depth;
  }

  char32_t draw_character(const CharacterRanges& ranges) {
    const auto last = static_cast<std::int64_t>(count(ranges)) - 1;
    const std::int64_t index = choices_.integer(Purpose::data, integer_type(0, last));
    return character_at(ranges, static_cast<std::uint64_t>(index));
  }

  void append_match(std::string& out, const Pattern& pattern) {
    if (const auto* ranges = std::get_if<CharacterRanges>(&pattern.data)) {
      append_character(out, count(*ranges) == 1 ? ranges->front().first : draw_character(*ranges));
    } else if (const auto* sequence = std::get_if<PatternSequence>(&pattern.data)) {
      for (const Pattern& part : sequence->parts) append_match(out, part);
    } else if (const auto* repeat = std::get_if<PatternRepeat>(&pattern.data)) {
      elements("repetition", repeat->times, [&] { append_match(out, *repeat->part); });
    } else {
      const auto& of = std::get<PatternAlternatives>(pattern.data).of;
      append_match(out, of[choices_.draw(Purpose::variant, of.size())]);
    }
  }

  // One that is not among `used`. A value that came before is left out where there may be fewer,
  // and replaced by the next in a fixed enumeration where there must be `least`: trying at random
  // until one is new may not end, least of all when a replay answers the simplest for ever.
  std::optional<Value> draw_fresh(const Generator& generator, const std::vector<Value>& used,
                                  std::uint64_t least) {
    Value drawn = as_key(draw(generator));
    if (!is_among(drawn, used)) return drawn;
    if (used.size() >= least) return {};
    // Different sequences can make the same value, but hardly so many of them.
    const std::size_t most = 100 + 10 * used.size();
    ExhaustiveSource source{1 + used.size(), 0};
    for (std::size_t i = 0; i < most; ++i) {
      Choices beside{source};
      Value next = as_key(Drawing{beside}.draw(generator));
      if (!is_among(next, used)) return next;
      (void)source.advance();  // at its end it begins anew; numbers it draws at random
    }
    return {};
  }

  Value draw_json(unsigned depth) {
    enum Kind { null, boolean, integer, number, text, list, object, kinds };
    static constexpr std::array<unsigned, kinds> kWeights = {1, 1, 2, 1, 2, 2, 2};
    const auto span = choices_.span("json");
    const unsigned scalars = list;
    switch (choices_.draw(Purpose::variant,
                          std::span{kWeights}.first(depth > 0 ? unsigned{kinds} : scalars))) {
      case null:
        return Value{Null{}};
      case boolean:
        return make(gen::Boolean{});
      case integer:
        return make(gen::Integer{});
      case number:
        return make(gen::Number{});
      case text:
        return make(gen::Text{.length = {0, 20}, .alphabet = gen::Alphabet::unicode});
      case list: {
        List out;
        elements("element", {0, 10}, [&] { out.items.push_back(draw_json(depth - 1)); });
        return Value{std::move(out)};
      }
      default:
        return draw_json_object(depth);
    }
  }

  Value draw_json_object(unsigned depth) {
    Object out;
    elements("entry", {0, 10}, [&] {
      const Value name = make(gen::Text{.length = {0, 8}, .alphabet = gen::Alphabet::unicode});
      const auto& key = std::get<std::string>(name.data);
      Value value = draw_json(depth - 1);
      const bool known = std::any_of(out.fields.begin(), out.fields.end(),
                                     [&](const auto& field) { return field.first == key; });
      if (!known) out.fields.emplace_back(key, std::move(value));
    });
    return Value{std::move(out)};
  }

  // One choice says which operations are off, one bit each; the bit above says that none is, and so
  // does 0. Being off is a weight of 0, which a replay does not heed: the choice shrinks to 0 at
  // once, and no other changes its meaning.
  std::vector<unsigned> draw_swarm(const std::vector<gen::Operation>& operations) {
    const std::size_t many = operations.size();
    const auto type = integer_type(0, (std::int64_t{1} << (many + 1)) - 1);
    const auto mask =
        static_cast<std::uint64_t>(choices_.integer(Purpose::value, type, Spread::even));
    const std::uint64_t all = (std::uint64_t{1} << many) - 1;
    std::vector<unsigned> weights;
    for (std::size_t i = 0; i < many; ++i) {
      const bool off = mask < all && (mask >> i & 1) != 0;
      weights.push_back(off ? 0 : operations[i].weight);
    }
    return weights;
  }

  Choices& choices_;
  unsigned depth_ = 0;  // lists around what is drawn
};

}  // namespace

Value draw(const Generator& generator, Choices& choices) {
  return Drawing{choices}.draw(generator);
}

}  // namespace harness
