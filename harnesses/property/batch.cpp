#include "harnesses/property/batch.hpp"

#include <algorithm>
#include <utility>

#include "harnesses/protocol/fields.hpp"
#include "harnesses/protocol/rest.hpp"
#include "harnesses/protocol/weight.hpp"

namespace harness {
namespace {

using State = CallOutcome::State;

// A program that polls by a timer never settles; how often it may wait in between two outcomes.
constexpr int kMostWaitsVirtual = 1000;
constexpr int kMostWaitsReal = 40;

// Of all that comes back in one case; what is above is not looked at. The oracle gets it in another
// form, some of it twice, within what one request may hold.
constexpr std::size_t kMostAnswerWeight = std::size_t{1} << 20U;

Value integer(std::size_t number) { return Value{static_cast<std::int64_t>(number)}; }

Value call_request(const PreparedCall& call) {
  List origins;
  for (const PreparedCall::Origin& origin : call.origins) {
    origins.items.push_back(integer(origin.place));
    origins.items.push_back(integer(origin.call));
  }
  return Value{
      List{{integer(call.function), Value{List{call.arguments}}, call.options, Value{origins}}}};
}

class BatchInProgress {
 public:
  BatchInProgress(std::span<const PropertyCase> cases, std::int64_t first)
      : cases_{cases}, first_{first} {
    skip_what_cannot_be_made();
  }

  // The Error is the program's: what it sent makes no sense.
  base::Status accept(Answer& answer) {
    switch (answer.type) {
      case FrameType::outcome:
        return accept_outcome(answer.payload);
      case FrameType::unhandled:
        return accept_error(answer_.unhandled, answer.payload);
      case FrameType::uncaught:
        return accept_error(answer_.uncaught, answer.payload);
      case FrameType::rest: {
        JUDGE_TRY(rest_, read_rest(answer.payload));
        return {};
      }
      default:
        return base::invalid_input("an answer that does not belong into a batch");
    }
  }

  [[nodiscard]] bool has_ended() const { return at_ == cases_.size(); }
  [[nodiscard]] bool has_crashed() const { return answer_.unhandled || answer_.uncaught; }
  // By timers, or because one answer grants only so many turns of the event loop.
  [[nodiscard]] bool may_go_on() const { return rest_.may_go_on(); }
  [[nodiscard]] bool has_timers() const { return rest_.has_timers(); }
  [[nodiscard]] std::size_t accepted() const { return accepted_; }

  BatchAnswer take() && {
    if (!has_ended()) answer_.outcomes[at_][call_].state = State::pending;
    return std::move(answer_);
  }

 private:
  // Outcomes come in the order in which the calls are made, so that the next one is known.
  base::Status accept_outcome(const Value& payload) {
    JUDGE_TRY(const std::int64_t number, integer_field(payload, "case"));
    JUDGE_TRY(const std::int64_t call, integer_field(payload, "call"));
    JUDGE_TRY(const std::int64_t state, integer_field(payload, "state"));
    if (has_ended() || number != first_ + static_cast<std::int64_t>(at_) ||
        call != static_cast<std::int64_t>(call_)) {
      return base::invalid_input("an outcome of another call than the next");
    }
    static constexpr State kStates[] = {State::returned, State::threw, State::fulfilled,
                                        State::rejected};
    if (state < 0 || state >= static_cast<std::int64_t>(std::size(kStates))) {
      return base::invalid_input("an outcome that is none");
    }
    JUDGE_TRY(const Value* value, field(payload, "value"));
    JUDGE_TRY(const Value* after, field(payload, "after"));
    CallOutcome& outcome = answer_.outcomes[at_][call_];
    outcome = {.state = kStates[state], .value = bounded(*value), .after = bounded(*after)};
    ++accepted_;
    ++call_;
    skip_what_cannot_be_made();
    return {};
  }

  Value bounded(const Value& value) {
    weight_ += weight_of(value);
    return weight_ <= kMostAnswerWeight ? value : Value{Opaque{"value too large to be judged"}};
  }

  static base::Status accept_error(std::optional<Value>& place, const Value& payload) {
    JUDGE_TRY(const Value* error, field(payload, "error"));
    if (!place) place = *error;
    return {};
  }

  // Moves on to the next call that the program makes.
  void skip_what_cannot_be_made() {
    for (; at_ < cases_.size(); ++at_, call_ = 0, weight_ = 0) {
      if (answer_.outcomes.size() == at_) {
        answer_.outcomes.emplace_back(cases_[at_].calls.size());
      }
      for (; call_ < cases_[at_].calls.size(); ++call_) {
        const auto& origins = cases_[at_].calls[call_].origins;
        const auto& outcomes = answer_.outcomes[at_];
        if (std::all_of(origins.begin(), origins.end(), [&](const PreparedCall::Origin& origin) {
              return gave_result(outcomes[origin.call]);
            })) {
          return;
        }
      }
    }
  }

  std::span<const PropertyCase> cases_;
  std::int64_t first_;
  BatchAnswer answer_;
  std::size_t at_ = 0;  // the case and the call that come next
  std::size_t call_ = 0;
  std::size_t accepted_ = 0;
  std::size_t weight_ = 0;  // of what came back in the present case
  Rest rest_;               // the latest
};

Value batch_request(const std::vector<std::string>& functions, std::span<const PropertyCase> cases,
                    std::int64_t first, bool look) {
  List names;
  for (const std::string& name : functions) names.items.push_back(Value{name});
  List requests;
  requests.items.reserve(cases.size());
  for (const PropertyCase& each : cases) {
    List calls;
    for (const PreparedCall& call : each.calls) calls.items.push_back(call_request(call));
    requests.items.push_back(Value{std::move(calls)});
  }
  return Value{Object{{{"case", Value{first}},
                       {"functions", Value{std::move(names)}},
                       {"look", Value{look}},
                       {"cases", Value{std::move(requests)}}}}};
}

}  // namespace

base::Result<std::variant<BatchAnswer, Ended>> run_batch(Actor& actor,
                                                         const std::vector<std::string>& functions,
                                                         std::span<const PropertyCase> cases,
                                                         std::int64_t first, bool look) {
  using Answers = std::variant<BatchAnswer, Ended>;
  BatchInProgress progress{cases, first};
  JUDGE_TRY_VOID(actor.ask(FrameType::batch, batch_request(functions, cases, first, look)));
  int waits_left = 0;
  for (bool has_waited = false;; has_waited = true) {
    const std::size_t accepted = progress.accepted();
    JUDGE_TRY(auto answers, actor.await_answers());
    if (auto* ended = std::get_if<Ended>(&answers)) return Answers{std::move(*ended)};
    for (Answer& answer : std::get<std::vector<Answer>>(answers)) {
      if (auto status = progress.accept(answer); !status) {
        JUDGE_TRY(Ended ended, actor.condemn(status.error().message()));
        return Answers{std::move(ended)};
      }
    }
    const bool stands = has_waited && progress.accepted() == accepted;
    if (!stands) {
      waits_left = actor.now() ? kMostWaitsVirtual : kMostWaitsReal;
    }
    const bool goes_on = !progress.has_ended() && !progress.has_crashed() && progress.may_go_on() &&
                         waits_left-- > 0;
    if (!goes_on) break;
    // Who only turns may be at work; who gets nowhere by that may be looking at the clock.
    JUDGE_TRY_VOID(actor.ask_to_wait(actor.longest_wait(first, progress.has_timers() || !stands)));
  }
  return Answers{std::move(progress).take()};
}

}  // namespace harness
