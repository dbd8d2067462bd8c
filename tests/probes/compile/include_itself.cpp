// Tries: to include itself for ever.
// Must end: refused by the compiler at its own depth, or at a limit.
#include __FILE__
