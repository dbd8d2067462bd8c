#include "judge/submission/source_tree.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <utility>

#include "judge/problem/read_beneath.hpp"
#include "sandbox/base/bytes.hpp"
#include "sandbox/base/escape.hpp"

namespace judge {
namespace {

using namespace base::literals;

constexpr base::Bytes kLargestFile = 1_MiB;
constexpr base::Bytes kLargestTree = 8_MiB;
constexpr std::size_t kMostFiles = 500;
constexpr std::size_t kMostEntries = 20'000;  // skipped ones included
constexpr std::size_t kMostDepth = 16;

constexpr std::string_view kLinkRefused =
    "is a symbolic link, and none is followed; put the file itself there";

bool is_skipped(std::string_view name) {
  return name.starts_with('.') || name == "node_modules" || name == "__pycache__";
}

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

// Walks below `root`, which stays open; every name is opened relative to it, so that nothing can
// lead elsewhere.
class TreeReader {
 public:
  TreeReader(const base::UniqueFd& root, std::string shown)
      : root_{root}, shown_{std::move(shown)} {}

  base::Status read_folder(const std::string& folder, std::size_t depth) {
    if (depth > kMostDepth) return refuse(folder, "lies too deep; nest at most 16 folders");
    JUDGE_TRY(const std::vector<std::string> names, names_in(folder));
    const std::string prefix = folder.empty() ? "" : folder + "/";
    for (const std::string& name : names) {
      std::string path = prefix;
      path.append(name);
      JUDGE_TRY_VOID(read_entry(path, depth));
    }
    return {};
  }

  [[nodiscard]] std::vector<SourceFile> take() { return std::move(files_); }
  [[nodiscard]] bool left_out_packages() const { return left_out_packages_; }

 private:
  // Sorted, so that of several faults the same one is reported each time.
  base::Result<std::vector<std::string>> names_in(const std::string& folder) {
    open_how how{};
    how.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    const char* path = folder.empty() ? "." : folder.c_str();
    const long fd = ::syscall(SYS_openat2, root_.get(), path, &how, sizeof how);
    if (fd < 0) return refuse(folder, "cannot be opened: " + base::describe_errno(errno));
    const Directory directory{::fdopendir(static_cast<int>(fd))};
    if (directory == nullptr) {
      const int code = errno;
      ::close(static_cast<int>(fd));
      return refuse(folder, "cannot be listed: " + base::describe_errno(code));
    }
    std::vector<std::string> names;
    // One stream in one thread is safe (readdir(3), notes).
    // NOLINTNEXTLINE(concurrency-mt-unsafe)
    while (const dirent* entry = ::readdir(directory.get())) {
      if (++entries_ > kMostEntries) {
        return refuse("", "has more than 20000 entries; send the sources alone");
      }
      const std::string_view name = entry->d_name;
      left_out_packages_ = left_out_packages_ || name == "node_modules";
      if (!is_skipped(name)) names.emplace_back(name);
    }
    std::ranges::sort(names);
    return names;
  }

  base::Status read_entry(const std::string& path, std::size_t depth) {
    struct stat status {};
    if (::fstatat(root_.get(), path.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      return refuse(path, "cannot be looked at: " + base::describe_errno(errno));
    }
    if (S_ISLNK(status.st_mode)) return refuse(path, std::string{kLinkRefused});
    if (S_ISDIR(status.st_mode)) return read_folder(path, depth + 1);
    if (files_.size() == kMostFiles)
      return refuse("", "has more than 500 files; send the sources alone");
    auto content = read_beneath(root_, path, Symlinks::refused, kLargestFile.count());
    if (!content) return refuse(path, content.error().message());
    total_ += content->size();
    if (total_ > kLargestTree.count()) {
      return refuse("", "is larger than " + to_string(kLargestTree) + "; send the sources alone");
    }
    files_.push_back(SourceFile{path, std::make_shared<const std::string>(std::move(*content))});
    return {};
  }

  [[nodiscard]] tl::unexpected<base::Error> refuse(const std::string& path,
                                                   const std::string& text) const {
    const std::string where = path.empty() ? shown_ : shown_ + "/" + base::escape(path);
    return base::invalid_input(where + ": " + text);
  }

  const base::UniqueFd& root_;
  std::string shown_;
  std::vector<SourceFile> files_;
  bool left_out_packages_ = false;
  std::size_t entries_ = 0;
  std::size_t total_ = 0;
};

std::string without_trailing_slash(const std::filesystem::path& path) {
  std::string text = path.string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

}  // namespace

base::Result<SourceTree> read_source_tree(const std::filesystem::path& path) {
  const std::string shown = base::escape(without_trailing_slash(path), 1000);
  const auto refuse = [&](std::string_view text) {
    return base::invalid_input(shown + ": " + std::string{text});
  };
  struct stat status {};
  if (::lstat(without_trailing_slash(path).c_str(), &status) != 0) {
    const bool missing = errno == ENOENT || errno == ENOTDIR;
    return refuse(missing ? "does not exist; name a file or folder"
                          : "cannot be looked at: " + base::describe_errno(errno));
  }
  if (S_ISLNK(status.st_mode)) return refuse(kLinkRefused);
  const std::filesystem::path clean{without_trailing_slash(path)};
  const bool is_folder = S_ISDIR(status.st_mode);
  const auto folder = open_folder(is_folder                 ? clean
                                  : clean.has_parent_path() ? clean.parent_path()
                                                            : ".");
  if (!folder) return refuse(folder.error().message());
  if (is_folder) {
    TreeReader reader{*folder, shown};
    JUDGE_TRY_VOID(reader.read_folder("", 0));
    return SourceTree{Layout::folder, reader.take(), reader.left_out_packages()};
  }
  const std::string name = clean.filename().string();
  auto content = read_beneath(*folder, name, Symlinks::refused, kLargestFile.count());
  if (!content) return refuse(content.error().message());
  return SourceTree{Layout::file,
                    {SourceFile{name, std::make_shared<const std::string>(std::move(*content))}}};
}

}  // namespace judge
