#include "harnesses/schedule/same_course.hpp"

#include <algorithm>

#include "harnesses/schedule/labels.hpp"

namespace harness {

bool same_course(const Trace& left, const Trace& right) {
  if (left.stuck != right.stuck || left.listeners != right.listeners ||
      left.closed != right.closed || left.inputs.size() != right.inputs.size()) {
    return false;
  }
  return std::equal(left.events.begin(), left.events.end(), right.events.begin(),
                    right.events.end(), [&](const Event& one, const Event& other) {
                      return one.kind == other.kind && one.index == other.index &&
                             one.flag == other.flag && one.turn == other.turn &&
                             one.call == other.call && one.at == other.at &&
                             show_labelled(one.value, left) == show_labelled(other.value, right);
                    });
}

}  // namespace harness
