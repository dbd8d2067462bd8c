// ScriptAnswers: what a shim reported while it carried out a script (PROTOCOL.md, SCRIPT), as the
// answers that the same acts would have had if each had been a request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "harnesses/actor/actor.hpp"
#include "sandbox/base/result.hpp"

namespace harness {

class ScriptAnswers {
 public:
  // Of a SCRIPT, its closing frame included.
  explicit ScriptAnswers(std::vector<Answer> answers) : frames_{std::move(answers)} {}

  // Each Error is the program's: what it sent makes no sense.

  // Whether nothing is left. Past it come events only.
  base::Result<bool> at_end();
  // Case `number` has to begin here.
  base::Status begin_case(std::int64_t number);
  // What happened up to the next rest, which closes it.
  base::Result<std::vector<Answer>> next_rest();

 private:
  base::Result<Answer> next();

  std::vector<Answer> frames_;
  std::size_t frame_ = 0;      // that is looked at
  std::string_view unread_{};  // of its events
};

}  // namespace harness
