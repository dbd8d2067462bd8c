// The verdict for a person at a terminal: criteria with marks, the first counterexample drawn, the
// command that replays it. Everything a program said is escaped.
#pragma once

#include <string>

#include "judge/report/paint.hpp"
#include "judge/verdict/verdict.hpp"

namespace judge {

struct TerminalOptions {
  Paint paint;
  std::string replay_command;  // as it can be typed; empty: there is no verdict file to replay from
};

[[nodiscard]] std::string to_terminal(const Verdict& verdict, const Problem& problem,
                                      const TerminalOptions& options);

}  // namespace judge
