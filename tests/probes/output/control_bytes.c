// Tries: to reach the terminal of whoever looks at its output: escape sequences, bells, carriage
// returns, C1 controls, bidirectional marks, a zero byte, broken UTF-8.
// Must end: with 0; the report has these bytes as they are, and nobody shows them so.
#include <stdio.h>

int main(void) {
  static const char kBytes[] =
      "\x1b]0;title\x07\x1b[2J\x1b[31mred\x1b[0m\rover\x08\x7f\xc2\x9b"
      "31m\xe2\x80\xae"
      "evil\xff\xc0\x80\0end\n";
  (void)fwrite(kBytes, 1, sizeof kBytes - 1, stdout);
  return 0;
}
