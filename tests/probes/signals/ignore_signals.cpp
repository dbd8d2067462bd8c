// Tries: to survive every signal that can be ignored, and stops itself for good measure.
// Must end: wall_limit.
#include <unistd.h>

#include <csignal>

int main() {
  for (int signal = 1; signal < NSIG; ++signal) std::signal(signal, SIG_IGN);
  raise(SIGSTOP);
  for (;;) pause();
}
