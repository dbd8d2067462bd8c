#include "tests/sandbox/containment/stage.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <utility>

#include "sandbox/base/check.hpp"
#include "sandbox/base/io.hpp"
#include "tests/sandbox/containment/probe_text.hpp"

namespace sandbox::test {
namespace {

// Everybody may connect; nobody should be able to.
base::UniqueFd listen_at(std::string_view name) {
  base::UniqueFd listener{::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0)};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  JUDGE_CHECK(name.size() < sizeof address.sun_path, "the socket's name is too long");
  std::memcpy(address.sun_path, name.data(), name.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  const auto* where = reinterpret_cast<const sockaddr*>(&address);
  JUDGE_CHECK(listener.is_open() && ::bind(listener.get(), where, size) == 0 &&
                  ::listen(listener.get(), 8) == 0,
              "a local socket cannot listen");
  return listener;
}

// Without close-on-exec, on purpose.
base::UniqueFd leak(const std::string& path, int number) {
  const base::UniqueFd opened{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  // NOLINTNEXTLINE(android-cloexec-dup): that is what is tested
  base::UniqueFd leaked{::dup2(opened.get(), number)};
  JUDGE_CHECK(leaked.is_open(), "a descriptor cannot be leaked");
  return leaked;
}

void write_to(const std::string& path, std::string_view content, mode_t mode) {
  const base::UniqueFd file{::open(path.c_str(), O_CREAT | O_WRONLY | O_EXCL | O_CLOEXEC, 0600)};
  const auto size = static_cast<ssize_t>(content.size());
  JUDGE_CHECK(::write(file.get(), content.data(), content.size()) == size &&
                  ::fchmod(file.get(), mode) == 0,
              "a file outside cannot be written");
}

}  // namespace

Stage::Stage() {
  // Not below /tmp: where a run's own folder stands in for that, names there are translated.
  char folder[] = "/var/tmp/judge-outside-XXXXXX";
  JUDGE_CHECK(::mkdtemp(folder) != nullptr && ::chmod(folder, 0755) == 0,
              "no folder can be made below /var/tmp");
  folder_ = folder;
  secret_ = "secret-of-" + folder_.substr(folder_.rfind('-') + 1);
  write_to(secret_path(), secret_ + "\n", 0644);
  abstract_name_ = "judge-outside-" + secret_;
  listeners_.push_back(listen_at('\0' + abstract_name_));
  listeners_.push_back(listen_at(socket_path()));
  JUDGE_CHECK(::chmod(socket_path().c_str(), 0777) == 0, "chmod");
  leaked_.push_back(leak(secret_path(), 77));
  leaked_.push_back(leak("/", 78));
  leaked_.push_back(leak(secret_path(), 999));
  // NOLINTNEXTLINE(concurrency-mt-unsafe): tests start no threads
  JUDGE_CHECK(::setenv("JUDGE_OUTSIDE", secret_.c_str(), 1) == 0, "setenv");
  if (::geteuid() != 0) return;
  set_uid_program_ = folder_ + "/set_uid";
  write_to(set_uid_program_, *compiled_probe("set_uid"), 06755);
}

Stage::~Stage() {
  for (const char* name : {"/secret", "/socket", "/set_uid"}) {
    (void)::unlink((folder_ + name).c_str());
  }
  (void)::rmdir(folder_.c_str());
}

bool Stage::was_reached() const {
  bool reached = false;
  for (const base::UniqueFd& listener : listeners_) {
    const base::UniqueFd guest{::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    reached = reached || guest.is_open();
  }
  return reached;
}

std::string Stage::fill_in(std::string text) const {
  const std::pair<std::string_view, std::string> words[] = {{"{outside}", secret_path()},
                                                            {"{secret}", abstract_name_},
                                                            {"{socket}", socket_path()},
                                                            {"{set-uid}", "/opt/set_uid"}};
  for (const auto& [word, meaning] : words) {
    for (std::size_t at = 0; (at = text.find(word)) != std::string::npos;) {
      text.replace(at, word.size(), meaning);
    }
  }
  return text;
}

}  // namespace sandbox::test
