// draw_lanes, declared in report.hpp.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "harnesses/history/ascii.hpp"
#include "harnesses/history/report.hpp"

namespace harness::history {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kGap = 3;  // from a process's return to its next call

std::string name_of(ProcessId process, std::string_view noun) {
  return std::string{noun} + " " + std::to_string(static_cast<std::uint32_t>(process));
}

bool has_ended(const Operation& operation) {
  return operation.ending != Operation::Ending::pending;
}

// An operation on its lane: `|-- label --|` between two columns, or `|-- label ...` from one.
struct Bar {
  const Operation* operation;
  std::string label;
  std::size_t from = 0;
  std::size_t to = 0;  // its last column

  [[nodiscard]] std::size_t least_width() const {
    return label.size() + std::string_view{has_ended(*operation) ? "|-  -|" : "|-  ..."}.size();
  }

  void draw_on(std::string& lane) const {
    const std::size_t width = to - from + 1;
    const bool ended = has_ended(*operation);
    const std::size_t dashes = width - label.size() - (ended ? 4 : 6);
    const std::size_t before = ended ? dashes / 2 : dashes;
    std::string text = "|" + std::string(before, '-') + " " + label + " ";
    text += ended ? std::string(dashes - before, '-') + "|" : "...";
    if (lane.size() < to + 1) lane.resize(to + 1, ' ');
    lane.replace(from, text.size(), text);
  }
};

class Layout {
 public:
  explicit Layout(std::vector<Bar> bars) : bars_{std::move(bars)} { place(); }

  [[nodiscard]] std::size_t width() const { return width_; }

  [[nodiscard]] std::map<ProcessId, std::string> lanes() const {
    std::map<ProcessId, std::string> lanes;
    for (const Bar& bar : bars_) bar.draw_on(lanes[bar.operation->call.process]);
    return lanes;
  }

 private:
  // Columns from left to right in the order of the events: none before an earlier event, each bar
  // as wide as its label needs.
  void place() {
    std::vector<std::pair<std::size_t, Bar*>> events;
    for (Bar& bar : bars_) {
      events.emplace_back(bar.operation->call_position, &bar);
      if (has_ended(*bar.operation)) events.emplace_back(bar.operation->end_position, &bar);
    }
    std::ranges::sort(events, {}, &std::pair<std::size_t, Bar*>::first);
    std::map<ProcessId, std::size_t> free_from;
    std::size_t column = 0;
    for (const auto& [position, bar] : events) {
      const ProcessId process = bar->operation->call.process;
      if (position == bar->operation->call_position) {
        bar->from = std::max(column, free_from[process]);
        bar->to = bar->from + bar->least_width() - 1;
        column = bar->from + 1;
      } else {
        bar->to = std::max(column, bar->to);
        column = bar->to + 1;
      }
      free_from[process] = bar->to + kGap;
      width_ = std::max(width_, bar->to + 1);
    }
  }

  std::vector<Bar> bars_;
  std::size_t width_ = 0;
};

std::string draw(const Layout& layout, std::string_view noun, std::size_t name_width) {
  const std::size_t room = kColumns - kIndent - name_width - 2;
  std::string text;
  for (std::size_t from = 0; from < layout.width(); from += room) {
    if (from > 0) text += "\n";
    for (const auto& [process, lane] : layout.lanes()) {
      if (lane.size() <= from) continue;
      std::string name = name_of(process, noun);
      name.resize(name_width, ' ');
      std::string row = std::string(kIndent, ' ') + name + "  " + lane.substr(from, room);
      row.erase(row.find_last_not_of(' ') + 1);
      text += row + "\n";
    }
  }
  return text;
}

}  // namespace

std::string draw_lanes(const History& history, std::span<const std::size_t> operations,
                       std::string_view noun) {
  std::size_t name_width = 0;
  std::vector<Bar> bars;
  for (const std::size_t i : operations) {
    const Operation& operation = history.operations()[i];
    bars.push_back({.operation = &operation, .label = {}});
    name_width = std::max(name_width, name_of(operation.call.process, noun).size());
  }
  for (const std::size_t limit : {40U, 16U, 8U}) {
    for (Bar& bar : bars) bar.label = ascii(to_string(*bar.operation, limit));
    const Layout layout{bars};
    if (kIndent + name_width + 2 + layout.width() <= kColumns)
      return draw(layout, noun, name_width);
  }
  std::string legend;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    bars[i].label = std::to_string(i + 1);
    const std::string row = "  " + bars[i].label + "  " + ascii(to_string(*bars[i].operation));
    legend += cut(row, kColumns) + "\n";
  }
  return draw(Layout{bars}, noun, name_width) + legend;
}

}  // namespace harness::history
