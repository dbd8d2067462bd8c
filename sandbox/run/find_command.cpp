#include "sandbox/run/find_command.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "sandbox/base/error.hpp"
#include "sandbox/base/escape.hpp"

namespace sandbox_run {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kPath{"/usr/local/bin", "/usr/bin", "/bin"};

bool is_below(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_given(const Request& request, std::string_view path) {
  const auto covers = [&](const auto& each) { return is_below(path, each.target); };
  return std::ranges::any_of(request.reads, covers) || std::ranges::any_of(request.copies, covers);
}

bool is_of_the_system(const fs::path& file) {
  const std::string path = file.string();
  return is_below(path, "/etc/alternatives") ||
         std::ranges::any_of(sandbox::kSystemFolders,
                             [&](std::string_view each) { return is_below(path, each); });
}

// Where a --read shows `file`; both without links.
std::optional<std::string> place_inside(const Request& request, const std::string& file) {
  for (const sandbox::ReadOnlyBind& read : request.reads) {
    std::error_code ignored;
    const std::string source = fs::canonical(read.source, ignored).string();
    if (!source.empty() && is_below(file, source)) return read.target + file.substr(source.size());
  }
  return std::nullopt;
}

// `name` as the person wrote it, for messages.
Outcome<Command> show_file(const Request& request, const std::string& name, const fs::path& path) {
  std::error_code error;
  const fs::path file = fs::canonical(path, error);
  if (error) {
    const int code = error.value();
    const bool absent = code == ENOENT || code == ENOTDIR;
    return refuse(absent ? kNotFound : kCannotExecute,
                  base::quoted(name) + ": " + base::describe_errno(code));
  }
  struct stat about {};
  if (::stat(file.c_str(), &about) < 0) {
    return refuse(kCannotExecute, base::quoted(name) + ": " + base::describe_errno(errno));
  }
  if (!S_ISREG(about.st_mode)) {
    return refuse(kCannotExecute, base::quoted(name) + " is no file; name a program");
  }
  if ((about.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) == 0) {
    return refuse(kCannotExecute, base::quoted(name) +
                                      " is not executable; chmod +x it, or name the interpreter "
                                      "that runs it");
  }
  if (is_of_the_system(path) && is_of_the_system(file)) return Command{path.string(), {}};
  if (const auto inside = place_inside(request, file.string())) return Command{*inside, {}};
  const std::string target = "/box/" + path.filename().string();
  if (is_given(request, target)) {
    return refuse(kCannotExecute, base::quoted(name) + " would stand at " + base::quoted(target) +
                                      ", where --read or --copy has put something else; name the "
                                      "command by a path inside");
  }
  return Command{target, sandbox::ReadOnlyBind{file.string(), target}};
}

}  // namespace

Outcome<Command> find_command(const Request& request) {
  const std::string& name = request.command.front();
  if (name.find('\0') != std::string::npos) return refuse(kNotFound, "a name with a zero byte");
  if (name.find('/') != std::string::npos) {
    const fs::path path = fs::absolute(name).lexically_normal();
    if (name.front() == '/' && is_given(request, path.string())) return Command{path.string(), {}};
    return show_file(request, name, path);
  }
  for (const std::string_view folder : kPath) {
    const fs::path path = fs::path{folder} / name;
    std::error_code ignored;
    if (::access(path.c_str(), X_OK) == 0 && !fs::is_directory(path, ignored)) {
      return show_file(request, name, path);
    }
  }
  return refuse(kNotFound, base::quoted(name) +
                               " is not in /usr/local/bin, /usr/bin or /bin; for a program that "
                               "stands elsewhere write its path, e.g. ./" +
                               base::escape(name));
}

}  // namespace sandbox_run
