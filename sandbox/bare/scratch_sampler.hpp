// ScratchSampler: how much a program has written into its folder, by walking it, where the folder
// is no file system of its own with a cap. Weaker than one: what is written between two looks is
// seen late, and a file that is deleted while it is open is not seen at all.
#pragma once

#include <cstdint>
#include <string>

#include "sandbox/base/bytes.hpp"
#include "sandbox/base/unique_fd.hpp"

namespace sandbox {

class ScratchSampler {
 public:
  // An empty `folder` is never over its limits.
  ScratchSampler(const std::string& folder, base::Bytes bytes, int inodes);

  [[nodiscard]] bool is_open() const { return folder_.is_open(); }
  // More bytes or files than the limits, or folders deeper than anybody needs, where looking would
  // become expensive. The program may change everything meanwhile; no link is followed.
  [[nodiscard]] bool is_over() const;

 private:
  struct Found {
    std::uint64_t bytes = 0;
    std::int64_t inodes = 0;
    bool too_deep = false;
  };
  void look(int folder, int depth, Found& found) const;
  [[nodiscard]] bool exceeds(const Found& found) const;

  base::UniqueFd folder_;
  std::uint64_t bytes_;
  std::int64_t inodes_;
};

}  // namespace sandbox
