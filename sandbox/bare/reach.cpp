#include "sandbox/bare/reach.hpp"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string_view>
#include <utility>

#include "sandbox/setup_step.hpp"
#include "sandbox/slot_recipe.hpp"

namespace sandbox {
namespace {

using Access = wire::Reach::Access;
using Folder = std::unique_ptr<DIR, int (*)(DIR*)>;

}  // namespace

base::Result<std::vector<Reachable>> reachable(const Program& program, const PathMap& paths) {
  std::vector<Reachable> all;
  // The system, and those of its settings without which runtimes do not start: they take a missing
  // file for granted, but not one that they may not read. Nothing of it is a secret.
  const auto look = [&](std::string_view path) {
    std::string there{path};
    if (::access(there.c_str(), F_OK) == 0) all.push_back({std::move(there), Access::look});
  };
  for (const std::string_view path : kSystemFolders) look(path);
  for (const std::string_view path : kSystemSettings) look(path);
  for (const std::string_view path : {"/etc/ssl/openssl.cnf", "/etc/localtime"}) look(path);
  const Folder etc{::opendir("/etc"), &::closedir};
  // NOLINTNEXTLINE(concurrency-mt-unsafe): this stream is ours alone, readdir(3) is safe then
  while (const dirent* entry = etc == nullptr ? nullptr : ::readdir(etc.get())) {
    const std::string_view name = static_cast<const char*>(entry->d_name);
    if (name.starts_with("python3") || name.starts_with("java-")) {
      all.push_back({"/etc/" + std::string{name}, Access::look});
    }
  }
  for (const std::string_view path : kDevices) all.push_back({std::string{path}, Access::device});
  for (const ReadOnlyBind& bind : program.binds) {
    struct stat about {};
    if (::stat(bind.source.c_str(), &about) < 0) {
      return base::fail(setup_error(SetupStep::open_bind, errno, bind.source));
    }
    all.push_back({bind.source, Access::look});
  }
  for (const std::string& folder : file_folders(program)) {
    all.push_back({paths.path(folder), Access::look});
  }
  all.push_back({paths.path("/tmp"), Access::everything});
  return all;
}

}  // namespace sandbox
