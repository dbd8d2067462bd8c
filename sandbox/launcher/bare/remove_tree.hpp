// Removing what a program has left behind: through no link, with two descriptors however deep it
// is, also what it has made unreadable. Nobody may change it meanwhile. Without allocation: the
// launcher uses it, and its caller for the folders of launchers that were killed.
#pragma once

namespace sandbox::launcher {

// Removes everything in the open folder, not the folder. True when it is empty afterwards.
bool empty_folder(int folder);

}  // namespace sandbox::launcher
