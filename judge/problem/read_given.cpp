#include "judge/problem/read_given.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "judge/problem/fields.hpp"
#include "judge/problem/literal.hpp"
#include "judge/problem/read_generator.hpp"

namespace judge {
namespace {

constexpr std::int64_t kMostInputs = 64;
constexpr std::size_t kMostChoices = 100;

constexpr std::string_view kReserved[] = {
    // PREDICATES.md
    "running", "started", "finished", "waiting", "calls", "returned", "returnedPromise", "threw",
    "settled", "fulfilled", "rejected", "settledAt", "result", "error", "failures", "firstFailure",
    "cancelled", "cancelledAt", "cancelReason", "unhandled", "uncaught", "listeners", "closed",
    "stuck", "now", "language", "runningAt", "startedAfter", "same", "isError", "iteratorError",
    "uniform", "timers", "starts", "time", "pending", "invocations", "object",
    // JavaScript's globals there
    "Math", "Object", "Array", "Number", "String", "Boolean", "JSON", "Set", "Map", "undefined",
    "NaN", "Infinity",
    // ECMA-262 section 12.7.2, and what strict mode adds
    "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger",
    "default", "delete", "do", "else", "enum", "eval", "export", "extends", "false", "finally",
    "for", "function", "if", "implements", "import", "in", "instanceof", "interface", "let", "new",
    "null", "package", "private", "protected", "public", "return", "static", "super", "switch",
    "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield"};

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto fits = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, fits);
}

// What a word of `how` does about failing.
enum class Failing { obeys_rejecting, always, never };

constexpr Word<Failing> kTaskHow[] = {{"later", Failing::obeys_rejecting},
                                      {"returns", Failing::never},
                                      {"throws", Failing::always},
                                      {"fulfilled", Failing::never},
                                      {"rejected", Failing::always}};
constexpr Word<Failing> kPromiseHow[] = {{"later", Failing::obeys_rejecting},
                                         {"fulfilled", Failing::never},
                                         {"rejected", Failing::always},
                                         {"value", Failing::never},
                                         {"thenable", Failing::obeys_rejecting},
                                         {"thenable-twice", Failing::obeys_rejecting},
                                         {"thenable-throws", Failing::obeys_rejecting}};
constexpr Word<Rejecting> kRejecting[] = {{"none", Rejecting::none},
                                          {"some", Rejecting::some},
                                          {"at_least_one", Rejecting::at_least_one},
                                          {"all", Rejecting::all}};
constexpr Word<Failing> kCallbackHow[] = {{"later", Failing::obeys_rejecting},
                                          {"heeds", Failing::obeys_rejecting},
                                          {"returns", Failing::never},
                                          {"throws", Failing::always},
                                          {"calls", Failing::never}};
constexpr Word<bool> kValues[] = {{"tokens", false}, {"any", true}};
constexpr Word<std::string_view> kCollections[] = {{"array", "array"},
                                                   {"set", "set"},
                                                   {"generator", "generator"},
                                                   {"iterator-throws", "iterator-throws"}};
constexpr Word<std::string_view> kTaskCollections[] = {
    {"array", "array"}, {"pulled", "pulled"}, {"pulled-async", "pulled-async"}};
constexpr Word<SignalPlan> kSignals[] = {
    {"never", SignalPlan::never}, {"before", SignalPlan::before}, {"during", SignalPlan::during}};
constexpr Word<bool> kReasons[] = {{"errors", false}, {"any", true}};

// Nobody knows how many invocations there will be, so "at least one" means nothing.
constexpr Word<Rejecting> kCallbackRejecting[] = {
    {"none", Rejecting::none}, {"some", Rejecting::some}, {"all", Rejecting::all}};

// `rejecting` speaks of the inputs whose `how` leaves failing open; `none` is about all of them.
void check_rejecting(const Node* node, Rejecting rejecting, const Node* how,
                     const std::vector<Failing>& words, std::int64_t low, Diagnostics& out) {
  const auto has = [&](Failing failing) {
    return std::ranges::find(words, failing) != words.end();
  };
  if (rejecting == Rejecting::none) {
    if (how != nullptr && has(Failing::always)) {
      out.add(*how, "has a word that always fails, but rejecting is none; write rejecting: some");
    }
    return;
  }
  if (!has(Failing::obeys_rejecting) && !has(Failing::always)) {
    out.add(*node,
            "no word of `how` lets an input fail; leave `rejecting` out or add 'later' there");
  } else if (rejecting == Rejecting::at_least_one && low == 0) {
    out.add(*node, "of no inputs none can fail; let the range of inputs begin at 1");
  }
}

