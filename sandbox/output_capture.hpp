// OutputCapture: what the program writes to standard output and standard error, apart, under one
// common cap.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "sandbox/base/bytes.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace sandbox {

class OutputCapture {
 public:
  struct Stream {
    base::UniqueFd fd;  // not open: hung up
    std::string text;
  };

  // Both ends must be non-blocking.
  OutputCapture(base::UniqueFd output, base::UniqueFd error, base::Bytes cap);

  // Takes what is there now; returns when nothing is, or when the cap is exceeded. Bounded: a flood
  // cannot keep it.
  void drain();

  [[nodiscard]] bool exceeded() const { return seen_ > cap_; }
  // Everything that was written as far as we have read, also past the cap.
  [[nodiscard]] base::Bytes seen() const { return base::Bytes{seen_}; }
  [[nodiscard]] Stream& output() { return streams_[0]; }
  [[nodiscard]] Stream& error() { return streams_[1]; }

 private:
  void drain(Stream& stream);

  std::array<Stream, 2> streams_;
  std::uint64_t cap_;
  std::uint64_t kept_ = 0;
  std::uint64_t seen_ = 0;
};

}  // namespace sandbox
