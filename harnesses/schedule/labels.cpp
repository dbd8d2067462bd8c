#include "harnesses/schedule/labels.hpp"

#include <algorithm>

#include "harnesses/protocol/show.hpp"

namespace harness {
namespace {

constexpr std::size_t kShown = 200;

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

const std::string* label_of(std::uint32_t id, const Trace& trace) {
  const auto found = std::find_if(trace.known.begin(), trace.known.end(),
                                  [id](const Named& named) { return named.id == id; });
  return found == trace.known.end() ? nullptr : &found->label;
}

}  // namespace

std::string with_labels(std::string text, const Trace& trace) {
  for (const auto& [token, label] : trace.tokens) {
    replace_all(text, "\"" + token + "\"", label);
    replace_all(text, token, label);
  }
  return text;
}

std::string show_labelled(const Value& value, const Trace& trace) {
  if (const auto* known = std::get_if<Known>(&value.data)) {
    if (const std::string* label = label_of(known->id, trace)) return *label;
  }
  std::string text = with_labels(show(value, kShown), trace);
  for (const Named& named : trace.known) {
    replace_all(text, show(Value{Known{named.id}}), named.label);
  }
  return text;
}

std::string describe_inputs(const Trace::Drawn& drawn, const Trace& trace) {
  std::string text = std::to_string(drawn.input_count);
  const bool promises =
      drawn.input_count > 0 && trace.inputs[drawn.first_input].kind == ControlledKind::promise;
  text += promises ? " input" : " task";
  if (drawn.input_count != 1) text += "s";
  if (drawn.collection != "array") text += " in a " + drawn.collection;
  for (std::uint32_t i = 0; i < drawn.input_count; ++i) {
    const Input& input = trace.inputs[drawn.first_input + i];
    text += (i == 0 ? ": " : ", ") + input.how +
            (input.fails && input.how == "later" ? " (fails)" : "");
  }
  return text;
}

std::string input_name(const Trace& trace, std::uint32_t input) {
  const Input& what = trace.inputs[input];
  switch (what.kind) {
    case ControlledKind::task:
      return "task " + std::to_string(input);
    case ControlledKind::promise:
      return "input " + std::to_string(input);
    case ControlledKind::invocation:
      break;
  }
  return trace.given[what.callback].name + " " + std::to_string(what.number);
}

std::optional<std::string> call_label(const Trace& trace, std::uint32_t call) {
  if (trace.operations.empty()) return {};
  return call == 0 ? "object" : "call " + std::to_string(call);
}

std::string describe_call(const Trace& trace, std::uint32_t call) {
  const CallMade& made = trace.calls[call];
  if (made.operation.empty()) return "the construction";
  std::string text = made.operation + "(";
  const auto& items = std::get<List>(made.arguments.data).items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += (i == 0 ? "" : ", ") + show_labelled(items[i], trace);
  }
  return text + ")" + (made.on ? " of call " + std::to_string(*made.on) : "");
}

}  // namespace harness
