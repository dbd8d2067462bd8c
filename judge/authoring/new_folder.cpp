#include "judge/authoring/new_folder.hpp"

#include <fstream>
#include <utility>

namespace judge {

namespace fs = std::filesystem;

base::Result<NewFolder> NewFolder::make(fs::path path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return base::invalid_input(path.string() + ": " + error.message());
  const bool is_empty = fs::is_empty(path, error);
  if (error) return base::invalid_input(path.string() + ": " + error.message());
  if (!is_empty) {
    return base::invalid_input(path.string() + ": is not empty; choose a folder that is new");
  }
  return NewFolder{std::move(path)};
}

base::Status NewFolder::write(const std::string& name, std::string_view content) {
  const fs::path file = path_ / name;
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream stream{file, std::ios::binary | std::ios::trunc};
  stream << content << std::flush;
  if (!stream) return base::invalid_input(file.string() + ": cannot be written");
  written_.push_back(name);
  return {};
}

}  // namespace judge
