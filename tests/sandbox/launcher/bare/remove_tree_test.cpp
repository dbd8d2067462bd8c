#include "sandbox/launcher/bare/remove_tree.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "sandbox/base/unique_fd.hpp"

namespace {

class Folder {
 public:
  Folder() { REQUIRE(::mkdtemp(path_) != nullptr); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { (void)::rmdir(path_); }
  [[nodiscard]] base::UniqueFd open() const {
    return base::UniqueFd{::open(path_, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  }

 private:
  char path_[32] = "/tmp/remove-tree-XXXXXX";
};

void write(int folder, const char* name) {
  const base::UniqueFd file{::openat(folder, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0)};
  REQUIRE(file.is_open());
}

}  // namespace

TEST_SUITE("sandbox/launcher/remove_tree") {
  TEST_CASE("everything in a folder goes, whatever it is, and nothing outside") {
    const Folder outside;
    const base::UniqueFd kept = outside.open();
    write(kept.get(), "kept");
    const Folder folder;
    const base::UniqueFd top = folder.open();
    for (int i = 0; i < 300; ++i) write(top.get(), ("file" + std::to_string(i)).c_str());
    REQUIRE(::mkdirat(top.get(), "~0", 0700) == 0);  // as if the remover had been here before
    REQUIRE(::mkdirat(top.get(), "closed", 0700) == 0);
    REQUIRE(::mkdirat(top.get(), "closed/below", 0700) == 0);
    REQUIRE(::mkfifoat(top.get(), "closed/below/fifo", 0) == 0);
    const std::string away = "/proc/self/fd/" + std::to_string(kept.get());
    REQUIRE(::symlinkat(away.c_str(), top.get(), "closed/link") == 0);
    REQUIRE(::fchmodat(top.get(), "closed/below", 0, 0) == 0);
    REQUIRE(::fchmodat(top.get(), "closed", 0, 0) == 0);
    CHECK(sandbox::launcher::empty_folder(top.get()));
    CHECK(sandbox::launcher::empty_folder(top.get()));  // of nothing there is nothing to remove
    CHECK(::faccessat(kept.get(), "kept", F_OK, 0) == 0);
    REQUIRE(::unlinkat(kept.get(), "kept", 0) == 0);
  }

  TEST_CASE("depth costs neither stack nor descriptors") {
    const Folder folder;
    const base::UniqueFd top = folder.open();
    base::UniqueFd deepest{::openat(top.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    for (int depth = 0; depth < 3000; ++depth) {
      REQUIRE(::mkdirat(deepest.get(), "deeper", 0700) == 0);
      REQUIRE(::mkdirat(deepest.get(), "beside", 0) == 0);
      deepest.reset(::openat(deepest.get(), "deeper", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      REQUIRE(deepest.is_open());
    }
    CHECK(sandbox::launcher::empty_folder(top.get()));
  }
}
