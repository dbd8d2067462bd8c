// Tries: to leave a daemon behind that keeps all pipes open, in a session of its own, deaf to most
// signals. Must end: with 5 as soon as the main process does; the daemon dies with it.
#include <unistd.h>

#include <csignal>
#include <initializer_list>

int main() {
  if (fork() == 0) {
    setsid();
    for (const int signal : {SIGTERM, SIGHUP, SIGINT, SIGPIPE, SIGQUIT})
      std::signal(signal, SIG_IGN);
    if (fork() != 0) _exit(0);
    for (;;) pause();
  }
  return 5;
}
