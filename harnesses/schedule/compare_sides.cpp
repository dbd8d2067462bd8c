#include "harnesses/schedule/compare_sides.hpp"

#include <algorithm>
#include <vector>

#include "harnesses/schedule/labels.hpp"
#include "harnesses/schedule/matches.hpp"

namespace harness {
namespace {

using Kind = Event::Kind;
using Phase = Side::CallState::Phase;

// What one side did in the act.
struct Happened {
  std::vector<std::uint32_t> ended;    // calls, in order
  std::vector<std::uint32_t> invoked;  // inputs, in order
  std::vector<std::uint32_t> aborted;  // on the wire, sorted, each once
};

Happened happened_since(const Trace& trace, std::size_t from) {
  Happened happened;
  for (std::size_t i = from; i < trace.events.size(); ++i) {
    const Event& event = trace.events[i];
    if (event.kind == Kind::threw || event.kind == Kind::fulfilled ||
        event.kind == Kind::rejected) {
      happened.ended.push_back(event.call);
    }
    if (event.kind == Kind::invoked) happened.invoked.push_back(event.index);
    if (event.kind == Kind::aborted) happened.aborted.push_back(trace.inputs[event.index].wire);
  }
  std::sort(happened.aborted.begin(), happened.aborted.end());
  happened.aborted.erase(std::unique(happened.aborted.begin(), happened.aborted.end()),
                         happened.aborted.end());
  return happened;
}

std::string invocation_name(const Trace& trace, std::uint32_t input, const Trace& labels) {
  const Input& invocation = trace.inputs[input];
  std::string text = trace.given[invocation.callback].name + "(";
  const auto& items = std::get<List>(invocation.arguments.data).items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    text += (i == 0 ? "" : ", ") + show_labelled(items[i], labels);
  }
  return text + ")";
}

class Comparison {
 public:
  Comparison(const Side& expected, const Side& actual, ActOrder order)
      : expected_{expected}, actual_{actual}, order_{order}, labels_{actual.trace()} {}

  std::optional<std::string> run(const Happened& expected, const Happened& actual) const {
    if (auto found = compare_calls()) return found;
    if (auto found = compare_invocations(expected.invoked, actual.invoked)) return found;
    if (expected.aborted != actual.aborted) {
      return expected.aborted.size() > actual.aborted.size()
                 ? "expected the signal given to a callback to be aborted; it was not"
                 : "the signal given to a callback was aborted; expected it not to be";
    }
    if (order_ == ActOrder::as_reference && expected.ended != actual.ended) {
      return "expected " + listed(expected.ended) + " to end in this order; they ended as " +
             listed(actual.ended);
    }
    return {};
  }

 private:
  std::optional<std::string> compare_calls() const {
    for (std::uint32_t call = 0; call < expected_.calls().size(); ++call) {
      if (auto found = compare_call(call)) return found;
    }
    return {};
  }

  std::optional<std::string> compare_call(std::uint32_t call) const {
    const Side::CallState& expected = expected_.calls()[call];
    const Side::CallState& actual = actual_.calls()[call];
    // What an object looks like is nobody's business.
    const bool is_made = call == 0 || expected_.trace().calls[call].makes_object;
    const bool is_object = is_made && expected.phase == Phase::fulfilled;
    if (expected.phase != actual.phase || (!is_object && !matches(expected.value, actual.value))) {
      return "expected " + call_name(labels_, call) + " to " + wanted(expected) + "; it " +
             seen(actual);
    }
    // A call that throws where the reference rejects, or the other way round, fails all the same.
    if (expected.phase != Phase::failed && expected.promise != actual.promise) {
      return "expected " + call_name(labels_, call) + " to return " +
             (expected.promise ? "a promise" : "no promise") + "; it returned " +
             (actual.promise ? "one" : "a plain value");
    }
    return {};
  }

  std::string wanted(const Side::CallState& state) const {
    if (state.phase == Phase::fulfilled) {
      return (state.promise ? "fulfil with " : "return ") + shown(state.value);
    }
    if (state.phase == Phase::failed) return "fail with " + shown(state.value);
    return "stay pending";
  }

  std::string seen(const Side::CallState& state) const {
    if (state.phase == Phase::fulfilled) {
      return (state.promise ? "fulfilled with " : "returned ") + shown(state.value);
    }
    if (state.phase == Phase::failed) return "failed with " + shown(state.value);
    return "is pending";
  }

  std::optional<std::string> compare_invocations(const std::vector<std::uint32_t>& expected,
                                                 std::vector<std::uint32_t> actual) const {
    for (const std::uint32_t input : expected) {
      const auto found = std::find_if(actual.begin(), actual.end(), [&](std::uint32_t other) {
        return same_invocation(input, other);
      });
      const auto name = [&] { return invocation_name(expected_.trace(), input, labels_); };
      if (found == actual.end()) return "expected " + name() + " to be called; it was not";
      if (order_ == ActOrder::as_reference && found != actual.begin()) {
        return "expected " + name() + " to be called before " +
               invocation_name(actual_.trace(), actual.front(), labels_) + "; it was called later";
      }
      actual.erase(found);
    }
    if (actual.empty()) return {};
    return invocation_name(actual_.trace(), actual.front(), labels_) +
           " was called; expected no such call";
  }

  [[nodiscard]] bool same_invocation(std::uint32_t expected, std::uint32_t actual) const {
    const Input& left = expected_.trace().inputs[expected];
    const Input& right = actual_.trace().inputs[actual];
    return left.callback == right.callback && matches(left.arguments, right.arguments);
  }

  [[nodiscard]] std::string listed(const std::vector<std::uint32_t>& calls) const {
    std::string text = "calls ";
    for (std::size_t i = 0; i < calls.size(); ++i) {
      text += (i == 0 ? "" : ", ") + std::to_string(calls[i]);
    }
    return text;
  }

  [[nodiscard]] std::string shown(const Value& value) const {
    return show_labelled(value, labels_);
  }

  const Side& expected_;
  const Side& actual_;
  ActOrder order_;
  const Trace& labels_;
};

}  // namespace

std::optional<std::string> difference_between(const Side& expected, std::size_t expected_from,
                                              const Side& actual, std::size_t actual_from,
                                              ActOrder order) {
  return Comparison{expected, actual, order}.run(happened_since(expected.trace(), expected_from),
                                                 happened_since(actual.trace(), actual_from));
}

std::string call_name(const Trace& trace, std::uint32_t call) {
  if (call == 0) return describe_call(trace, call);
  return "call " + std::to_string(call) + " " + describe_call(trace, call);
}

}  // namespace harness
