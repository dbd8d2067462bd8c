// NewFolder: files written into a folder that must not have held anything before.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/result.hpp"

namespace judge {

class NewFolder {
 public:
  // Makes the folder, its parents too. One that exists must be empty.
  [[nodiscard]] static base::Result<NewFolder> make(std::filesystem::path path);

  // `name` is a path below the folder, which must not exist yet.
  base::Status write(const std::string& name, std::string_view content);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::vector<std::string>& written() const { return written_; }

 private:
  explicit NewFolder(std::filesystem::path path) : path_{std::move(path)} {}

  std::filesystem::path path_;
  std::vector<std::string> written_;
};

}  // namespace judge
