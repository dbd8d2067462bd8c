#include "judge/report/lanes.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "harnesses/schedule/labels.hpp"
#include "judge/grading/evidence.hpp"

namespace judge {
namespace {

using Kind = harness::Event::Kind;

constexpr std::size_t kMostColumns = 24;
constexpr std::size_t kColumnWidth = 4;

// One input's or the call's line: a mark in some columns, and whether the time before a column was
// spent running.
struct Lane {
  std::string name;
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
      if (trace.inputs[i].kind == harness::ControlledKind::promise)
        begin(lane, 0,
              trace.inputs[i].how == "later" || trace.inputs[i].how.starts_with("thenable"));
      inputs_.push_back(std::move(lane));
    }
    std::size_t column = 0;
    for (const harness::Event& event : trace.events) {
      if (is_shown(event, trace)) place(event, ++column);
    }
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
    lane.to = keeps_running ? kMostColumns : column;
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
      case Kind::started:
      case Kind::invoked:
        return place_start(event.index, column);
      case Kind::operation:
        begin(calls_[event.call], column, true);
        calls_[event.call].name += " " + harness::describe_call(trace_, event.call);
        return;
      case Kind::settle:
        return end(inputs_[event.index], column, event.flag ? "✓" : "✗", detail);
      case Kind::aborted:
        inputs_[event.index].marks[column] = "!";
        return;
      case Kind::threw:
      case Kind::rejected:
        return end(calls_[event.call], column, "✗", "rejects with " + detail);
      case Kind::fulfilled:
        return end(calls_[event.call], column, "✓", "fulfils with " + detail);
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
    begin(lane, column, input.how == "later");
    if (input.how != "later") {
      lane.outcome = input.how;
      lane.outcome_at = column;
    }
  }

  const harness::Trace& trace_;
  const std::vector<TraceLine>& lines_;
  std::vector<Lane> inputs_;
  std::vector<Lane> calls_;  // by number
};

std::string cell(const Lane& lane, std::size_t column) {
  const bool before = lane.runs && column > lane.from && column <= lane.to;
  const auto mark = lane.marks.find(column);
  std::string text;
  for (std::size_t i = 0; i + 1 < kColumnWidth; ++i) text += before ? "─" : " ";
  if (mark != lane.marks.end()) return text + mark->second;
  return text + (before ? "─" : " ");
}

// What came after the failure explains nothing.
std::size_t shown_columns(const Evidence& evidence) {
  const std::size_t all = std::min(evidence.trace.size(), kMostColumns);
  const auto failed_at = static_cast<std::size_t>(std::max(1, evidence.failed_at.value_or(0)));
  return evidence.failed_at ? std::min(all, failed_at) : all;
}

std::string legend(const std::vector<Lane>& lanes) {
  static const std::vector<std::pair<std::string, std::string>> kMeanings = {
      {"●", "starts"},
      {"✓", "fulfils"},
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

}  // namespace

std::string draw_lanes(const Evidence& evidence, const Paint& paint) {
  if (!evidence.raw_trace || evidence.trace.empty()) return {};
  const std::vector<Lane> lanes = Drawing{*evidence.raw_trace, evidence.trace}.lanes();
  const std::size_t columns = shown_columns(evidence);
  std::size_t width = 4;
  for (const Lane& lane : lanes) width = std::max(width, lane.name.size());

  std::string text = "  " + padded("", width);
  for (std::size_t column = 1; column <= columns; ++column) {
    const std::string number = std::to_string(column);
    text += std::string(kColumnWidth - number.size(), ' ') + number;
  }
  text += "\n";
  for (const Lane& lane : lanes) {
    std::string line;
    for (std::size_t column = 1; column <= columns; ++column) line += cell(lane, column);
    text += "  " + padded(lane.name, width) + line +
            (lane.outcome.empty() || lane.outcome_at > columns ? "" : "  " + lane.outcome) + "\n";
  }
  if (evidence.failed_at && *evidence.failed_at > 0 &&
      static_cast<std::size_t>(*evidence.failed_at) <= columns) {
    text += "  " + padded("", width) +
            std::string(kColumnWidth * static_cast<std::size_t>(*evidence.failed_at) - 1, ' ') +
            paint.red("▲ here") + "\n";
  }
  if (evidence.trace.size() > columns) {
    text += "  (" + std::to_string(evidence.trace.size() - columns) +
            " later events are in the JSON verdict)\n";
  }
  return text + "  " + paint.dim(legend(lanes)) + "\n";
}

}  // namespace judge
