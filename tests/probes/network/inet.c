// Tries: to reach anybody: itself by loopback, the outside, the metadata address of clouds, all
// hosts of the link; over streams, datagrams, raw packets, IPv4 and IPv6.
// Must end: with 0; no socket can be had, a pair of its own works.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/probes/say.h"

int main(void) {
  (void)say("tcp", socket(AF_INET, SOCK_STREAM, 0));
  (void)say("udp", socket(AF_INET, SOCK_DGRAM, 0));
  (void)say("icmp", socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP));
  (void)say("raw", socket(AF_INET, SOCK_RAW, IPPROTO_RAW));
  (void)say("sctp", socket(AF_INET, SOCK_SEQPACKET, IPPROTO_SCTP));
  (void)say("mptcp", socket(AF_INET, SOCK_STREAM, 262));
  (void)say("tcp 6", socket(AF_INET6, SOCK_STREAM, 0));
  (void)say("udp 6", socket(AF_INET6, SOCK_DGRAM, 0));
  (void)say("lying upper half", socket((int)(0x80000000U | AF_INET), SOCK_STREAM, 0));
  int pair[2];
  (void)say("own pair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  (void)say("pair of another family", socketpair(AF_INET, SOCK_STREAM, 0, pair));
  return 0;
}
