#include "judge/toolchain/toolchain.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <utility>

#include "judge/toolchain/run_tool.hpp"
#include "sandbox/base/io.hpp"

namespace judge {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> search_path() {
  std::vector<std::string> folders;
  const char* path = std::getenv("PATH");
  std::istringstream parts{path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin"};
  for (std::string folder; std::getline(parts, folder, ':');) {
    if (folder.starts_with('/')) folders.push_back(folder);
  }
  folders.emplace_back("/usr/bin");
  return folders;
}

// Every executable of that name on the search path, in its order.
std::vector<std::string> candidates(const std::string& name) {
  std::vector<std::string> found;
  for (const std::string& folder : search_path()) {
    const std::string path = folder + "/" + name;
    if (::access(path.c_str(), X_OK) == 0) found.push_back(path);
  }
  return found;
}

bool is_below(const std::string& path, const std::string& folder) {
  return path.starts_with(folder + "/");
}

// The system's folders are visible in every sandbox; anything else brings its own folder along.
std::vector<sandbox::ReadOnlyBind> binds_for(const std::string& folder) {
  for (const char* system : {"/usr", "/lib", "/lib64", "/bin"}) {
    if (folder == system || is_below(folder, system)) return {};
  }
  return {{.source = folder, .target = folder}};
}

// An interpreter below /usr is the distribution's own program. Elsewhere it may be a version
// manager's wrapper, which is asked where the real one is: `script` prints its path, its prefix and
// "major minor".
struct Kind {
  const char* name;
  const char* flag;
  const char* script;
  int oldest_major;
  int oldest_minor;
};
constexpr Kind kNode{"node", "-e",
                     "const [a, b] = process.versions.node.split('.'), p = require('path');"
                     "console.log(process.execPath + '\\n' + "
                     "p.dirname(p.dirname(process.execPath)) + '\\n' + a + ' ' + b)",
                     18, 0};
constexpr Kind kPython{
    "python3", "-c",
    "import sys, os; print(os.path.realpath(sys.executable)); print(sys.base_prefix);"
    "print(sys.version_info[0], sys.version_info[1])",
    3, 9};

std::optional<Tool> ask(const std::string& path, const Kind& kind) {
  const auto answer = run_tool({path, kind.flag, kind.script});
  if (!answer) return {};
  std::istringstream lines{*answer};
  std::string real;
  std::string prefix;
  int major = 0;
  int minor = 0;
  std::getline(lines, real);
  std::getline(lines, prefix);
  lines >> major >> minor;
  if (!lines || std::pair{major, minor} < std::pair{kind.oldest_major, kind.oldest_minor})
    return {};
  return Tool{.path = real, .host_path = real, .binds = binds_for(prefix)};
}

bool is_program_of_the_distribution(const std::string& real) {
  std::array<char, 4> magic{};
  std::ifstream file{real, std::ios::binary};
  return is_below(real, "/usr") && !is_below(real, "/usr/local") &&
         file.read(magic.data(), magic.size()) &&
         std::string_view{magic.data(), magic.size()} ==
             "\x7f"
             "ELF";
}

std::optional<Tool> find_interpreter(const Kind& kind) {
  const std::vector<std::string> paths = candidates(kind.name);
  for (const std::string& path : paths) {
    std::error_code ignored;
    const std::string real = fs::canonical(path, ignored).string();
    if (is_program_of_the_distribution(real))
      return Tool{.path = real, .host_path = real, .binds = {}};
  }
  for (const std::string& path : paths) {
    if (auto found = ask(path, kind)) return found;
  }
  return {};
}

std::optional<Tool> find_compiler(const std::string& name) {
  for (const std::string& path : candidates(name)) {
    std::error_code ignored;
    const std::string real = fs::canonical(path, ignored).string();
    if (is_below(real, "/usr")) return Tool{.path = real, .host_path = real, .binds = {}};
  }
  return {};
}

// The package's own entry is a script; the native program that it starts is in the platform's
// package.
std::optional<Tool> find_esbuild() {
  const std::string path = node_modules_folder() + "/@esbuild/linux-x64/bin/esbuild";
  if (::access(path.c_str(), X_OK) != 0) return {};
  return Tool{.path = "/judge/esbuild",
              .host_path = path,
              .binds = {{.source = path, .target = "/judge/esbuild"}}};
}

base::Error missing(const std::string& what, const std::string& remedy) {
  return base::Error{base::Error::Kind::system, what + " is not on this machine; " + remedy};
}

}  // namespace

std::string version_of(const Tool& tool) {
  const auto answer = run_tool({tool.host_path, "--version"});
  return answer ? answer->substr(0, answer->find('\n')) : "does not answer --version";
}

std::string node_modules_folder() {
  const char* chosen = std::getenv("JUDGE_NODE_MODULES");
  return chosen != nullptr ? chosen : JUDGE_DEFAULT_NODE_MODULES;
}

base::Result<Toolchain> Toolchain::find() {
  Toolchain found;
  auto node = find_interpreter(kNode);
  if (!node)
    return base::fail(missing("Node.js 18 or later", "run scripts/setup, or install nodejs"));
  found.node = std::move(*node);
  auto acorn = base::read_file(node_modules_folder() + "/acorn/dist/acorn.mjs");
  if (!acorn) {
    return base::fail(missing("the npm package acorn",
                              "run scripts/setup, or set JUDGE_NODE_MODULES to the "
                              "node_modules folder that holds it (looked in " +
                                  node_modules_folder() + ")"));
  }
  found.acorn = std::make_shared<const std::string>(std::move(*acorn));
  found.esbuild = find_esbuild();
  found.python = find_interpreter(kPython);
  found.cxx = find_compiler("g++");
  found.cc = find_compiler("gcc");
  return found;
}

base::Result<const Tool*> Toolchain::require(Language language) const {
  switch (language) {
    case Language::javascript:
      return &node;
    case Language::typescript:
      if (esbuild) return &*esbuild;
      return base::fail(missing("esbuild, which TypeScript needs,", "run scripts/setup"));
    case Language::python:
      if (python) return &*python;
      return base::fail(missing("Python 3.9 or later", "run scripts/setup, or install python3"));
    case Language::cpp:
      if (cxx) return &*cxx;
      return base::fail(missing("g++", "run scripts/setup, or install g++"));
    case Language::c:
      if (cc) return &*cc;
      return base::fail(missing("gcc", "run scripts/setup, or install gcc"));
  }
  return base::internal("unknown language");
}

}  // namespace judge
