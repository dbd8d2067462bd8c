// Value: whatever crosses between the judge and a shim, without what JSON loses (undefined, NaN,
// -0, bigint, bytes, dates, maps, sets, errors, identity). The wire form stands in PROTOCOL.md.
// Trees only: decoding resolves nothing; a shared object is a Known that names it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace harness {

struct Value;

struct Undefined {
  bool operator==(const Undefined&) const = default;
};
struct Null {
  bool operator==(const Null&) const = default;
};
// An integer of any size, in decimal. Bigint in JavaScript; Python integers outside 64 bits.
struct BigInt {
  std::string decimal;
  bool operator==(const BigInt&) const = default;
};
struct Blob {
  std::string bytes;
  bool operator==(const Blob&) const = default;
};
// Milliseconds since 1970-01-01T00:00:00Z; NaN: an invalid date.
struct Date {
  double epoch_ms;
  bool operator==(const Date&) const = default;
};
struct List {
  std::vector<Value> items;
};
// String keys in insertion order; keys are unique.
struct Object {
  std::vector<std::pair<std::string, Value>> fields;
};
struct Map {
  std::vector<std::pair<Value, Value>> entries;
};
struct Set {
  std::vector<Value> items;
};
// `classes`: the class names from the most derived to the base, e.g. TypeError, Error.
struct ErrorValue {
  std::vector<std::string> classes;
  std::string message;
  // Own properties worth seeing: errors, cause, code.
  std::vector<std::pair<std::string, Value>> fields;
};
// The very object that the judge defined under `id` in this case; proves identity.
struct Known {
  std::uint32_t id;
  bool operator==(const Known&) const = default;
};
// What cannot cross: a function, a promise, a class instance, a cycle. `what` names it, e.g.
// "function f".
struct Opaque {
  std::string what;
  bool operator==(const Opaque&) const = default;
};
// Gives `value` (an Object, List or ErrorValue) an identity: the receiver makes the object and
// remembers it as `id`, and sends Known{id} whenever that very object comes back. Judge to shim
// only.
struct Define {
  std::uint32_t id;
  std::shared_ptr<const Value> value;
};
// An argument that the judge controls. Judge to shim only; `kind` and `fields` as PROTOCOL.md lists
// them.
struct Controlled {
  std::string kind;
  std::vector<std::pair<std::string, Value>> fields;
};

struct Value {
  std::variant<Undefined, Null, bool, std::int64_t, double, BigInt, std::string, Blob, Date, List,
               Object, Map, Set, ErrorValue, Known, Opaque, Define, Controlled>
      data;
};

// Stands here, before anything uses std::pair<..., Value>: clang 14 must have seen Value's members
// made once, else it asks for them in the middle of such a pair and fails.
[[nodiscard]] inline Value undefined() { return Value{}; }

}  // namespace harness
