#include "harnesses/schedule/oracle/oracle.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "harnesses/protocol/fields.hpp"
#include "harnesses/protocol/show.hpp"
#include "harnesses/schedule/oracle/describe.hpp"
#include "sandbox/base/escape.hpp"

namespace harness {
namespace {

const char* word(When when) {
  switch (when) {
    case When::always:
      return "always";
    case When::at_rest:
      return "at_rest";
    case When::finally:
      return "finally";
    case When::equals_reference:
    case When::linearizable:
      break;  // judged in C++
  }
  return "";
}

base::Error oracle_died(const Ended& ended) {
  return base::internal_error(
      "oracle: ended in the middle of its work: " +
      (ended.violation.empty() ? "limit or exit" : base::escape(ended.violation)) +
      "; its last words: " + base::quoted(ended.report.standard_error, 1000));
}

base::Result<std::size_t> index_at(const List& list, std::size_t at) {
  const auto* number =
      at < list.items.size() ? std::get_if<std::int64_t>(&list.items[at].data) : nullptr;
  if (number == nullptr || *number < 0) return base::internal("oracle: an answer without a number");
  return static_cast<std::size_t>(*number);
}

base::Result<std::string> text_at(const List& list, std::size_t at) {
  const auto* text =
      at < list.items.size() ? std::get_if<std::string>(&list.items[at].data) : nullptr;
  if (text == nullptr) return base::internal("oracle: an answer without a text");
  return *text;
}

base::Result<const List*> as_list(const Value& value) {
  const auto* list = std::get_if<List>(&value.data);
  if (list == nullptr) return base::internal("oracle: an answer that is no list");
  return list;
}

base::Result<PredicateFailure> read_failure(const Value& value,
                                            const std::vector<Predicate>& predicates) {
  JUDGE_TRY(const List* parts, as_list(value));
  PredicateFailure failure;
  JUDGE_TRY(failure.predicate, index_at(*parts, 0));
  JUDGE_TRY(failure.event, index_at(*parts, 1));
  if (failure.predicate >= predicates.size()) return base::internal("oracle: no such predicate");
  JUDGE_TRY(const std::string how, text_at(*parts, 2));
  if (how == "threw") {
    const Predicate& predicate = predicates[failure.predicate];
    JUDGE_TRY(const std::string message, text_at(*parts, 3));
    return base::internal(predicate.where.to_string() + ": the predicate " +
                          base::quoted(predicate.expression) + " threw " + base::quoted(message) +
                          "; guard it, it must answer for every trace");
  }
  if (parts->items.size() < 4) return base::internal("oracle: a failure without its values");
  JUDGE_TRY(const List* shown, as_list(parts->items[3]));
  for (const Value& pair : shown->items) {
    JUDGE_TRY(const List* both, as_list(pair));
    JUDGE_TRY(std::string text, text_at(*both, 0));
    JUDGE_TRY(std::string what, text_at(*both, 1));
    failure.values.emplace_back(std::move(text), std::move(what));
  }
  return failure;
}

bool is_expression(const Predicate& predicate) {
  return predicate.when != When::equals_reference && predicate.when != When::linearizable;
}

Value compile_request(const SchedulePlan& plan) {
  List given;
  for (const Given& each : plan.given) given.items.push_back(Value{each.name});
  List operations;
  if (plan.operations) {
    for (const Operation& each : plan.operations->operations) {
      operations.items.push_back(Value{each.name});
    }
  }
  List predicates;
  for (const Predicate& predicate : plan.predicates) {
    if (!is_expression(predicate)) continue;
    predicates.items.push_back(Value{Object{{{"expression", Value{predicate.expression}},
                                             {"when", Value{std::string{word(predicate.when)}}}}}});
  }
  return Value{Object{{{"given", Value{std::move(given)}},
                       {"operations", Value{std::move(operations)}},
                       {"predicates", Value{std::move(predicates)}}}}};
}

}  // namespace

base::Result<Oracle> Oracle::start(const sandbox::Host& host, const ActorPlan& plan) {
  JUDGE_TRY(Actor::Started started, Actor::start(host, plan));
  if (auto* actor = std::get_if<Actor>(&started)) return Oracle{std::move(*actor)};
  if (const auto* ended = std::get_if<Ended>(&started)) return base::fail(oracle_died(*ended));
  return base::internal("oracle: does not load: " + show(std::get<LoadFailed>(started).error));
}

base::Status Oracle::ask(const std::string& function, Value argument) {
  Value payload{Object{{{"case", Value{++calls_}},
                        {"function", Value{function}},
                        {"arguments", Value{List{{std::move(argument)}}}},
                        {"options", Value{}}}}};
  return actor_.ask(FrameType::call, payload);
}

base::Result<Value> Oracle::answer() {
  JUDGE_TRY(Actor::Answers answers, actor_.await_answers());
  if (const auto* ended = std::get_if<Ended>(&answers)) return base::fail(oracle_died(*ended));
  for (const Answer& answer : std::get<std::vector<Answer>>(answers)) {
    if (answer.type == FrameType::fulfilled) {
      JUDGE_TRY(const Value* value, field(answer.payload, "value"));
      return *value;
    }
    if (answer.type == FrameType::threw)
      return base::internal("oracle: threw " + show(answer.payload));
  }
  return base::internal("oracle: did not answer");
}

base::Result<Compiled> Oracle::compile(const SchedulePlan& plan) {
  predicates_.clear();
  expressions_.clear();
  comparisons_.clear();
  histories_.clear();
  for (std::size_t i = 0; i < plan.predicates.size(); ++i) {
    const Predicate& predicate = plan.predicates[i];
    if (is_expression(predicate)) {
      predicates_.push_back(predicate);
      expressions_.push_back(i);
    } else if (predicate.history) {
      histories_.push_back({.predicate = i, .check = HistoryCheck{plan, *predicate.history}});
    } else {
      comparisons_.push_back(i);
    }
  }
  JUDGE_TRY(Compiled compiled, compile_with("compile", compile_request(plan), predicates_));
  const auto& names = compiled.names;
  needs_object_ = plan.operations && plan.operations->object && comparisons_.empty() &&
                  std::find(names.begin(), names.end(), "object") == names.end();
  return compiled;
}

base::Result<Compiled> Oracle::compile_with(const std::string& function, Value request,
                                            const std::vector<Predicate>& predicates) {
  JUDGE_TRY_VOID(ask(function, std::move(request)));
  JUDGE_TRY(const Value compilation, answer());
  JUDGE_TRY(const List* problems, list_field(compilation, "problems"));
  std::string complaints;
  for (std::size_t i = 0; i < problems->items.size() && i < predicates.size(); ++i) {
    if (!std::holds_alternative<Object>(problems->items[i].data)) continue;
    JUDGE_TRY(const std::int64_t offset, integer_field(problems->items[i], "offset"));
    JUDGE_TRY(const std::string message, text_field(problems->items[i], "message"));
    base::Position where = predicates[i].where;
    where.column += static_cast<int>(offset);
    complaints += (complaints.empty() ? "" : "\n") + where.to_string() + ": " +
                  base::quoted(predicates[i].expression) + ": " + message;
  }
  if (!complaints.empty()) return base::invalid_input(std::move(complaints));
  JUDGE_TRY(const List* names, list_field(compilation, "names"));
  Compiled compiled;
  for (std::size_t i = 0; i < names->items.size(); ++i) {
    JUDGE_TRY(std::string name, text_at(*names, i));
    compiled.names.push_back(std::move(name));
  }
  return compiled;
}

base::Result<std::vector<Judged>> Oracle::evaluate(const std::vector<Trace>& traces,
                                                   const std::string& language) {
  JUDGE_TRY_VOID(begin_evaluating(traces, language));
  return end_evaluating();
}

base::Status Oracle::begin_evaluating(const std::vector<Trace>& traces,
                                      const std::string& language) {
  List requests;
  for (const Trace& trace : traces) requests.items.push_back(describe(trace, language));
  JUDGE_TRY_VOID(ask("evaluateAll", Value{std::move(requests)}));
  judged_here_.clear();
  for (const Trace& trace : traces) {
    JUDGE_TRY(Judged judged, judge_here(trace));
    judged_here_.push_back(std::move(judged));
  }
  return {};
}

base::Result<std::vector<Judged>> Oracle::end_evaluating() {
  JUDGE_TRY(Failures failures, read_failures(judged_here_.size(), predicates_));
  std::vector<Judged> judged = std::exchange(judged_here_, {});
  for (std::size_t i = 0; i < failures.size(); ++i) {
    for (PredicateFailure& each : failures[i]) each.predicate = expressions_[each.predicate];
    if (!judged[i].failures.empty() && !judged[i].failures.front().is_asked) continue;
    judged[i].failures.insert(judged[i].failures.begin(),
                              std::make_move_iterator(failures[i].begin()),
                              std::make_move_iterator(failures[i].end()));
  }
  return judged;
}

base::Result<std::string> Oracle::explain(std::size_t predicate, const Trace& trace) const {
  if (failed_construction(trace)) return std::string{};  // there is no history
  for (const HistoryPredicate& each : histories_) {
    if (each.predicate == predicate) return each.check.explain(trace);
  }
  return std::string{};
}

// Without an object most predicates hold, as there is nothing that they do not hold for.
std::optional<std::size_t> Oracle::failed_construction(const Trace& trace) const {
  if (!needs_object_) return {};
  const auto failed =
      std::find_if(trace.events.begin(), trace.events.end(), [](const Event& event) {
        return event.call == 0 &&
               (event.kind == Event::Kind::threw || event.kind == Event::Kind::rejected);
      });
  if (failed == trace.events.end()) return {};
  return static_cast<std::size_t>(failed - trace.events.begin());
}

base::Result<Judged> Oracle::judge_here(const Trace& trace) const {
  Judged judged;
  if (const auto event = failed_construction(trace)) {
    for (std::size_t i = 0; i < expressions_.size() + histories_.size(); ++i) {
      judged.failures.push_back({.predicate = i, .event = *event, .values = {}, .is_asked = false});
    }
    return judged;
  }
  for (const std::size_t comparison : comparisons_) {
    if (!trace.difference) break;
    judged.failures.push_back(
        {.predicate = comparison, .event = trace.difference->event, .values = {}});
  }
  for (const HistoryPredicate& each : histories_) {
    JUDGE_TRY(HistoryCheck::Answer answer, each.check.judge(trace));
    if (const auto* differs = std::get_if<HistoryCheck::Differs>(&answer)) {
      judged.failures.push_back(
          {.predicate = each.predicate, .event = differs->event, .values = {}});
    } else if (auto* unknown = std::get_if<HistoryCheck::Unknown>(&answer)) {
      judged.unknown.push_back({.predicate = each.predicate, .why = std::move(unknown->why)});
    }
  }
  return judged;
}

base::Result<Oracle::Failures> Oracle::evaluate_with(const std::string& function, List requests,
                                                     const std::vector<Predicate>& predicates) {
  const std::size_t count = requests.items.size();
  JUDGE_TRY_VOID(ask(function, Value{std::move(requests)}));
  return read_failures(count, predicates);
}

base::Result<Oracle::Failures> Oracle::read_failures(std::size_t count,
                                                     const std::vector<Predicate>& predicates) {
  JUDGE_TRY(const Value evaluation, answer());
  JUDGE_TRY(const List* results, as_list(evaluation));
  if (results->items.size() != count) return base::internal("oracle: lost a trace");
  Failures failures;
  for (const Value& result : results->items) {
    JUDGE_TRY(const List* list, as_list(result));
    auto& of_one = failures.emplace_back();
    for (const Value& each : list->items) {
      JUDGE_TRY(PredicateFailure failure, read_failure(each, predicates));
      of_one.push_back(std::move(failure));
    }
  }
  return failures;
}

}  // namespace harness
