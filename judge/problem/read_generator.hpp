// Generators of plain values, wherever an author may write one: a word (`boolean`) or a mapping
// whose main key is the word (`{list: boolean, length: [0, 5]}`). problems/README.md has them all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harnesses/engine/generator.hpp"
#include "judge/problem/node.hpp"

namespace judge {

// The words, `integer` first, and the keys that may stand beside one.
[[nodiscard]] const std::vector<std::string>& generator_words();
[[nodiscard]] const std::vector<std::string>& generator_options();

// Whether `node` is a mapping that begins with such a word and has nothing that does not belong
// there.
[[nodiscard]] bool is_generator(const Node& node);

enum class UnknownKeys { reported, left_to_caller };

// Reports whatever is no generator, and those that draw nothing or too much.
[[nodiscard]] std::optional<harness::Generator> read_generator(
    const Node& node, Diagnostics& out, UnknownKeys unknown = UnknownKeys::reported);

// The same for what a schedule draws beside its acts: of {integer: [low, high]} all are alike, and
// `low` is the simplest.
[[nodiscard]] std::optional<harness::Generator> read_even_generator(
    const Node& node, Diagnostics& out, UnknownKeys unknown = UnknownKeys::reported);

}  // namespace judge
