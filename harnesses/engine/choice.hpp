// Choices: the one sequence from which both data and schedules are drawn.
// Why: a case *is* its choice sequence. Replaying the sequence replays the case, and shrinking
// edits the sequence and runs it again, so no type needs a shrinker of its own (Hypothesis' idea;
// see README.md). A choice is typed; what is written down is its rank in the type's order of
// simplicity.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "harnesses/engine/choice_type.hpp"

namespace harness {

// What a choice decides; strategies fix some purposes and leave the others random.
enum class Purpose {
  size,     // how many
  data,     // a plain generated value, such as an integer argument
  variant,  // in which form an input comes
  outcome,  // 0: it fulfils, 1: it fails
  value,    // which value it carries
  act,      // what the judge does next: 0 settle one, then two in one turn, then cancel
  pick,     // which running input, 0 the oldest
  swarm,    // what random cases do without; 0: nothing
};

// How random answers lie in a type without weights.
enum class Spread {
  even,    // all alike
  varied,  // limits, small ones, and ones that came before in the same case more often
};

// The ranks of what was drawn, in order.
using ChoiceSequence = std::vector<std::uint64_t>;

// What a source is asked. `weights[rank]` is how often that answer should come relative to the
// others; 0: never at random, yet a replay may say it. No weights: as `spread` says.
struct Question {
  Purpose purpose;
  ChoiceType type;
  std::span<const unsigned> weights;
  Spread spread = Spread::even;
  // Where some ranks mean nothing now: not 0 for those that mean something. Else none.
  std::span<const unsigned> possible = {};
  std::span<const std::uint32_t> names = {};  // of a pick: whom each rank means
};

// Where decisions come from.
class ChoiceSource {
 public:
  ChoiceSource() = default;
  ChoiceSource(const ChoiceSource&) = delete;
  ChoiceSource& operator=(const ChoiceSource&) = delete;
  ChoiceSource(ChoiceSource&&) = delete;
  ChoiceSource& operator=(ChoiceSource&&) = delete;
  virtual ~ChoiceSource() = default;

  // Answers a rank of the question's type.
  virtual std::uint64_t choose(const Question& question) = 0;
};

// Choices that belong together: an element of a list, an object, one act of a schedule.
struct Span {
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  std::string_view label;  // what they make, static storage; spans of one label are exchangeable
  std::size_t begin;       // of the choices
  std::size_t end;         // behind the last
  std::size_t parent;      // index of the span around it, or kNone
  bool operator==(const Span&) const = default;
};

// All that is known of a run's choices. `types` is as long as `choices`; spans come in the order in
// which they were opened.
struct Recording {
  ChoiceSequence choices;
  std::vector<ChoiceType> types;
  std::vector<Span> spans;
};

// What generators and schedulers draw from: asks the source and records the answer.
class Choices {
 public:
  // `size`: how large what is drawn should be, 0 to 100. Only random answers heed it.
  static constexpr unsigned kFullSize = 100;
  explicit Choices(ChoiceSource& source, unsigned size = kFullSize)
      : source_{source}, size_{size} {}

  // Below `options`, all alike. One option draws nothing and is 0.
  std::uint64_t draw(Purpose purpose, std::uint64_t options);
  std::uint64_t draw(Purpose purpose, std::span<const unsigned> weights);
  // One of these, by its place.
  std::uint64_t pick(std::span<const std::uint32_t> names);

  // The others are asked and written down even where only one answer can be, so that what stands
  // beside a choice can be moved to where it is free, and back.
  std::int64_t integer(Purpose purpose, const IntegerType& type, Spread spread = Spread::varied);
  double number(Purpose purpose, const NumberType& type);
  // Below `options`, which is at least 1.
  std::uint64_t draw_always(Purpose purpose, std::uint64_t options);
  // Of fixed options those whose weight is not 0 are possible now, at least one. An answer that
  // names another means the first that is possible.
  std::uint64_t draw_possible(Purpose purpose, std::span<const unsigned> weights);
  // The same, and random answers come as `liked` says, where any that is possible is liked.
  std::uint64_t draw_possible(Purpose purpose, std::span<const unsigned> weights,
                              std::span<const unsigned> liked);
  // Whether there is one more.
  enum class Must { either, yes };
  bool more(unsigned weight_of_no, unsigned weight_of_yes, Must must);

  // Closes its span when it goes out of scope.
  class Scope {
   public:
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    Scope(Scope&&) = delete;
    Scope& operator=(Scope&&) = delete;
    ~Scope() { choices_.close(); }

   private:
    friend class Choices;
    explicit Scope(Choices& choices) : choices_{choices} {}
    Choices& choices_;
  };
  // Begins with the latest `already` choices.
  [[nodiscard]] Scope span(std::string_view label, std::size_t already = 0);

  [[nodiscard]] unsigned size() const { return size_; }
  [[nodiscard]] const ChoiceSequence& drawn() const { return recording_.choices; }
  [[nodiscard]] const Recording& recording() const { return recording_; }

 private:
  std::uint64_t ask(const Question& question);
  void close();

  ChoiceSource& source_;
  unsigned size_;
  Recording recording_;
  std::size_t open_ = Span::kNone;
};

}  // namespace harness
