#include "harnesses/engine/bench/challenges.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <set>

#include "harnesses/engine/elements.hpp"

namespace harness::bench {
namespace {

using Ints = std::vector<std::int64_t>;

constexpr std::int64_t kInt32Low = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kInt32High = std::numeric_limits<std::int32_t>::max();

std::int64_t draw_between(Choices& choices, std::int64_t low, std::int64_t high) {
  return choices.integer(Purpose::data, integer_type(low, high));
}

Ints draw_ints(Choices& choices, ListSize size, std::int64_t low, std::int64_t high,
               unsigned depth = 0) {
  Ints out;
  draw_elements(choices, "element", size, depth,
                [&] { out.push_back(draw_between(choices, low, high)); });
  return out;
}

std::vector<Ints> draw_lists(Choices& choices) {
  std::vector<Ints> out;
  draw_elements(choices, "list", {0, 20}, 0, [&] {
    out.push_back(draw_ints(choices, {0, 20}, kInt32Low, kInt32High, 1));
  });
  return out;
}

std::string show(const Ints& list) {
  std::string out = "[";
  for (const std::int64_t value : list) {
    if (out.size() > 1) out += ", ";
    out += std::to_string(value);
  }
  return out + "]";
}

std::string show(const std::vector<Ints>& lists) {
  std::string out = "[";
  for (const Ints& list : lists) {
    if (out.size() > 1) out += ", ";
    out += show(list);
  }
  return out + "]";
}

// Five lists of 16-bit integers with sums below 256 (wrapping): is the sum of all below 5 * 256?
Sample bound5(Choices& choices) {
  constexpr std::int64_t kLow = std::numeric_limits<std::int16_t>::min();
  constexpr std::int64_t kHigh = std::numeric_limits<std::int16_t>::max();
  std::vector<Ints> lists;
  std::int64_t total = 0;
  bool valid = true;
  for (int i = 0; i < 5; ++i) {
    const auto span = choices.span("list");
    lists.push_back(draw_ints(choices, {0, 10}, kLow, kHigh, 1));
    std::int64_t sum = 0;
    for (const std::int64_t value : lists.back()) sum += value;
    valid = valid && static_cast<std::int16_t>(sum) < 256;
    total += sum;
  }
  return {valid && static_cast<std::int16_t>(total) >= 5 * 256, show(lists)};
}

// No more than four distinct integers in a list of lists.
Sample large_union_list(Choices& choices) {
  const std::vector<Ints> lists = draw_lists(choices);
  std::set<std::int64_t> all;
  for (const Ints& list : lists) all.insert(list.begin(), list.end());
  return {all.size() > 4, show(lists)};
}

// A list is its own reverse.
Sample reverse(Choices& choices) {
  const Ints list = draw_ints(choices, {0, 20}, kInt32Low, kInt32High);
  return {!std::equal(list.begin(), list.end(), list.rbegin()), show(list)};
}

struct Expression {
  char kind;  // '#', '+', '/'
  std::int64_t value = 0;
  std::unique_ptr<Expression> left;
  std::unique_ptr<Expression> right;
};

std::unique_ptr<Expression> draw_expression(Choices& choices, int depth) {
  constexpr int kDeepest = 5;
  const auto span = choices.span("expression");
  const std::uint64_t kind = choices.draw_always(Purpose::variant, depth < kDeepest ? 3 : 1);
  auto out = std::make_unique<Expression>();
  out->kind = "#+/"[kind];
  if (kind == 0) {
    out->value = draw_between(choices, kInt32Low, kInt32High);
  } else {
    out->left = draw_expression(choices, depth + 1);
    out->right = draw_expression(choices, depth + 1);
  }
  return out;
}

bool divides_by_zero_literal(const Expression& e) {
  if (e.kind == '#') return false;
  if (e.kind == '/' && e.right->kind == '#' && e.right->value == 0) return true;
  return divides_by_zero_literal(*e.left) || divides_by_zero_literal(*e.right);
}

// Nothing: a division by zero. At most 32 summands of 31 bits, so nothing overflows.
std::optional<std::int64_t> evaluate(const Expression& e) {
  if (e.kind == '#') return e.value;
  const auto left = evaluate(*e.left);
  const auto right = evaluate(*e.right);
  if (!left || !right) return {};
  if (e.kind == '+') return *left + *right;
  if (*right == 0) return {};
  return *left / *right;
}

std::string show(const Expression& e) {
  if (e.kind == '#') return std::to_string(e.value);
  return "(" + show(*e.left) + " " + e.kind + " " + show(*e.right) + ")";
}

// Without a literal 0 as a divisor, nothing divides by zero.
Sample calculator(Choices& choices) {
  const auto expression = draw_expression(choices, 0);
  return {!divides_by_zero_literal(*expression) && !evaluate(*expression), show(*expression)};
}

// First a length of 1 to 100, then as many integers of 0 to 1000: none is 900 or more.
Sample lengthlist(Choices& choices) {
  const std::int64_t length = draw_between(choices, 1, 100);
  Ints list;
  for (std::int64_t i = 0; i < length; ++i) list.push_back(draw_between(choices, 0, 1000));
  return {*std::max_element(list.begin(), list.end()) >= 900, show(list)};
}

Sample difference(Choices& choices, std::int64_t least, std::int64_t most) {
  const std::int64_t x = draw_between(choices, 1, kInt32High);
  const std::int64_t y = draw_between(choices, 1, kInt32High);
  const std::int64_t apart = x > y ? x - y : y - x;
  return {x >= 10 && apart >= least && apart <= most, show(Ints{x, y})};
}

Sample difference_not_zero(Choices& choices) { return difference(choices, 0, 0); }
Sample difference_not_small(Choices& choices) { return difference(choices, 1, 4); }
Sample difference_not_one(Choices& choices) { return difference(choices, 1, 1); }

bool point_at_each_other(const Ints& list) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto j = static_cast<std::size_t>(list[i]);
    if (i != j && list[j] == static_cast<std::int64_t>(i)) return true;
  }
  return false;
}

