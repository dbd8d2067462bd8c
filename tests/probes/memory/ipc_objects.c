// Tries: System V and POSIX objects, which outlive their processes: segments, queues, semaphores.
// Must end: with 0, each refused; a shared mapping between its own processes works.
#include <mqueue.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  (void)say("shmget", shmget(IPC_PRIVATE, 1 << 20, IPC_CREAT | 0600));
  (void)say("shmget by key", shmget(0x6a75, 1 << 20, IPC_CREAT | 0666));
  (void)say("msgget", msgget(IPC_PRIVATE, IPC_CREAT | 0600));
  (void)say("semget", semget(IPC_PRIVATE, 1, IPC_CREAT | 0600));
  (void)say("mq_open", mq_open("/queue", O_CREAT | O_RDWR, 0600, NULL));
  int* cell = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (fork() == 0) {
    *cell = 7;
    _exit(0);
  }
  (void)wait(NULL);
  printf("shared mapping: %d\n", *cell);
  return 0;
}
