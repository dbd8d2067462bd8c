// Tries: to include itself twice, at every depth: two to the hundred and fiftieth times.
// Must end: at a limit.
#if __INCLUDE_LEVEL__ < 150
#include __FILE__
#include __FILE__
#endif
