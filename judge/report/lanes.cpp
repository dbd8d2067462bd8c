#include "judge/report/lanes.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "harnesses/schedule/labels.hpp"
#include "harnesses/schedule/values.hpp"
#include "judge/grading/evidence.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

using Kind = harness::Event::Kind;

constexpr std::size_t kMostColumns = 18;
constexpr std::size_t kColumnWidth = 4;  // at least
constexpr std::size_t kLongestName = 40;

// One input's or the call's line: a mark in some columns, and whether the time before a column was
// spent running.
struct Lane {
  std::string name;
  std::string what{};                          // it was, behind the name
  bool returns_promise = true;                 // of a call
  bool is_given = false;                       // of an input: it is there before it starts
  std::map<std::size_t, std::string> marks{};  // column, one character wide
  std::size_t from = 0;
  std::size_t to = 0;
  bool runs = false;
  std::string outcome{};
  std::size_t outcome_at = 0;
};

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

class Drawing {
 public:
  Drawing(const harness::Trace& trace, const std::vector<TraceLine>& lines)
      : trace_{trace}, lines_{lines} {
    if (trace.operations.empty()) {
      calls_.push_back({.name = "call", .to = lines.size(), .runs = true});
    }
    for (std::uint32_t call = 0; call < trace.calls.size(); ++call) {
      calls_.push_back({.name = harness::call_label(trace, call).value_or("")});
    }
    for (std::uint32_t i = 0; i < trace.inputs.size(); ++i) {
      Lane lane;
      lane.name = harness::input_name(trace, i);
      lane.is_given = trace.inputs[i].kind != harness::ControlledKind::invocation;
      if (trace.inputs[i].kind == harness::ControlledKind::promise)
        begin(lane, 0, harness::settles_later(trace.inputs[i]));
      inputs_.push_back(std::move(lane));
    }
    std::size_t column = 0;
    for (const harness::Event& event : trace.events) {
      if (event.kind == Kind::returned) calls_[event.call].returns_promise = event.flag;
      if (is_shown(event, trace)) place(event, ++column);
    }
  }

  // In ms, of each column.
  [[nodiscard]] std::vector<std::int64_t> times() const {
    std::vector<std::int64_t> times;
    for (const harness::Event& event : trace_.events) {
      if (is_shown(event, trace_)) times.push_back(event.at);
    }
    return times;
  }

  [[nodiscard]] std::vector<Lane> lanes() const {
    std::vector<Lane> all = inputs_;
    for (const Lane& call : calls_) {
      // The object's construction is worth a line when something came of it that is.
      if (call.runs || !call.marks.empty()) all.push_back(call);
    }
    return all;
  }

 private:
  static void begin(Lane& lane, std::size_t column, bool keeps_running) {
    lane.from = column;
    lane.runs = true;
    lane.to = keeps_running ? std::numeric_limits<std::size_t>::max() : column;
    if (column > 0) lane.marks[column] = "●";
  }

  static void end(Lane& lane, std::size_t column, const char* mark, const std::string& outcome) {
    lane.to = column;
    lane.marks[column] = mark;
    lane.outcome = outcome;
    lane.outcome_at = column;
  }

  void place(const harness::Event& event, std::size_t column) {
    const std::string& detail = lines_[column - 1].detail;
    switch (event.kind) {
      case Kind::invoked:
        inputs_[event.index].what = "(" + detail.substr(1, detail.size() - 2) + ")";
        return place_start(event.index, column);
      case Kind::started:
        return place_start(event.index, column);
      case Kind::operation:
        begin(calls_[event.call], column, true);
        calls_[event.call].what = " " + harness::describe_call(trace_, event.call);
        return;
      case Kind::settle:
        return end(inputs_[event.index], column, event.flag ? "✓" : "✗", detail);
      case Kind::aborted:
        if (event.flag) return end(inputs_[event.index], column, "!", "heeds its signal");
        inputs_[event.index].marks[column] = "!";
        return;
      case Kind::threw:
        return end(calls_[event.call], column, "✗", "throws " + detail);
      case Kind::rejected:
        return end(calls_[event.call], column, "✗", "rejects with " + detail);
      case Kind::fulfilled:
        return end(calls_[event.call], column, "✓",
                   (calls_[event.call].returns_promise ? "fulfils with " : "returns ") + detail);
      case Kind::cancel:
      case Kind::abort:
        calls_[event.call].marks[column] = "!";
        return;
      case Kind::unhandled:
      case Kind::uncaught:
        if (!calls_.empty()) calls_.back().marks[column] = "⚠";
        return;
      case Kind::returned:
      case Kind::wait:
      case Kind::advance:
      case Kind::rest:
        return;
    }
  }

  void place_start(std::uint32_t index, std::size_t column) {
    const harness::Input& input = trace_.inputs[index];
    Lane& lane = inputs_[index];
    begin(lane, column, harness::settles_later(input));
    if (!harness::settles_later(input)) {
      const harness::Value& value = input.fails ? input.error : input.value;
      lane.outcome = input.how + " " + harness::show_labelled(value, trace_);
      lane.outcome_at = column;
    }
  }

  const harness::Trace& trace_;
  const std::vector<TraceLine>& lines_;
  std::vector<Lane> inputs_;
  std::vector<Lane> calls_;  // by number
};

std::string cell(const Lane& lane, std::size_t column, std::size_t width) {
  const bool before = lane.runs && column > lane.from && column <= lane.to;
  const auto mark = lane.marks.find(column);
  std::string text;
  for (std::size_t i = 0; i + 1 < width; ++i) text += before ? "─" : " ";
  if (mark != lane.marks.end()) return text + mark->second;
  return text + (before ? "─" : " ");
}

