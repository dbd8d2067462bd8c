#include "tests/sandbox/containment/outside.hpp"

#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "sandbox/base/escape.hpp"
#include "sandbox/base/io.hpp"

namespace sandbox::test {

namespace fs = std::filesystem;

std::string survivors(const std::string& mark) {
  std::string found;
  std::error_code gone;
  for (fs::directory_iterator entry{"/proc", gone}; entry != fs::directory_iterator{};
       entry.increment(gone)) {
    const std::string name = entry->path().filename().string();
    if (std::isdigit(static_cast<unsigned char>(name.front())) == 0) continue;
    const std::string folder = "/proc/" + name;
    const std::string environment = base::read_file(folder + "/environ").value_or("");
    if (environment.find(mark) == std::string::npos) continue;
    const std::string command = base::read_file(folder + "/comm", 64).value_or("");
    found += (found.empty() ? "" : ", ") + name + " " + base::quoted(command);
  }
  return found;
}

base::Bytes available_memory() {
  static const std::string kKey = "MemAvailable:";
  const std::string text = base::read_file("/proc/meminfo", 4096).value_or("");
  const std::size_t at = text.find(kKey);
  if (at == std::string::npos) return {};
  return base::Bytes{std::strtoull(text.c_str() + at + kKey.size(), nullptr, 10) * 1024};
}

std::size_t open_descriptors() {
  std::error_code unreadable;
  std::size_t count = 0;
  for (fs::directory_iterator entry{"/proc/self/fd", unreadable}; entry != fs::directory_iterator{};
       entry.increment(unreadable)) {
    ++count;
  }
  return count;
}

}  // namespace sandbox::test