// A list of length n of indices below n: no two elements that differ point at each other.
Sample coupling(Choices& choices) {
  const std::int64_t length = draw_between(choices, 0, 100);
  Ints list;
  for (std::int64_t i = 0; i < length; ++i) list.push_back(draw_between(choices, 0, length - 1));
  return {point_at_each_other(list), show(list)};
}

// The lists in a list have no more than ten elements together.
Sample nestedlists(Choices& choices) {
  const std::vector<Ints> lists = draw_lists(choices);
  std::size_t total = 0;
  for (const Ints& list : lists) total += list.size();
  return {total > 10, show(lists)};
}

// Removing the first element that equals one of the list leaves none that does.
Sample deletion(Choices& choices) {
  Ints list = draw_ints(choices, {1, 20}, kInt32Low, kInt32High);
  const auto last = static_cast<std::int64_t>(list.size()) - 1;
  const std::int64_t value = list[static_cast<std::size_t>(draw_between(choices, 0, last))];
  const bool fails = std::count(list.begin(), list.end(), value) > 1;
  return {fails, show(list) + ", " + std::to_string(value)};
}

// A list has no three distinct elements.
Sample distinct(Choices& choices) {
  const Ints list = draw_ints(choices, {0, 20}, kInt32Low, kInt32High);
  return {std::set<std::int64_t>(list.begin(), list.end()).size() >= 3, show(list)};
}

struct Heap {
  std::int64_t value;
  std::shared_ptr<const Heap> left;
  std::shared_ptr<const Heap> right;
};
using HeapPointer = std::shared_ptr<const Heap>;

HeapPointer draw_heap(Choices& choices, std::int64_t least, int depth) {
  constexpr int kDeepest = 5;
  const auto span = choices.span("heap");
  if (choices.draw_always(Purpose::variant, depth < kDeepest ? 2 : 1) == 0) return nullptr;
  const std::int64_t value = draw_between(choices, least, kInt32High);
  HeapPointer left = draw_heap(choices, value, depth + 1);
  HeapPointer right = draw_heap(choices, value, depth + 1);
  return std::make_shared<Heap>(Heap{value, std::move(left), std::move(right)});
}

void append_unsorted(const HeapPointer& heap, Ints& out) {
  if (heap == nullptr) return;
  out.push_back(heap->value);
  append_unsorted(heap->right, out);
  append_unsorted(heap->left, out);
}

HeapPointer merge(const HeapPointer& left, const HeapPointer& right) {
  if (left == nullptr) return right;
  if (right == nullptr) return left;
  if (left->value > right->value) return merge(right, left);
  return std::make_shared<Heap>(Heap{left->value, merge(left->right, right), left->left});
}

std::string show(const HeapPointer& heap) {
  if (heap == nullptr) return "None";
  return "(" + std::to_string(heap->value) + ", " + show(heap->left) + ", " + show(heap->right) +
         ")";
}

// A wrong sort of a heap: only the first step takes the least.
Sample binheap(Choices& choices) {
  const HeapPointer heap = draw_heap(choices, 0, 0);
  Ints all;
  append_unsorted(heap, all);
  Ints sorted;
  if (heap != nullptr) {
    sorted.push_back(heap->value);
    append_unsorted(merge(heap->left, heap->right), sorted);
  }
  std::sort(all.begin(), all.end());
  return {sorted != all, show(heap)};
}

