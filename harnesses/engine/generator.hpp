// Generator: what values an argument may have, as plain data that a loader can fill. draw() makes
// one value of it from choices; check() says what no value can be made of.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harnesses/engine/choice.hpp"
#include "harnesses/engine/elements.hpp"
#include "harnesses/engine/pattern.hpp"
#include "harnesses/protocol/value.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

struct Generator;

// The parts of Generator. In a namespace of their own, because the values they make have the short
// names.
namespace gen {

struct Integer {
  std::int64_t low = -9007199254740991;  // what JavaScript counts exactly
  std::int64_t high = 9007199254740991;
  Spread spread = Spread::varied;  // even: all alike, and `low` is the simplest
};
struct Number {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool infinities = false;
  bool nan = false;
};
struct Boolean {};
// Characters, simplest first: a-z, A-Z, 0-9, the rest of printable ASCII; then, for the other two,
// what ASCII does not print, and everything up to U+10FFFF. `code_units` has lone surrogates too.
enum class Alphabet { ascii, unicode, code_units };
struct Text {
  ListSize length;  // in characters
  Alphabet alphabet = Alphabet::ascii;
};
// A text that the pattern matches from end to end.
struct Matching {
  Pattern pattern;
};
struct Bytes {
  ListSize length;
};
struct Literals {
  std::vector<Value> values;  // the simplest first; never empty
};
struct Optional {
  std::shared_ptr<const Generator> present;
  Value absent;
};
struct Weighted {
  unsigned weight;  // never 0
  std::shared_ptr<const Generator> generator;
};
struct OneOf {
  std::vector<Weighted> of;  // the simplest first; never empty
};
struct ListOf {
  std::shared_ptr<const Generator> element;
  ListSize size;
};
struct SetOf {
  std::shared_ptr<const Generator> element;
  ListSize size;
};
struct MapOf {
  std::shared_ptr<const Generator> key;
  std::shared_ptr<const Generator> value;
  ListSize size;
};
struct Field {
  std::string name;
  std::shared_ptr<const Generator> generator;
  bool can_be_absent = false;
};
struct ObjectOf {
  std::vector<Field> fields;
};
// Milliseconds since 1970, both included; simplest is the beginning of 2000.
struct DateIn {
  std::int64_t low_ms = -62135596800000;   // year 1
  std::int64_t high_ms = 253402300799999;  // year 9999
};
// Anything that JSON can say, at most `depth` lists and objects around it.
struct Json {
  unsigned depth = 3;
};
// A test of something with state: a list of objects {name, arguments}. In half of all random cases
// some operations are switched off, because a bug may need many of one without any of another
// (swarm testing: Groce et al., ISSTA 2012).
struct Operation {
  std::string name;
  unsigned weight = 1;  // never 0
  std::vector<Generator> arguments;
};
struct Operations {
  std::vector<Operation> of;  // the simplest first; 1 to 32
  ListSize size;
};

}  // namespace gen

struct Generator {
  std::variant<gen::Integer, gen::Number, gen::Boolean, gen::Text, gen::Matching, gen::Bytes,
               gen::Literals, gen::Optional, gen::OneOf, gen::ListOf, gen::SetOf, gen::MapOf,
               gen::ObjectOf, gen::DateIn, gen::Json, gen::Operations>
      data;
};

// Why nothing can be drawn from `generator`, such as "integer: 5 is above 3"; the caller adds where
// it stands.
[[nodiscard]] base::Status check(const Generator& generator);

// `generator` has passed check(). The same choices make the same value; always ends.
[[nodiscard]] Value draw(const Generator& generator, Choices& choices);

}  // namespace harness
