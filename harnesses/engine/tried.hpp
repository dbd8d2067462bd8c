// Tried: the runs so far as a tree of choices, so that a candidate which would draw what was drawn
// before is not run again. Right as long as the same choices draw the same; a program that is not
// deterministic makes it forget the older branch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "harnesses/engine/choice.hpp"

namespace harness {

class Tried {
 public:
  // What an earlier run drew that `candidate` would draw again; nullptr when that is not known. It
  // has no types, and lives until the next add().
  [[nodiscard]] const Recording* find(const ChoiceSequence& candidate) const;

  void add(Recording drawn);

 private:
  static constexpr std::size_t kNoRun = static_cast<std::size_t>(-1);
  struct Node {
    ChoiceType type;
    std::size_t run = kNoRun;                                 // the run that ended here, if one did
    std::vector<std::pair<std::uint64_t, std::size_t>> next;  // by rank
  };
  [[nodiscard]] std::size_t child(const Node& node, std::uint64_t rank) const;

  // The root stands first; a node that no run asked or ended at yet does not exist.
  std::vector<Node> nodes_;
  std::vector<Recording> runs_;
};

}  // namespace harness
