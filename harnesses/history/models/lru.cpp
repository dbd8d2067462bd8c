#include "harnesses/history/models/lru.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "harnesses/protocol/show.hpp"

namespace harness::history {
namespace {

constexpr Word kNever = std::numeric_limits<Word>::max();

struct Entry {
  Word key;
  Word value;
  Word expires;
};

// From the most to the least recently used, without those that have expired at `now`.
std::vector<Entry> entries_at(StateView state, Word now) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < state.size(); i += 3) {
    const Entry entry{state[i], state[i + 1], state[i + 2]};
    if (entry.expires == kNever || now < entry.expires) entries.push_back(entry);
  }
  return entries;
}

State state_of(const std::vector<Entry>& entries) {
  State state;
  for (const Entry& entry : entries) {
    state.insert(state.end(), {entry.key, entry.value, entry.expires});
  }
  return state;
}

Word expiry(Word now, std::optional<Word> ttl) {
  if (!ttl || (now > 0 && *ttl > kNever - now)) return kNever;
  return now + *ttl;
}

}  // namespace

std::optional<State> LruModel::step(StateView state, const Action& action) const {
  const auto call = static_cast<Call>(action.operation);
  const Word key = action.arguments[0];
  const Word now = action.arguments[call == put ? 2 : 1];
  std::vector<Entry> entries = entries_at(state, now);
  const auto found = std::ranges::find(entries, key, &Entry::key);
  const bool is_there = found != entries.end();
  switch (call) {
    case get:
      if (!action.may_answer(is_there ? found->value : Values::kNothing)) return std::nullopt;
      if (is_there) std::rotate(entries.begin(), found, found + 1);
      break;
    case put:
      if (is_there) entries.erase(found);
      entries.insert(entries.begin(), {key, action.arguments[1], expiry(now, ttl)});
      if (entries.size() > capacity) entries.pop_back();
      break;
    case remove:
      if (!action.may_answer(is_there ? 1 : 0)) return std::nullopt;
      if (is_there) entries.erase(found);
      break;
  }
  return state_of(entries);
}

std::string LruModel::describe(StateView state, const Values& values) const {
  std::string text;
  for (std::size_t i = 0; i < state.size() && text.size() < 60; i += 3) {
    text +=
        (i == 0 ? "" : ", ") + show(values[state[i]], 20) + ": " + show(values[state[i + 1]], 20);
    if (state[i + 2] != kNever) text += " until " + std::to_string(state[i + 2]);
  }
  return "holds {" + text + "}, the most recently used first";
}

}  // namespace harness::history
