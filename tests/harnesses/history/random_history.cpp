// Random runs of a subject, and changes of what was seen; declared in subjects.hpp.
#include <algorithm>
#include <utility>

#include "tests/harnesses/history/subjects.hpp"

namespace harness::history::test {
namespace {

bool fails_without_effect(const AnyModel& model, const Call& call) {
  const auto found = std::ranges::find(model.operations(), call.operation, &OperationSpec::name);
  return found->when_failed == Failure::no_effect;
}

// Lets random processes take random steps: call, take effect, return.
class Run {
 public:
  Run(const Subject& subject, Random& random)
      : subject_{subject},
        random_{random},
        model_{subject.model()},
        real_{subject.make(random)},
        processes_(2 + random.below(2)),
        calls_left_{3 + random.below(5)} {}

  std::vector<Event> events() {
    for (int steps = 0; steps < 60; ++steps) {
      const auto which = static_cast<unsigned>(random_.below(processes_.size()));
      step(which, processes_[which]);
    }
    return std::move(events_);
  }

 private:
  struct Process {
    std::optional<Call> call;
    std::optional<Value> answer;  // it has taken effect
    unsigned id = 0;
    std::size_t turn = 0;
    bool is_stuck = false;
  };

  void step(unsigned which, Process& process) {
    if (process.is_stuck) return;
    if (!process.call) {
      if (calls_left_ == 0) return;
      --calls_left_;
      const auto now = static_cast<std::int64_t>(events_.size() / 2);
      process.call = subject_.draw(random_, which, process.turn++, now);
      process.id = next_id_++;
      events_.push_back({Event::Kind::called, process.id, process.call});
      return;
    }
    if (random_.one_in(20)) process.is_stuck = true;
    if (process.is_stuck) return;
    if (random_.one_in(15) && (!process.answer || !fails_without_effect(model_, *process.call))) {
      events_.push_back({Event::Kind::failed, process.id});
      process.call.reset();
      process.answer.reset();
    } else if (!process.answer) {
      process.answer = real_(*process.call);
    } else {
      events_.push_back({Event::Kind::returned, process.id, std::nullopt, process.answer});
      process.call.reset();
      process.answer.reset();
    }
  }

  const Subject& subject_;
  Random& random_;
  AnyModel model_;
  Real real_;
  std::vector<Process> processes_;
  std::size_t calls_left_;
  unsigned next_id_ = 0;
  std::vector<Event> events_;
};

std::vector<std::size_t> places_of(const std::vector<Event>& events, Event::Kind kind) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i].kind == kind) places.push_back(i);
  }
  return places;
}

void change_a_result(std::vector<Event>& events, Random& random) {
  const auto returns = places_of(events, Event::Kind::returned);
  if (returns.empty()) return;
  auto& result = events[returns[random.below(returns.size())]].result;
  if (std::holds_alternative<bool>(result->data)) {
    result = truth(!std::get<bool>(result->data));
  } else if (!std::holds_alternative<Undefined>(result->data)) {
    result = random.one_in(4) ? nothing() : v(random.number(3));
  }
}

void swap_two_results(std::vector<Event>& events, Random& random) {
  const auto returns = places_of(events, Event::Kind::returned);
  if (returns.empty()) return;
  std::swap(events[returns[random.below(returns.size())]].result,
            events[returns[random.below(returns.size())]].result);
}

// Makes an interval shorter by one event: more order than there was.
void shorten(std::vector<Event>& events, Random& random) {
  if (events.size() < 2) return;
  const std::size_t at = random.below(events.size() - 1);
  const bool gains = events[at].kind == Event::Kind::called &&
                     events[at + 1].kind != Event::Kind::called &&
                     events[at].id != events[at + 1].id;
  if (gains) std::swap(events[at], events[at + 1]);
}

void drop_an_operation(std::vector<Event>& events, Random& random) {
  if (events.empty()) return;
  const unsigned id = events[random.below(events.size())].id;
  std::erase_if(events, [&](const Event& event) { return event.id == id; });
}

void let_one_return(std::vector<Event>& events, Random& random) {
  for (const std::size_t i : places_of(events, Event::Kind::called)) {
    const unsigned id = events[i].id;
    const auto same = [&](const Event& event) { return event.id == id; };
    if (std::ranges::count_if(events, same) > 1) continue;
    events.push_back({Event::Kind::returned, id, std::nullopt, v(random.number(2))});
    return;
  }
}

}  // namespace

std::vector<Event> run_right_object(const Subject& subject, Random& random) {
  return Run{subject, random}.events();
}

std::vector<Event> mutated(std::vector<Event> events, Random& random) {
  const std::size_t changes = 1 + random.below(3);
  for (std::size_t i = 0; i < changes; ++i) {
    switch (random.below(8)) {
      case 0:
        swap_two_results(events, random);
        break;
      case 1:
        drop_an_operation(events, random);
        break;
      case 2:
        let_one_return(events, random);
        break;
      case 3:
      case 4:
        for (int j = 0; j < 6; ++j) shorten(events, random);
        break;
      default:
        change_a_result(events, random);
    }
  }
  return events;
}

History to_history(const std::vector<Event>& events) {
  Script script;
  for (const Event& event : events) {
    switch (event.kind) {
      case Event::Kind::called:
        script.call(event.id, static_cast<unsigned>(event.call->process), event.call->operation,
                    event.call->arguments, event.call->key);
        break;
      case Event::Kind::returned:
        script.ret(event.id, event.result);
        break;
      case Event::Kind::failed:
        script.fail(event.id);
        break;
    }
  }
  return script.history();
}

}  // namespace harness::history::test
