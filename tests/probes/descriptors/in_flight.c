// Tries: to hold more descriptors than it may open, by sending them to itself over sockets and
// closing its own, again and again; full sockets travel too.
// Must end: with 0, refused (ETOOMANYREFS); one message before has passed.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/probes/say.h"

static long send_one(int socket, int fd) {
  char byte = 'x';
  struct iovec part = {&byte, 1};
  union {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr header;
  } control = {{0}};
  struct msghdr message = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  struct cmsghdr* rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(rights), &fd, sizeof fd);
  return sendmsg(socket, &message, MSG_DONTWAIT);
}

int main(void) {
  int outer[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, outer) < 0) return 3;
  (void)say("one descriptor", send_one(outer[0], 0));
  for (int i = 0; i < 100000; ++i) {
    int inner[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, inner) < 0) return 4;
    while (send_one(inner[0], 0) >= 0) continue;
    const long sent = send_one(outer[0], inner[1]);
    const int code = errno;
    (void)close(inner[0]);
    (void)close(inner[1]);
    if (sent >= 0) continue;
    printf("%s, few sockets: %d\n", errno_name(code), i < 1000);
    return 0;
  }
  puts("never refused");
  return 0;
}
