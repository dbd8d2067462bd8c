#include "harnesses/engine/tried.hpp"

#include <algorithm>

namespace harness {
namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

}  // namespace

std::size_t Tried::child(const Node& node, std::uint64_t rank) const {
  const auto found = std::find_if(node.next.begin(), node.next.end(),
                                  [&](const auto& edge) { return edge.first == rank; });
  return found == node.next.end() ? kNowhere : found->second;
}

const Recording* Tried::find(const ChoiceSequence& candidate) const {
  std::size_t at = nodes_.empty() ? kNowhere : 0;
  for (std::size_t depth = 0; at != kNowhere; ++depth) {
    const Node& node = nodes_[at];
    if (node.run != kNoRun) return &runs_[node.run];
    const std::uint64_t rank = depth < candidate.size() ? settle_rank(node.type, candidate[depth])
                                                        : simplest_rank(node.type);
    at = child(node, rank);
  }
  return nullptr;
}

void Tried::add(Recording drawn) {
  if (nodes_.empty()) nodes_.push_back({});
  std::size_t at = 0;
  for (std::size_t depth = 0; depth < drawn.choices.size(); ++depth) {
    Node& node = nodes_[at];
    if (node.run != kNoRun || node.type != drawn.types[depth]) {
      node = {.type = drawn.types[depth], .run = kNoRun, .next = {}};
    }
    const std::uint64_t rank = drawn.choices[depth];
    const std::size_t known = child(node, rank);
    if (known != kNowhere) {
      at = known;
      continue;
    }
    node.next.emplace_back(rank, nodes_.size());
    at = nodes_.size();
    nodes_.push_back({});
  }
  nodes_[at].run = runs_.size();
  nodes_[at].next.clear();
  drawn.types.clear();
  runs_.push_back(std::move(drawn));
}

}  // namespace harness
