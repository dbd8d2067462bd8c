// InputFeed: gives the program its standard input, as fast as it takes it and never faster.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "sandbox/base/unique_fd.hpp"

namespace sandbox {

class InputFeed {
 public:
  // `pipe` must be non-blocking; not open when there is nothing to feed.
  InputFeed(base::UniqueFd pipe, std::shared_ptr<const std::string> text);

  // To wait for until it is writable; -1 when nothing is left to do.
  [[nodiscard]] int fd() const { return pipe_.get(); }

  // Writes what fits; closes the pipe at the end, or when the program has closed its side.
  void feed();

 private:
  base::UniqueFd pipe_;
  std::shared_ptr<const std::string> text_;
  std::size_t sent_ = 0;
};

}  // namespace sandbox
