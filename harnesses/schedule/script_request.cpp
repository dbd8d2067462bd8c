#include "harnesses/schedule/script_request.hpp"

#include <utility>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/schedule/values.hpp"

namespace harness {
namespace {

// What PROTOCOL.md calls the way of an input.
std::int64_t way_of(const Input& input) {
  enum : std::int64_t { never, fulfils, fails, from_start };
  if (!settles_later(input)) return never;
  const std::int64_t way = input.fails ? fails : fulfils;
  return input.kind == ControlledKind::promise ? way + from_start - fulfils : way;
}

// An act and its picks settle an input at least and take three numbers at most; one more may
// cancel.
std::string numbers_for(const GeneratedCase& generated, ForeseenSource& source) {
  std::string bytes;
  for (const std::uint32_t number : source.foresee(2 * generated.trace.inputs.size() + 1)) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      bytes.push_back(static_cast<char>((number >> shift) & 0xFFU));
    }
  }
  return bytes;
}

}  // namespace

void ScriptRequest::add(const GeneratedCase& generated, ForeseenSource& source) {
  const Trace& trace = generated.trace;
  const auto append = [&](const Value& value) { cases_ += encode(value); };
  append(generated.arguments);
  append(generated.options);
  append(Value{trace.signal == SignalPlan::during});
  append(Value{Blob{encode(generated.cancel_reason)}});
  append(Value{Blob{numbers_for(generated, source)}});
  append(Value{static_cast<std::int64_t>(trace.inputs.size())});
  for (std::size_t i = 0; i < trace.inputs.size(); ++i) {
    append(Value{way_of(trace.inputs[i])});
    append(Value{Blob{encode(generated.outcomes[i])}});
  }
}

Value ScriptRequest::take() && {
  return Value{Object{{{"case", Value{first_}},
                       {"function", Value{options_.function}},
                       {"same_turn", Value{options_.same_turn}},
                       {"inspect", Value{options_.inspect_at_end}},
                       {"cases", Value{Blob{std::move(cases_)}}}}}};
}

}  // namespace harness
