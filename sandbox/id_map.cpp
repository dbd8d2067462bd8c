#include "sandbox/id_map.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <random>
#include <sstream>

#include "sandbox/bare/user_processes.hpp"
#include "sandbox/setup_step.hpp"

namespace sandbox {
namespace {

constexpr uid_t kProgramInside = 1000;
// Far above everything that distributions and container engines hand out.
constexpr std::uint64_t kFirst = wire::kFirstHighId;
constexpr std::uint64_t kPairs = 0x04000000;

struct Range {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

Range largest_range(const std::string& visible) {
  Range best;
  std::istringstream lines{visible};
  for (std::uint64_t first = 0, parent = 0, count = 0; lines >> first >> parent >> count;) {
    if (count > best.count) best = Range{first, count};
  }
  return best;
}

// In a container with fewer ids: the upper half of what there is.
Range usable_range(const std::string& visible) {
  const Range all = largest_range(visible);
  if (all.first <= kFirst && all.first + all.count >= kFirst + 2 * kPairs) return {kFirst, kPairs};
  return Range{all.first + all.count / 2, all.count / 4};
}

std::string line(uid_t inside, std::uint64_t outside) {
  return std::to_string(inside) + " " + std::to_string(outside) + " 1\n";
}

base::Result<IdMap> make_range(unsigned number, const std::string& visible) {
  const Range pairs = usable_range(visible);
  if (pairs.count == 0 || pairs.first < 1000) {
    return base::fail(setup_error(SetupStep::map_ids, EPERM, "too few ids to hand out"));
  }
  const std::uint64_t outside = pairs.first + 2 * (number % pairs.count);
  IdMap map;
  map.inside = wire::Identity{.range = 1, .slot = 0, .payload = kProgramInside};
  map.payload_outside = static_cast<uid_t>(outside + 1);
  map.uid_text = line(0, outside) + line(kProgramInside, outside + 1);
  map.gid_text = map.uid_text;
  return map;
}

}  // namespace

base::Result<IdMap> IdMap::make(IdKind kind, unsigned number, const std::string& visible) {
  if (kind == IdKind::range) return make_range(number, visible);
  // The host's root must never be an id inside. Root of a container that maps it to somebody else
  // is not that.
  const Range all = largest_range(visible);
  if (::geteuid() == 0 && all.first == 0 && all.count > 65536) {
    return base::fail(setup_error(SetupStep::map_ids, EPERM, "the host's root"));
  }
  IdMap map;
  map.inside = wire::Identity{.range = 0, .slot = kProgramInside, .payload = kProgramInside};
  map.payload_outside = ::geteuid();
  map.uid_text = line(kProgramInside, ::geteuid());
  map.gid_text = line(kProgramInside, ::getegid());
  return map;
}

base::Result<IdMap> IdMap::make_bare(IdKind kind, unsigned number, const std::string& visible) {
  IdMap map;
  if (kind == IdKind::single) {
    if (::geteuid() == 0) return base::fail(setup_error(SetupStep::map_ids, EPERM, "root itself"));
    map.payload_outside = ::geteuid();
  } else {
    // The kernel counts processes per id over all containers that share ids with this one, where a
    // caller may have the same pid: so it begins somewhere else.
    static const unsigned start = std::random_device{}();
    JUDGE_TRY(map, make_range(start + number, visible));
    if (has_processes(map.payload_outside)) {
      return base::fail(setup_error(SetupStep::map_ids, EBUSY, "an id that somebody has"));
    }
  }
  map.inside.slot = ::geteuid();
  map.inside.payload = map.payload_outside;
  return map;
}

}  // namespace sandbox