std::vector<std::string> read_collections(const Node* as, ControlledKind kind, Diagnostics& out) {
  if (as == nullptr) return {"array"};
  const std::span<const Word<std::string_view>> words =
      kind == ControlledKind::task ? kTaskCollections
                                   : std::span<const Word<std::string_view>>{kCollections};
  std::vector<std::string> collections;
  for (const std::string_view word : read_word_list(as, words, out)) {
    collections.emplace_back(word);
  }
  return collections;
}

ControlledInputs read_controlled(const Node& generator, const Fields& fields, ControlledKind kind,
                                 Diagnostics& out) {
  ControlledInputs inputs{.kind = kind, .low = 0, .high = 0, .how = {}, .collections = {}};
  if (const auto span = read_span(&generator, 0, kMostInputs, out)) {
    inputs.low = span->low;
    inputs.high = span->high;
  }
  const std::span<const Word<Failing>> words =
      kind == ControlledKind::task ? kTaskHow : std::span<const Word<Failing>>{kPromiseHow};
  std::vector<Failing> failing{Failing::obeys_rejecting};
  inputs.how = {"later"};
  if (const Node* how = fields.find("how")) {
    failing = read_word_list(how, words, out);
    inputs.how.clear();
    if (how->kind == Node::Kind::list) {
      for (const auto& word : how->children) inputs.how.push_back(word->text);
    }
  }
  const Node* rejecting = fields.find("rejecting");
  const auto word = read_word(rejecting, kRejecting, out);
  inputs.rejecting = word.value_or(Rejecting::none);
  const bool is_clear = (rejecting == nullptr || word) && !failing.empty();
  if (is_clear) {
    check_rejecting(rejecting, inputs.rejecting, fields.find("how"), failing, inputs.low, out);
  }
  inputs.any_values = read_word(fields.find("values"), kValues, out).value_or(false);
  inputs.collections = read_collections(fields.find("as"), kind, out);
  return inputs;
}

// What a callback gives: some of these.
std::vector<harness::Value> read_literals(const Node& node, Diagnostics& out) {
  std::vector<harness::Value> values;
  const std::vector<const Node*> items = read_list(&node, "[fail-fast, collect]", out);
  if (items.size() > kMostChoices) {
    out.add(node, "has " + std::to_string(items.size()) + " values; write at most " +
                      std::to_string(kMostChoices));
  }
  for (const Node* item : items) {
    if (auto value = read_literal(*item, out)) values.push_back(std::move(*value));
  }
  return values;
}

CallbackPlan read_callback(const Node& node, Diagnostics& out) {
  CallbackPlan callback{
      .rejecting = Rejecting::none, .how = {"later"}, .calls = {}, .literals = {}};
  const Fields fields{node, out, {"rejecting", "how", "values", "calls"}};
  if (!fields.is_map()) return callback;
  std::vector<Failing> failing{Failing::obeys_rejecting};
  const Node* how = fields.find("how");
  if (how != nullptr) {
    failing = read_word_list(how, kCallbackHow, out);
    callback.how.clear();
    if (how->kind == Node::Kind::list) {
      for (const auto& word : how->children) callback.how.push_back(word->text);
    }
  }
  const Node* rejecting = fields.find("rejecting");
  const auto word = read_word(rejecting, kCallbackRejecting, out);
  callback.rejecting = word.value_or(Rejecting::none);
  if ((rejecting == nullptr || word) && !failing.empty()) {
    check_rejecting(rejecting, callback.rejecting, how, failing, 1, out);
  }
  const Node* values = fields.find("values");
  if (values != nullptr && values->kind == Node::Kind::list) {
    callback.literals = read_literals(*values, out);
  } else {
    callback.any_values = read_word(values, kValues, out).value_or(false);
  }
  return callback;
}

// `calls: {method: [arguments]}` goes with the word `calls` in `how`. The arguments may name what
// was given before, and the callback itself.
std::optional<CallBack> read_call_back(const Node& node, const CallbackPlan& callback,
                                       GivenNames& names, Diagnostics& out) {
  const bool wanted = std::ranges::find(callback.how, "calls") != callback.how.end();
  const auto found =
      std::ranges::find_if(node.children, [](const auto& child) { return child->key == "calls"; });
  if (found == node.children.end()) {
    if (wanted) out.add(node, "calls nothing; write calls: {method: [arguments]}");
    return std::nullopt;
  }
  const Node& calls = **found;
  if (!wanted || calls.kind != Node::Kind::map || calls.children.size() != 1) {
    out.add(calls, "write {method: [arguments]}, and 'calls' among the words of `how`");
    return std::nullopt;
  }
  const Node& method = *calls.children.front();
  CallBack call{.method = method.key, .arguments = read_arguments(method, &names, out)};
  for (const Argument& argument : call.arguments) {
    if (std::holds_alternative<harness::Value>(argument.data)) continue;
    if (std::holds_alternative<Reference>(argument.data)) continue;
    out.add(method, "has a list or an object among the arguments; write plain values and $names");
  }
  return call;
}

