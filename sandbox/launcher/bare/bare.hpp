// What launcher, slot and init of a bare slot (tier D) do in place of namespaces. No pid 1 is here
// whose death would end the rest: all three are child subreapers (prctl(2)), and each ends what is
// below it before it goes. Whoever is killed leaves that to the next one above.
#pragma once

#include <linux/openat2.h>
#include <sys/types.h>

#include "sandbox/launcher/run.hpp"
#include "sandbox/launcher/slot.hpp"

namespace sandbox::launcher {

// ---- in the launcher (launcher.cpp) ----

// Also on its behalf: launchers of bare slots make no others. The pid of the slot, 0 in it, or
// -errno.
long clone_bare_slot(unsigned landlock, int unified_group, int& pidfd);
// False when the launcher has no more room for slots.
bool note_bare_slot(pid_t pid, int pidfd, const wire::SlotOrder& order, const char* folder);
// Until something has come on `control`; meanwhile buries slots that were killed.
void wait_for_order(int control);
// Ends all slots and removes their folders.
void end_bare_slots();

// ---- in the slot (slot.cpp) ----

void become_bare_slot(const SlotParts& parts, Slot& slot);
// Until a message has come. Ends the slot when the launcher has gone.
void wait_for_command(const Slot& slot);
// After init has ended: ends what it has left behind, removes the run's files.
void end_bare_run(const Slot& slot, Use& use);
[[noreturn]] void end_bare_slot(const Slot& slot);

// ---- in init (run.cpp) ----

// Everything up to the program's files.
void begin_bare_run(Run& run);
// Nothing of the host, whose files init may read as well: only what stands below the slot's folder.
// -ENOENT elsewhere, or as openat2(2); also what its mode closes to this very user, its owner.
long open_in_folder(const Slot& slot, const char* path, open_how how);

}  // namespace sandbox::launcher
