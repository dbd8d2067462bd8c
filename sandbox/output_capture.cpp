#include "sandbox/output_capture.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <utility>

namespace sandbox {

OutputCapture::OutputCapture(base::UniqueFd output, base::UniqueFd error, base::Bytes cap)
    : streams_{Stream{std::move(output), {}}, Stream{std::move(error), {}}}, cap_{cap.count()} {}

void OutputCapture::drain() {
  for (Stream& stream : streams_) drain(stream);
}

void OutputCapture::drain(Stream& stream) {
  constexpr int kMostReads = 64;  // then the other stream and the limits have their turn
  char chunk[65536];
  for (int i = 0; i < kMostReads && stream.fd.is_open(); ++i) {
    const ssize_t got = ::read(stream.fd.get(), chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      stream.fd.reset();
      return;
    }
    const auto size = static_cast<std::uint64_t>(got);
    const std::uint64_t kept = std::min(size, cap_ - kept_);
    stream.text.append(chunk, static_cast<std::size_t>(kept));
    kept_ += kept;
    seen_ += size;
    if (exceeded()) return;
  }
}

}  // namespace sandbox
