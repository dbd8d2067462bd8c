#include "harnesses/schedule/script_answers.hpp"

#include <utility>
#include <variant>

#include "harnesses/protocol/events.hpp"
#include "harnesses/protocol/fields.hpp"

namespace harness {

base::Result<bool> ScriptAnswers::at_end() {
  while (unread_.empty() && frame_ < frames_.size()) {
    const Answer& frame = frames_[frame_++];
    if (frame.type == FrameType::rest && frame_ == frames_.size()) return true;
    if (frame.type != FrameType::events) {
      return base::invalid_input("an answer that does not belong into a script");
    }
    JUDGE_TRY(const Value* events, field(frame.payload, "events"));
    const auto* bytes = std::get_if<Blob>(&events->data);
    if (bytes == nullptr) return base::invalid_input("field 'events' is not bytes");
    unread_ = bytes->bytes;
  }
  return unread_.empty();
}

base::Result<Answer> ScriptAnswers::next() {
  JUDGE_TRY(const bool is_over, at_end());
  if (is_over) return base::invalid_input("a script that ends in the middle of a case");
  JUDGE_TRY(PackedEvent event, take_event(unread_));
  return Answer{.type = event.type, .payload = std::move(event.payload)};
}

base::Status ScriptAnswers::begin_case(std::int64_t number) {
  JUDGE_TRY(const Answer begins, next());
  if (begins.type != FrameType::call) return base::invalid_input("a case that goes on too long");
  JUDGE_TRY(const std::int64_t told, integer_field(begins.payload, "number"));
  if (told != number) return base::invalid_input("another case than the next");
  return {};
}

base::Result<std::vector<Answer>> ScriptAnswers::next_rest() {
  std::vector<Answer> answers;
  do {
    JUDGE_TRY(Answer answer, next());
    answers.push_back(std::move(answer));
  } while (answers.back().type != FrameType::rest);
  return answers;
}

}  // namespace harness
