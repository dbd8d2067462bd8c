// IdMap: who the sandbox's users are on the host.
//   range   (root) inside 0, the set-up user, and inside 1000, the program, are two ids of a high
//   range that nobody
//           on the host has; the host's root is no id inside
//   single  (anybody) inside 1000 is the caller's own id, and no other exists
#pragma once

#include <sys/types.h>

#include <string>

#include "sandbox/base/result.hpp"
#include "sandbox/wire/order.hpp"

namespace sandbox {

enum class IdKind { range, single };

struct IdMap {
  wire::Identity inside;
  uid_t payload_outside = 0;
  std::string uid_text;  // for /proc/<pid>/uid_map
  std::string gid_text;

  // `number` differs for slots that live at the same time: a range of its own for each, as far as
  // there are enough, so that no resource counted per user is shared. `visible` is the text of
  // /proc/self/uid_map: ids that we can map.
  static base::Result<IdMap> make(IdKind kind, unsigned number, const std::string& visible);
  // Without a user namespace: the same ids, but the program has them outside too. Never root's.
  static base::Result<IdMap> make_bare(IdKind kind, unsigned number, const std::string& visible);
};

}  // namespace sandbox