std::string right_aligned(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

std::string trimmed(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::string shown_name(const Lane& lane) {
  return base::escape(lane.name + lane.what, kLongestName);
}

// The columns that are shown, counted from 1.
struct Window {
  std::size_t first;
  std::size_t last;

  [[nodiscard]] bool contains(std::size_t column) const {
    return column >= first && column <= last;
  }
};

// What came after the failure explains nothing, what came long before it little.
Window window_of(const Evidence& evidence) {
  const auto failed_at = static_cast<std::size_t>(std::max(1, evidence.failed_at.value_or(0)));
  const std::size_t all = evidence.trace.size();
  const std::size_t last = evidence.failed_at ? std::min(all, failed_at) : all;
  return {.first = last > kMostColumns ? last - kMostColumns + 1 : 1, .last = last};
}

bool has_part_in(const Window& window, const Lane& lane) {
  if (lane.is_given && window.first == 1) return true;
  const bool is_marked = std::any_of(lane.marks.begin(), lane.marks.end(),
                                     [&](const auto& mark) { return window.contains(mark.first); });
  return is_marked || (lane.runs && lane.from < window.first && lane.to >= window.first);
}

std::string legend(const std::vector<Lane>& lanes) {
  static const std::vector<std::pair<std::string, std::string>> kMeanings = {
      {"●", "starts"},
      {"✓", "succeeds"},
      {"✗", "fails"},
      {"!", "aborted"},
      {"⚠", "nobody handles it"}};
  std::string text;
  for (const auto& [mark, meaning] : kMeanings) {
    const bool used = std::any_of(lanes.begin(), lanes.end(), [&mark = mark](const Lane& lane) {
      return std::any_of(lane.marks.begin(), lane.marks.end(),
                         [&](const auto& each) { return each.second == mark; });
    });
    if (used) text += (text.empty() ? "" : "  ") + mark + " " + meaning;
  }
  return text;
}

// Where names and columns stand, so that all lines fit below each other.
class Grid {
 public:
  Grid(const std::vector<Lane>& lanes, std::vector<std::int64_t> times, const Window& window)
      : times_{std::move(times)}, window_{window} {
    for (const Lane& lane : lanes) names_ = std::max(names_, shown_name(lane).size());
  }

  [[nodiscard]] std::string numbers() const {
    return line("", [](std::size_t column) { return std::to_string(column); });
  }
  // Nothing where no time passes.
  [[nodiscard]] std::string clock() const {
    if (times_.front() == times_.back()) return {};
    return line("ms", [&](std::size_t column) { return time_in(column); });
  }
  [[nodiscard]] std::string lane(const Lane& lane) const {
    std::string text = "  " + padded(shown_name(lane), names_);
    for (std::size_t column = window_.first; column <= window_.last; ++column) {
      text += cell(lane, column, width_of(column));
    }
    if (window_.contains(lane.outcome_at)) text += "  " + lane.outcome;
    return trimmed(std::move(text));
  }
  // What stands before the mark of the last column.
  [[nodiscard]] std::string before_last() const {
    std::size_t width = 2 + names_ - 1;
    for (std::size_t column = window_.first; column <= window_.last; ++column) {
      width += width_of(column);
    }
    return std::string(width, ' ');
  }

 private:
  // Where it is another than in the column before.
  [[nodiscard]] std::string time_in(std::size_t column) const {
    const std::int64_t time = times_[column - 1];
    const bool is_news = column == window_.first || time != times_[column - 2];
    return is_news ? std::to_string(time) : "";
  }
  [[nodiscard]] std::size_t width_of(std::size_t column) const {
    return std::max(kColumnWidth, time_in(column).size() + 1);
  }
  template <typename Of>
  [[nodiscard]] std::string line(const std::string& name, const Of& of) const {
    std::string text = "  " + padded(name, names_);
    for (std::size_t column = window_.first; column <= window_.last; ++column) {
      text += right_aligned(of(column), width_of(column));
    }
    return trimmed(std::move(text));
  }

  std::vector<std::int64_t> times_;
  Window window_;
  std::size_t names_ = 4;
};

}  // namespace

std::string draw_lanes(const Evidence& evidence, const Paint& paint) {
  if (!evidence.raw_trace || evidence.trace.empty()) return {};
  const Drawing drawing{*evidence.raw_trace, evidence.trace};
  const Window window = window_of(evidence);
  std::vector<Lane> lanes = drawing.lanes();
  std::erase_if(lanes, [&](const Lane& lane) { return !has_part_in(window, lane); });
  const Grid grid{lanes, drawing.times(), window};

  std::string text;
  if (window.first > 1) {
    text += "  (" + std::to_string(window.first - 1) + " earlier events are in the JSON verdict)\n";
  }
  text += grid.numbers() + "\n";
  if (const std::string clock = grid.clock(); !clock.empty()) text += paint.dim(clock) + "\n";
  for (const Lane& lane : lanes) text += grid.lane(lane) + "\n";
  if (evidence.failed_at.value_or(0) > 0) {
    text += grid.before_last() + paint.red("▲ here") + "\n";
  }
  if (evidence.trace.size() > window.last) {
    text += "  (" + std::to_string(evidence.trace.size() - window.last) +
            " later events are in the JSON verdict)\n";
  }
  for (const Lane& lane : lanes) {
    if (shown_name(lane) == lane.name + lane.what) continue;
    text += "  " + lane.name + " is" + (lane.what.starts_with(' ') ? "" : " ") + lane.what + "\n";
  }
  return text + "  " + paint.dim(legend(lanes)) + "\n";
}

}  // namespace judge
