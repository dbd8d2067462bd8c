#include "harnesses/schedule/schedule_text.hpp"

#include <optional>

#include "harnesses/protocol/show.hpp"

namespace harness {
namespace {

std::string input_word(const Trace& trace, std::uint32_t index) {
  const Input& input = trace.inputs[index];
  if (input.kind != ControlledKind::invocation) return std::to_string(index);
  return trace.given[input.callback].name + "." + std::to_string(input.number);
}

// Nothing for what the judge did not do.
std::optional<std::string> word_of(const Event& event, const Trace& trace) {
  switch (event.kind) {
    case Event::Kind::settle:
      return (event.flag ? "+" : "-") + input_word(trace, event.index);
    case Event::Kind::cancel:
      return "x";
    case Event::Kind::abort:
      return "x" + std::to_string(event.call);
    case Event::Kind::operation:
      return trace.calls[event.call].operation + "#" + std::to_string(event.call);
    case Event::Kind::advance:
      return "@" + show(event.value);
    case Event::Kind::wait:
      return "@";
    case Event::Kind::started:
    case Event::Kind::aborted:
    case Event::Kind::returned:
    case Event::Kind::threw:
    case Event::Kind::fulfilled:
    case Event::Kind::rejected:
    case Event::Kind::unhandled:
    case Event::Kind::uncaught:
    case Event::Kind::rest:
    case Event::Kind::invoked:
      return {};
  }
  return {};
}

}  // namespace

std::string schedule_text(const Trace& trace) {
  std::string text;
  std::optional<int> turn;
  for (const Event& event : trace.events) {
    const auto word = word_of(event, trace);
    if (!word) continue;
    if (turn) text += *turn == event.turn ? "&" : " ";
    text += *word;
    turn = event.turn;
  }
  return text;
}

}  // namespace harness