using GivenGenerator = decltype(Given::generator);

const std::vector<std::string> kControlledWords{"tasks", "promises", "signal", "callback"};
const std::vector<std::string> kControlledOptions{"rejecting", "how", "values", "as"};

// The word that says what is given; reports none and several.
const Node* find_word(const Node& node, const Fields& fields, Diagnostics& out) {
  std::vector<std::string> words = kControlledWords;
  words.insert(words.end(), generator_words().begin(), generator_words().end());
  const Node* found = nullptr;
  for (const auto& child : node.children) {
    if (std::ranges::find(words, child->key) == words.end()) continue;
    if (found != nullptr) {
      out.add_at_key(*child, "stands beside '" + found->key + "'; write only one of them");
      return nullptr;
    }
    found = child.get();
  }
  if (found == nullptr && fields.is_map()) {
    out.add_at_key(node, "has none of " + all_of(words) + "; write one of them");
  }
  return found;
}

std::optional<GivenGenerator> read_plain(const Node& node, Diagnostics& out) {
  auto plain = read_even_generator(node, out, UnknownKeys::left_to_caller);
  if (!plain) return std::nullopt;
  return std::move(*plain);
}

std::optional<GivenGenerator> read_given_generator(const Node& node, Diagnostics& out) {
  if (node.kind == Node::Kind::scalar) return read_plain(node, out);
  std::vector<std::string> known = kControlledWords;
  for (const auto* more : {&generator_words(), &kControlledOptions, &generator_options()}) {
    known.insert(known.end(), more->begin(), more->end());
  }
  known.emplace_back("reasons");
  const Fields all{node, out, known};
  const Node* word = find_word(node, all, out);
  if (word == nullptr) return std::nullopt;
  if (const Node* reasons = all.find("reasons"); reasons != nullptr && word->key != "signal") {
    out.add_at_key(*reasons, "are those of a signal; leave it out beside `" + word->key + "`");
  }
  if (std::ranges::find(kControlledWords, word->key) != kControlledWords.end()) {
    for (const std::string& key : generator_options()) {
      if (const Node* misplaced = all.find(key)) {
        out.add_at_key(*misplaced, "does not go with `" + word->key + "`; leave it out");
      }
    }
  }
  if (word->key == "tasks") return read_controlled(*word, all, ControlledKind::task, out);
  if (word->key == "promises") return read_controlled(*word, all, ControlledKind::promise, out);
  for (const std::string& key : kControlledOptions) {
    if (const Node* misplaced = all.find(key)) {
      out.add_at_key(*misplaced,
                     "belongs to tasks and promises; leave it out beside `" + word->key + "`");
    }
  }
  if (word->key == "callback") return read_callback(*word, out);
  if (word->key == "signal") {
    const auto when = read_word(word, kSignals, out);
    const bool any = read_any_reason(all.find("reasons"), out);
    if (!when) return std::nullopt;
    return GivenSignal{.when = *when, .any_reason = any};
  }
  return read_plain(node, out);
}

}  // namespace

void check_name(const Node& given, Diagnostics& out) {
  if (!is_name(given.key)) {
    out.add_at_key(given,
                   base::quoted(given.key, 60) +
                       " is no name; write letters, digits and '_', beginning with a letter");
  } else if (is_reserved_name(given.key)) {
    out.add_at_key(given, base::quoted(given.key, 60) +
                              " means something else in predicates; write another name");
  }
}

bool read_any_reason(const Node* reasons, Diagnostics& out) {
  return read_word(reasons, kReasons, out).value_or(false);
}

bool is_reserved_name(std::string_view name) {
  return std::ranges::find(kReserved, name) != std::end(kReserved);
}

std::vector<Given> read_given(const Node& node, GivenNames& names, Diagnostics& out) {
  std::vector<Given> given;
  if (node.kind != Node::Kind::map) {
    out.add(node, "found " + node.described() + "; write {name: {generator: ...}}");
    return given;
  }
  for (const auto& child : node.children) {
    check_name(*child, out);
    names.all.insert(child->key);
    auto generator = read_given_generator(*child, out);
    if (!generator) continue;
    if (std::holds_alternative<GivenSignal>(*generator)) {
      if (!names.signals.empty()) {
        out.add_at_key(
            *child, "is a second signal, beside '" + *names.signals.begin() + "'; a call has one");
      }
      names.signals.insert(child->key);
    }
    if (auto* callback = std::get_if<CallbackPlan>(&*generator)) {
      names.callbacks.insert(child->key);
      if (child->children.size() == 1) {
        callback->calls = read_call_back(*child->children.front(), *callback, names, out);
      }
    }
    given.push_back(Given{child->key, std::move(*generator), out.position(child->key_where)});
  }
  return given;
}

}  // namespace judge
