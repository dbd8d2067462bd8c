#include "sandbox/input_feed.hpp"

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <utility>

namespace sandbox {
namespace {

// write(2) to a pipe that nobody reads would raise SIGPIPE in the caller's process; here it is only
// an answer.
ssize_t write_without_sigpipe(int fd, const char* data, std::size_t size) {
  sigset_t pipe_signal, before, pending;
  ::sigemptyset(&pipe_signal);
  ::sigaddset(&pipe_signal, SIGPIPE);
  ::sigpending(&pending);
  const bool was_pending = ::sigismember(&pending, SIGPIPE) == 1;
  (void)::pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  const ssize_t wrote = ::write(fd, data, size);
  const int code = errno;
  if (wrote < 0 && code == EPIPE && !was_pending) {
    constexpr timespec kNow{0, 0};
    while (::sigtimedwait(&pipe_signal, nullptr, &kNow) < 0 && errno == EINTR) {
    }
  }
  (void)::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = code;
  return wrote;
}

}  // namespace

InputFeed::InputFeed(base::UniqueFd pipe, std::shared_ptr<const std::string> text)
    : pipe_{std::move(pipe)}, text_{std::move(text)} {}

void InputFeed::feed() {
  while (pipe_.is_open()) {
    if (sent_ == text_->size()) return pipe_.reset();
    const ssize_t wrote =
        write_without_sigpipe(pipe_.get(), text_->data() + sent_, text_->size() - sent_);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0 && errno == EAGAIN) return;
    if (wrote < 0) return pipe_.reset();
    sent_ += static_cast<std::size_t>(wrote);
  }
}

}  // namespace sandbox