// As `coupling`, but with a list drawn element by element, and lists with too large ones passed
// over.
Sample mutual_pointers(Choices& choices) {
  const Ints list = draw_ints(choices, {0, 40}, 0, 40);
  const auto length = static_cast<std::int64_t>(list.size());
  const bool valid =
      std::all_of(list.begin(), list.end(), [&](std::int64_t value) { return value < length; });
  return {valid && point_at_each_other(list), show(list)};
}

// Each step is new (-1) or uses the result of an earlier one: no three uses in a row.
Sample chain(Choices& choices) {
  Ints steps;
  std::vector<int> uses;
  draw_elements(choices, "element", {0, 20}, 0, [&] {
    const std::size_t earlier = steps.size();
    steps.push_back(-1);
    uses.push_back(0);
    if (choices.draw_always(Purpose::variant, earlier > 0 ? 2 : 1) == 0) return;
    steps.back() = draw_between(choices, 0, static_cast<std::int64_t>(earlier) - 1);
    uses.back() = uses[static_cast<std::size_t>(steps.back())] + 1;
  });
  const bool fails = std::any_of(uses.begin(), uses.end(), [](int count) { return count >= 3; });
  return {fails, show(steps)};
}

// No number above 7 comes three times.
Sample three_alike(Choices& choices) {
  const Ints list = draw_ints(choices, {0, 20}, -1000, 1000);
  const bool fails = std::any_of(list.begin(), list.end(), [&](std::int64_t value) {
    return value > 7 && std::count(list.begin(), list.end(), value) >= 3;
  });
  return {fails, show(list)};
}

// As the schedule harness draws: inputs with outcomes, a limit, and which running ones settle next,
// one or two in a turn; -1 ends such a turn. Answers the order.
Ints draw_schedule(Choices& choices, std::size_t inputs, std::size_t limit) {
  static constexpr std::array<unsigned, 2> kWeights = {3, 1};
  std::vector<std::size_t> running;
  std::size_t started = 0;
  Ints order;
  for (;;) {
    while (running.size() < limit && started < inputs) running.push_back(started++);
    if (running.empty()) return order;
    const auto span = choices.span("act");
    const bool two = running.size() >= 2 && choices.draw(Purpose::act, kWeights) == 1;
    for (int i = 0; i < (two ? 2 : 1); ++i) {
      const auto at = running.begin() +
                      static_cast<std::ptrdiff_t>(choices.draw(Purpose::pick, running.size()));
      order.push_back(static_cast<std::int64_t>(*at));
      running.erase(at);
    }
    if (two) order.push_back(-1);
  }
}

// No input fails in the turn after the one in which its successor settled, the first input aside.
Sample schedule(Choices& choices) {
  Ints fails;
  for (std::uint64_t left = choices.draw(Purpose::size, 9); left > 0; --left) {
    const auto span = choices.span("input");
    fails.push_back(static_cast<std::int64_t>(choices.draw(Purpose::outcome, 2)));
  }
  const std::size_t limit = 1 + choices.draw(Purpose::data, 6);
  const Ints order = draw_schedule(choices, fails.size(), limit);
  bool broken = false;
  for (std::size_t i = 1; i < order.size(); ++i) {
    const std::int64_t now = order[i];
    const bool same_turn = i + 1 < order.size() && order[i + 1] == -1;
    broken = broken || (now >= 1 && order[i - 1] == now + 1 && !same_turn &&
                        fails[static_cast<std::size_t>(now)] == 1);
  }
  return {broken, "limit " + std::to_string(limit) + ", " + show(fails) + ", " + show(order)};
}

}  // namespace

const std::vector<Challenge>& challenges() {
  static const std::vector<Challenge> all = {
      {"bound5", bound5, "[[], [], [], [-1], [-32768]]"},
      {"large_union_list", large_union_list, "[[0, 1, -1, 2, -2]]"},
      {"reverse", reverse, "[0, 1]"},
      {"calculator", calculator, "(0 / (0 + 0))"},
      {"lengthlist", lengthlist, "[900]"},
      {"difference_must_not_be_zero", difference_not_zero, "[10, 10]"},
      {"difference_must_not_be_small", difference_not_small, "[10, 6]"},
      {"difference_must_not_be_one", difference_not_one, "[10, 9]"},
      {"coupling", coupling, "[1, 0]"},
      {"nestedlists", nestedlists, "[[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]"},
      {"deletion", deletion, "[0, 0], 0"},
      {"distinct", distinct, "[0, 1, -1]"},
      {"binheap", binheap, "(0, None, (0, (0, None, None), (1, None, None)))"},
      {"own: mutual pointers", mutual_pointers, "[1, 0]"},
      {"own: chain of references", chain, "[-1, 0, 1, 2]"},
      {"own: three alike", three_alike, "[8, 8, 8]"},
      {"own: schedule", schedule, "limit 2, [0, 1, 0], [0, 2, 1]"},
  };
  return all;
}

}  // namespace harness::bench
