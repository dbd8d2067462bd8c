// Tries: a macro that becomes ten of another, nine times over: a gibibyte of text from ten lines.
// Must end: at a limit.
#define A "laugh"
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define E D D D D D D D D D D
#define F E E E E E E E E E E
#define G F F F F F F F F F F
#define H G G G G G G G G G G
#define I H H H H H H H H H H
#define J I I I I I I I I I I
const char* text = J;
int main() {}
