#include "harnesses/history/report.hpp"

#include <cstdint>
#include <cstdio>

#include "harnesses/history/ascii.hpp"
#include "harnesses/protocol/show.hpp"

namespace harness::history {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kShownOfOrder = 6;

std::string line(const std::string& text) { return cut(ascii(text), kColumns) + "\n"; }

std::string milliseconds(std::chrono::nanoseconds time) {
  constexpr double kNanosecondsPerMillisecond = 1e6;
  std::string text(32, '\0');
  const double value = static_cast<double>(time.count()) / kNanosecondsPerMillisecond;
  const int length = std::snprintf(text.data(), text.size(), "%.3f ms", value);
  text.resize(static_cast<std::size_t>(length));
  return text;
}

std::string headline(const NotLinearizable& failure, const Explanation& explanation) {
  const std::size_t count = explanation.blocking.size();
  std::string text =
      count == 1 ? "this operation cannot have happened"
                 : "these " + std::to_string(count) + " operations cannot all have happened";
  if (failure.key) text = "key " + show(*failure.key, 40) + ": " + text;
  if (explanation.left_out > 0) {
    text += ", whichever of " + std::to_string(explanation.left_out) + " others took effect";
  }
  if (!explanation.is_minimal) text += " (fewer may do)";
  return line(text);
}

std::string longest_part(const History& history, const NotLinearizable& failure) {
  const auto& operations = history.operations();
  const Operation& blocked = operations[failure.blocked];
  const auto since_start = blocked.ended - operations.front().called;
  const std::string returns =
      since_start.count() == 0
          ? ""
          : ", which returns " + milliseconds(since_start) + " after the first call";
  std::string text = line("no order gets past " + to_string(blocked, 30) + returns);
  if (failure.order.empty()) return text + line("before it nothing took effect");
  const std::size_t from = failure.order.size() - std::min(failure.order.size(), kShownOfOrder);
  text += line("one order of what was before, " + std::to_string(failure.order.size()) +
               " operations:");
  if (from > 0) text += line("  ... " + std::to_string(from) + " more");
  for (std::size_t i = from; i < failure.order.size(); ++i) {
    text += line("  " + to_string(operations[failure.order[i]], 30));
  }
  return text;
}

}  // namespace

std::string report(const History& history, const NotLinearizable& failure,
                   const Explanation& explanation, std::string_view noun) {
  return headline(failure, explanation) + draw_lanes(history, explanation.blocking, noun) +
         longest_part(history, failure) + line("  then the object " + failure.state);
}

}  // namespace harness::history
