// Call: which function of the submission is called with what. Shared by the harnesses that call
// functions.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "harnesses/protocol/value.hpp"

namespace harness {

// An argument: "$name" refers to a generated value, anything else is literal. Lists and objects may
// hold references.
struct Reference {
  std::string name;
};
struct Argument;
struct ArgumentList {
  std::vector<Argument> items;
};
struct ArgumentObject {
  std::vector<std::pair<std::string, Argument>> fields;
};
struct Argument {
  std::variant<Value, Reference, ArgumentList, ArgumentObject> data;
};

// As in value.hpp: clang 14 must have seen Argument's members made before std::pair<..., Argument>
// asks for them.
[[nodiscard]] inline Argument undefined_argument() { return Argument{}; }

struct Call {
  std::string function;  // empty: the only export
  std::vector<Argument> arguments;
  std::optional<ArgumentObject> options;
};

}  // namespace harness
