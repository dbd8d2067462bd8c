// Tries: a hundred megabytes of diagnostics from a few lines: a hundred thousand failed assertions,
// each shown with all the macros that it came from. Must end: output_limit.
#define A static_assert(false, "a message of a certain length, and again a message of some length");
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define E D D D D D D D D D D
#define F E E E E E E E E E E
F
