#include "harnesses/property/differ.hpp"

#include "harnesses/schedule/matches.hpp"

namespace harness {
namespace {

using State = CallOutcome::State;

constexpr std::size_t kShownArguments = 300;
constexpr std::size_t kShownValue = 200;

bool ended_alike(const CallOutcome& expected, const CallOutcome& actual) {
  const bool alike = failed(expected) ? failed(actual) : expected.state == actual.state;
  if (!alike) return false;
  return (!failed(expected) && !gave_result(expected)) || matches(expected.value, actual.value);
}

std::string wanted(const CallOutcome& outcome, LiteralStyle style) {
  const auto shown = [&] { return literal_text(outcome.value, style, kShownValue); };
  switch (outcome.state) {
    case State::returned:
      return "return " + shown();
    case State::fulfilled:
      return "fulfil with " + shown();
    case State::threw:
    case State::rejected:
      return "fail with " + shown();
    case State::pending:
      return "never settle";
    case State::not_made:
      break;
  }
  return "not be made";
}

}  // namespace

std::optional<std::size_t> differing_call(const Observed& observed) {
  for (std::size_t i = 0; i < observed.expected.size(); ++i) {
    if (!ended_alike(observed.expected[i], observed.outcomes[i])) return i;
  }
  return {};
}

std::string call_text(const Observed& observed, const std::string& function, std::size_t call,
                      LiteralStyle style, std::size_t limit) {
  std::string text = function + "(";
  const char* separator = "";
  for (const Value& argument : arguments_of(observed.what, call, observed.outcomes)) {
    text += separator + literal_text(argument, style, limit);
    separator = ", ";
  }
  return text + ")";
}

std::string outcome_text(const CallOutcome& outcome, LiteralStyle style, std::size_t limit) {
  const auto shown = [&] { return literal_text(outcome.value, style, limit); };
  switch (outcome.state) {
    case State::returned:
      return "returned " + shown();
    case State::fulfilled:
      return "fulfilled with " + shown();
    case State::threw:
      return "threw " + shown();
    case State::rejected:
      return "rejected with " + shown();
    case State::pending:
      return "never settled";
    case State::not_made:
      break;
  }
  return "was not made: a call before it failed";
}

std::string difference_text(const Observed& observed, const std::string& function, std::size_t call,
                            LiteralStyle style) {
  return "expected " + call_text(observed, function, call, style, kShownArguments) + " to " +
         wanted(observed.expected[call], style) + "; it " +
         outcome_text(observed.outcomes[call], style, kShownValue);
}

}  // namespace harness
