#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "harnesses/engine/passes.hpp"

namespace harness {
namespace {

// Runs of spans that follow one another directly, with one label and parent; as indices.
std::vector<std::vector<std::size_t>> runs_of_spans(const Recording& recording) {
  std::vector<std::vector<std::size_t>> runs;
  std::vector<bool> seen(recording.spans.size());
  for (std::size_t i = 0; i < recording.spans.size(); ++i) {
    if (seen[i]) continue;
    std::vector<std::size_t> run{i};
    for (std::size_t j = i + 1; j < recording.spans.size(); ++j) {
      const Span& last = recording.spans[run.back()];
      const Span& next = recording.spans[j];
      if (next.parent != last.parent || next.label != last.label || next.begin != last.end)
        continue;
      run.push_back(j);
      seen[j] = true;
    }
    if (run.size() >= 2) runs.push_back(std::move(run));
  }
  return runs;
}

std::vector<ChoiceSequence> contents(const Recording& recording,
                                     const std::vector<std::size_t>& run) {
  std::vector<ChoiceSequence> out;
  out.reserve(run.size());
  for (const std::size_t i : run) {
    out.push_back(part(recording.choices, recording.spans[i].begin, recording.spans[i].end));
  }
  return out;
}

bool consider_order(Descent& descent, const std::vector<std::size_t>& run,
                    const std::vector<ChoiceSequence>& order) {
  ChoiceSequence joined;
  for (const ChoiceSequence& each : order) {
    joined.insert(joined.end(), each.begin(), each.end());
  }
  const Recording& best = descent.best();
  return descent.consider(
      replaced(best.choices, best.spans[run.front()].begin, best.spans[run.back()].end, joined));
}

// The run whose first span is the `first`th of all; empty: none begins there.
std::vector<std::size_t> run_at(const Recording& recording, std::size_t first) {
  for (std::vector<std::size_t>& run : runs_of_spans(recording)) {
    if (run.front() == first) return std::move(run);
  }
  return {};
}

// All at once, else by exchanging two at a time, near ones first.
void sort_run(Descent& descent, std::size_t first) {
  std::vector<std::size_t> run = run_at(descent.best(), first);
  std::vector<ChoiceSequence> order = contents(descent.best(), run);
  std::stable_sort(order.begin(), order.end(), is_simpler);
  if (consider_order(descent, run, order)) return;
  constexpr std::size_t kFar = 6;
  for (std::size_t apart = 1; apart < kFar; ++apart) {
    for (std::size_t i = 0; i + apart < run.size(); ++i) {
      order = contents(descent.best(), run);
      if (!is_simpler(order[i + apart], order[i])) continue;
      std::swap(order[i], order[i + apart]);
      if (consider_order(descent, run, order)) run = run_at(descent.best(), first);
    }
  }
}

}  // namespace

void sort_spans(Descent& descent) {
  for (std::size_t first = 0; first < descent.best().spans.size(); ++first) {
    if (!run_at(descent.best(), first).empty()) sort_run(descent, first);
  }
}

void swap_choices(Descent& descent) {
  constexpr std::size_t kFar = 4;
  for (std::size_t apart = 1; apart <= kFar; ++apart) {
    for (std::size_t at = 0; at + apart < descent.size(); ++at) {
      const std::size_t other = at + apart;
      if (descent.rank(at) <= descent.rank(other) || descent.type(at) != descent.type(other)) {
        continue;
      }
      ChoiceSequence candidate = descent.best().choices;
      std::swap(candidate[at], candidate[other]);
      (void)descent.consider(candidate);
    }
  }
}

namespace {

// The choices as a tree: a span holds choices and spans, in order.
struct Tree {
  struct Item {
    std::uint64_t rank = 0;
    std::size_t span = Span::kNone;  // else this span stands here
  };
  std::vector<std::vector<Item>> items;  // by span; the last is what is in no span
  const Recording* recording;
};

Tree tree_of(const Recording& recording) {
  const std::vector<Span>& spans = recording.spans;
  Tree tree{std::vector<std::vector<Tree::Item>>(spans.size() + 1), &recording};
  const auto items_of = [&](std::size_t span) -> std::vector<Tree::Item>& {
    return tree.items[span == Span::kNone ? spans.size() : span];
  };
  std::size_t next = 0;
  std::size_t open = Span::kNone;
  for (std::size_t at = 0; at <= recording.choices.size(); ++at) {
    while (open != Span::kNone && spans[open].end == at && spans[open].begin != at) {
      open = spans[open].parent;
    }
    for (; next < spans.size() && spans[next].begin == at; ++next) {
      items_of(spans[next].parent).push_back({.rank = 0, .span = next});
      if (spans[next].end != at) open = next;
    }
    if (at < recording.choices.size()) items_of(open).push_back({.rank = recording.choices[at]});
  }
  return tree;
}

// What is in a span, with neighbours of one label in order.
ChoiceSequence in_order(const Tree& tree, std::size_t span) {
  const std::vector<Tree::Item>& items = tree.items[span];
  const auto label = [&](const Tree::Item& item) {
    return item.span == Span::kNone ? std::string_view{} : tree.recording->spans[item.span].label;
  };
  ChoiceSequence out;
  for (std::size_t i = 0; i < items.size();) {
    if (items[i].span == Span::kNone) {
      out.push_back(items[i++].rank);
      continue;
    }
    std::vector<ChoiceSequence> alike;
    const std::string_view first = label(items[i]);
    for (; i < items.size() && items[i].span != Span::kNone && label(items[i]) == first; ++i) {
      alike.push_back(in_order(tree, items[i].span));
    }
    std::stable_sort(alike.begin(), alike.end(), is_simpler);
    for (const ChoiceSequence& each : alike) out.insert(out.end(), each.begin(), each.end());
  }
  return out;
}

}  // namespace

void exchange_spans(Descent& descent) {
  constexpr std::size_t kMostSpans = 40;
  const Recording best = descent.best();
  if (best.spans.size() > kMostSpans) return;
  Tree tree = tree_of(best);
  for (std::size_t i = 0; i < best.spans.size(); ++i) {
    for (std::size_t j = i + 1; j < best.spans.size(); ++j) {
      if (best.spans[j].label != best.spans[i].label || best.spans[j].begin < best.spans[i].end)
        continue;
      std::swap(tree.items[i], tree.items[j]);
      if (descent.consider(in_order(tree, best.spans.size()))) return;
      std::swap(tree.items[i], tree.items[j]);
    }
  }
}

}  // namespace harness
