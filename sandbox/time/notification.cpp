#include "sandbox/time/notification.hpp"

#include <linux/seccomp.h>
#include <sys/ioctl.h>

namespace sandbox::time {
namespace {

bool send(int listener, const seccomp_notif_resp& response) {
  return ::ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0;
}

}  // namespace

bool answer(int listener, __u64 notification, long result) {
  seccomp_notif_resp response{};
  response.id = notification;
  if (result < 0 && result > -4096) {
    response.error = static_cast<__s32>(result);
  } else {
    response.val = result;
  }
  return send(listener, response);
}

bool let_kernel_answer(int listener, __u64 notification) {
  seccomp_notif_resp response{};
  response.id = notification;
  response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  return send(listener, response);
}

}  // namespace sandbox::time
