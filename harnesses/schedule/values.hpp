// Values: what completes inputs. Unpredictable strings and objects with an identity, recorded in
// the trace so that reports can name them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harnesses/engine/choice.hpp"
#include "harnesses/protocol/value.hpp"
#include "harnesses/schedule/tokens.hpp"
#include "harnesses/schedule/trace.hpp"

namespace harness {

// What differs between languages when values cross.
struct Dialect {
  std::string language;     // javascript, typescript, python
  bool has_undefined;       // else null stands in for it
  bool throws_any_value;    // else only exceptions can be thrown
  std::string error_class;  // of the errors that controlled inputs fail with
  bool abort_ends_inputs;   // an aborted (cancelled) input is settled by that
  bool has_scripts;         // its shim knows SCRIPT
};
[[nodiscard]] Dialect dialect_of(const std::string& language);

// Whether the input is completed by the judge, when it wants, and not by itself.
[[nodiscard]] bool settles_later(const Input& input);

// Of a callback's invocation: the same. One that `heeds` also ends when its signal is aborted.
[[nodiscard]] bool is_later(std::string_view how);

class ValueMaker {
 public:
  // `trace` receives names; it outlives the maker.
  ValueMaker(const Dialect& dialect, Choices& choices, TokenSource& tokens, Trace& trace)
      : dialect_{dialect}, choices_{choices}, tokens_{tokens}, trace_{trace} {}

  struct Made {
    Value shown;  // what the trace holds
    Value sent;   // what crosses, the first time: it defines its identity
  };
  // `name`: what people call the input it is for, e.g. "3". `any`: of any kind, see `values: any`.
  [[nodiscard]] Made value(bool any, const std::string& name);
  [[nodiscard]] Made error(bool any, const std::string& name);
  // How an invocation ends: with one of the plan's literals, or as above.
  [[nodiscard]] Made outcome(const CallbackPlan& plan, bool fails, const std::string& name);
  // An error with an identity.
  [[nodiscard]] Made labelled_error(const std::string& label);
  // What somebody gives up with; `any`: of any kind but undefined and null, in whose place runtimes
  // and careful programs put an error of their own.
  [[nodiscard]] Made reason(bool any, const std::string& label);

 private:
  Value token(const std::string& label);
  Made labelled_error(const std::string& label, std::vector<std::string> classes);
  Made define(Value object, const std::string& label);

  const Dialect& dialect_;
  Choices& choices_;
  TokenSource& tokens_;
  Trace& trace_;
  std::uint32_t next_id_ = 1;
};

}  // namespace harness
