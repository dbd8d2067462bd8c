#include "harnesses/schedule/oracle/describe.hpp"

#include <array>
#include <cstdio>

namespace harness {
namespace {

Value text(std::string content) { return Value{std::move(content)}; }

Value integer(std::int64_t number) { return Value{number}; }

template <typename... Items>
Value list(Items... items) {
  return Value{List{{std::move(items)...}}};
}

template <typename Item>
Value list_of(const std::vector<Item>& items, Value (*convert)(const Item&)) {
  List out;
  out.items.reserve(items.size());
  for (const Item& item : items) out.items.push_back(convert(item));
  return Value{std::move(out)};
}

Value describe_value(const Value& value) { return describe(value); }

Value describe_field(const std::pair<std::string, Value>& field) {
  return list(text(field.first), describe(field.second));
}

Value describe_entry(const std::pair<Value, Value>& entry) {
  return list(describe(entry.first), describe(entry.second));
}

Value text_of(const std::string& content) { return text(content); }

std::string hex(const std::string& bytes) {
  std::string out;
  for (const char byte : bytes) {
    std::array<char, 3> digits{};
    std::snprintf(digits.data(), digits.size(), "%02x",
                  static_cast<unsigned>(static_cast<unsigned char>(byte)));
    out += digits.data();
  }
  return out;
}

struct Describe {
  const Value& whole;

  Value operator()(const BigInt& big) const { return list(text("bigint"), text(big.decimal)); }
  Value operator()(const Blob& blob) const { return list(text("bytes"), text(hex(blob.bytes))); }
  Value operator()(const Date& date) const { return list(text("date"), Value{date.epoch_ms}); }
  Value operator()(const List& items) const {
    return list(text("list"), list_of(items.items, describe_value));
  }
  Value operator()(const Object& object) const {
    return list(text("object"), list_of(object.fields, describe_field));
  }
  Value operator()(const Map& map) const {
    return list(text("map"), list_of(map.entries, describe_entry));
  }
  Value operator()(const Set& set) const {
    return list(text("set"), list_of(set.items, describe_value));
  }
  Value operator()(const ErrorValue& error) const {
    return list(text("error"), list_of(error.classes, text_of), text(error.message),
                list_of(error.fields, describe_field));
  }
  Value operator()(const Known& known) const { return list(text("known"), integer(known.id)); }
  Value operator()(const Opaque& opaque) const { return list(text("opaque"), text(opaque.what)); }
  Value operator()(const Define& define) const { return list(text("known"), integer(define.id)); }
  Value operator()(const Controlled& controlled) const {
    return list(text("opaque"), text("controlled " + controlled.kind));
  }
  template <typename Primitive>
  Value operator()(const Primitive&) const {
    return whole;
  }
};

const char* word(Event::Kind kind) {
  switch (kind) {
    case Event::Kind::started:
      return "started";
    case Event::Kind::settle:
      return "settle";
    case Event::Kind::cancel:
      return "cancel";
    case Event::Kind::wait:
      return "wait";
    case Event::Kind::aborted:
      return "aborted";
    case Event::Kind::returned:
      return "returned";
    case Event::Kind::threw:
      return "threw";
    case Event::Kind::fulfilled:
      return "fulfilled";
    case Event::Kind::rejected:
      return "rejected";
    case Event::Kind::unhandled:
      return "unhandled";
    case Event::Kind::uncaught:
      return "uncaught";
    case Event::Kind::rest:
      return "rest";
    case Event::Kind::operation:
      return "operation";
    case Event::Kind::abort:
      return "abort";
    case Event::Kind::advance:
      return "advance";
    case Event::Kind::invoked:
      return "invoked";
  }
  return "";
}

Value describe_event(const Event& event) {
  const Value kind = text(word(event.kind));
  switch (event.kind) {
    case Event::Kind::started:
      return list(kind, integer(event.index), integer(event.turn));
    case Event::Kind::settle:
      return list(kind, integer(event.index), Value{event.flag}, integer(event.turn));
    case Event::Kind::aborted:
      return list(kind, integer(event.index), describe(event.value), integer(event.turn),
                  Value{event.flag});
    case Event::Kind::returned:
      return list(kind, Value{event.flag}, integer(event.call));
    case Event::Kind::rest:
      return list(kind, Value{event.flag});
    case Event::Kind::threw:
    case Event::Kind::fulfilled:
    case Event::Kind::rejected:
      return list(kind, describe(event.value), integer(event.call), integer(event.turn));
    case Event::Kind::invoked:
      return list(kind, integer(event.index), integer(event.turn));
    case Event::Kind::operation:
      return list(kind, integer(event.call), integer(event.turn));
    case Event::Kind::abort:
      return list(kind, integer(event.call));
    case Event::Kind::advance:
    case Event::Kind::unhandled:
    case Event::Kind::uncaught:
      return list(kind, describe(event.value));
    case Event::Kind::cancel:
    case Event::Kind::wait:
      return list(kind);
  }
  return list(kind);
}

const char* word(ControlledKind kind) {
  switch (kind) {
    case ControlledKind::task:
      return "task";
    case ControlledKind::promise:
      return "promise";
    case ControlledKind::invocation:
      return "invocation";
  }
  return "";
}

Value describe_input(const Input& input) {
  return list(text(word(input.kind)), text(input.how), Value{input.fails}, describe(input.value),
              describe(input.error), integer(input.callback), integer(input.number),
              describe(input.arguments));
}

Value describe_drawn(const Trace::Drawn& drawn) {
  if (drawn.is_callback) return list(text(drawn.name), list(text("callback")));
  if (!drawn.is_inputs) return list(text(drawn.name), describe(drawn.value));
  return list(text(drawn.name),
              list(text("inputs"), integer(drawn.first_input), integer(drawn.input_count)));
}

Value describe_call(const CallMade& call) {
  return list(text(call.operation), call.on ? integer(*call.on) : Value{}, describe(call.arguments),
              describe(call.cancel_reason));
}

Value time_of(const Event& event) { return integer(event.at); }

Value describe_named(const Named& named) { return list(integer(named.id), text(named.label)); }

Value describe_token(const std::pair<std::string, std::string>& token) {
  return list(text(token.first), text(token.second));
}

Value count(const std::int64_t& number) { return integer(number); }

}  // namespace

Value describe(const Value& value) { return std::visit(Describe{value}, value.data); }

Value describe(const Trace& trace, const std::string& language) {
  return Value{Object{{
      {"inputs", list_of(trace.inputs, describe_input)},
      {"given", list_of(trace.given, describe_drawn)},
      {"events", list_of(trace.events, describe_event)},
      {"times", list_of(trace.events, time_of)},
      {"operations", list_of(trace.operations, text_of)},
      {"calls", list_of(trace.calls, describe_call)},
      {"known", list_of(trace.known, describe_named)},
      {"tokens", list_of(trace.tokens, describe_token)},
      {"cancelled_before", Value{trace.signal == SignalPlan::before}},
      {"cancel_reason", describe(trace.cancel_reason)},
      {"iterator_error", describe(trace.iterator_error)},
      {"stuck", Value{trace.stuck}},
      {"listeners", integer(trace.listeners)},
      {"closed", list_of(trace.closed, count)},
      {"language", text(language)},
  }}};
}

}  // namespace harness
