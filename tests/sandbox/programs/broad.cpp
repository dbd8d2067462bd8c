// Uses what the C++ library and POSIX offer, once each; prints what did not work.
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <barrier>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <random>
#include <semaphore>
#include <stop_token>
#include <thread>

extern char** environ;

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

void expect(bool worked, const char* what) {
  if (!worked) std::printf("%s: %m\n", what);
}

void threads() {
  std::jthread waiting([](const std::stop_token& stop) {
    std::condition_variable_any changed;
    std::mutex mutex;
    std::unique_lock lock{mutex};
    changed.wait(lock, stop, [] { return false; });
  });
  waiting.request_stop();
  waiting.join();
  expect(std::async(std::launch::async, [] { return 3; }).get() == 3, "async");
  std::counting_semaphore<2> semaphore{0};
  expect(!semaphore.try_acquire_for(1ms), "semaphore");
  std::barrier barrier{1};
  barrier.arrive_and_wait();
  std::this_thread::sleep_for(1ms);

  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setinheritsched(&attributes, PTHREAD_EXPLICIT_SCHED);
  pthread_t thread{};
  auto* body = +[](void*) -> void* { return nullptr; };
  expect(pthread_create(&thread, &attributes, body, nullptr) == 0, "explicit scheduling");
  pthread_join(thread, nullptr);
  pthread_mutexattr_t robust;
  pthread_mutexattr_init(&robust);
  pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
  pthread_mutexattr_setprotocol(&robust, PTHREAD_PRIO_INHERIT);
  pthread_mutex_t mutex;
  expect(pthread_mutex_init(&mutex, &robust) == 0, "robust mutex");
  expect(pthread_setname_np(pthread_self(), "broad") == 0, "thread name");
  cpu_set_t cpus;
  expect(sched_getaffinity(0, sizeof cpus, &cpus) == 0, "affinity");
}

void files() {
  const fs::path folder = fs::temp_directory_path() / "broad";
  fs::create_directories(folder / "below");
  std::ofstream{folder / "a"} << "text";
  fs::copy(folder / "a", folder / "b");
  fs::rename(folder / "b", folder / "c");
  fs::create_symlink("a", folder / "link");
  fs::create_hard_link(folder / "a", folder / "hard");
  fs::permissions(folder / "a", fs::perms::owner_all);
  fs::last_write_time(folder / "a", fs::file_time_type::clock::now());
  fs::resize_file(folder / "a", 4096);
  expect(fs::space(folder).capacity > 0, "space");
  const int fd = ::open((folder / "a").c_str(), O_RDWR | O_CLOEXEC);
  expect(::flock(fd, LOCK_EX) == 0, "flock");
  struct flock lock {};
  lock.l_type = F_WRLCK;
  expect(::fcntl(fd, F_SETLK, &lock) == 0, "record lock");
  expect(::fcntl(fd, F_OFD_SETLK, &lock) == 0 || errno == EAGAIN, "open file lock");
  errno = 0;
  expect(::fcntl(fd, F_SETLEASE, F_WRLCK) == -1 && errno == EPERM, "no lease");
  expect(::fallocate(fd, 0, 0, 8192) == 0 && ::fsync(fd) == 0, "fallocate");
  void* map = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  expect(map != MAP_FAILED && ::msync(map, 4096, MS_SYNC) == 0, "mmap");
  expect(fs::remove_all(folder) == 6, "remove_all");
}

void processes() {
  int ends[2];
  expect(::pipe(ends) == 0, "pipe");
  const pid_t forked = ::fork();
  if (forked == 0) ::_exit(::write(ends[1], "x", 1) == 1 ? 5 : 1);
  int status = 0;
  expect(::waitpid(forked, &status, 0) == forked && WEXITSTATUS(status) == 5, "fork");
  const int pidfd = static_cast<int>(::syscall(SYS_pidfd_open, ::getpid(), 0));
  expect(pidfd >= 0 && ::syscall(SYS_pidfd_send_signal, pidfd, 0, nullptr, 0) == 0, "pidfd");
  char name[] = "true";
  char* arguments[] = {name, nullptr};
  pid_t spawned = 0;
  expect(::posix_spawn(&spawned, "/bin/true", nullptr, nullptr, arguments, environ) == 0, "spawn");
  siginfo_t info{};
  expect(::waitid(P_PID, static_cast<id_t>(spawned), &info, WEXITED) == 0, "waitid");
  expect(std::system("true") == 0, "system");
  std::FILE* stream = ::popen("echo x", "r");
  expect(stream != nullptr && std::fgetc(stream) == 'x', "popen");
  ::pclose(stream);
  const int priority = ::getpriority(PRIO_PROCESS, 0);
  expect(::nice(1) == std::min(priority + 1, 19), "nice");
  rlimit limit{64, 64};
  expect(::setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

void waiting() {
  const int epoll = ::epoll_create1(0);
  const int timer = ::timerfd_create(CLOCK_MONOTONIC, 0);
  const itimerspec soon{{0, 0}, {0, 1000}};
  epoll_event event{};
  event.events = EPOLLIN;
  expect(::timerfd_settime(timer, 0, &soon, nullptr) == 0, "timerfd");
  expect(::epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &event) == 0, "epoll_ctl");
  expect(::epoll_wait(epoll, &event, 1, 5000) == 1, "epoll_wait");
  expect(::eventfd(1, 0) >= 0, "eventfd");
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  const int signals = ::signalfd(-1, &set, 0);
  ::raise(SIGUSR1);
  signalfd_siginfo got{};
  expect(::read(signals, &got, sizeof got) == sizeof got, "signalfd");
  timer_t posix{};
  expect(::timer_create(CLOCK_MONOTONIC, nullptr, &posix) == 0, "timer_create");
  int pair[2];
  expect(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "socketpair");
  expect(::send(pair[0], "x", 1, 0) == 1 && ::shutdown(pair[0], SHUT_WR) == 0, "send");
}

void memory() {
  sem_t* semaphore = ::sem_open("/broad", O_CREAT, 0600, 1);
  expect(semaphore != SEM_FAILED && ::sem_wait(semaphore) == 0, "sem_open");
  const int shared = ::shm_open("/broad", O_CREAT | O_RDWR, 0600);
  expect(shared >= 0 && ::ftruncate(shared, 4096) == 0, "shm_open");
  expect(::sem_unlink("/broad") == 0 && ::shm_unlink("/broad") == 0, "unlink");
  void* map = ::mmap(nullptr, 8192, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  map = ::mremap(map, 8192, 1 << 20, MREMAP_MAYMOVE);
  expect(map != MAP_FAILED && ::madvise(map, 4096, MADV_DONTNEED) == 0, "mremap");
  expect(::mlock(map, 4096) == 0, "mlock");
  expect(std::random_device{}() != std::random_device{}(), "random_device");
  expect(::prctl(PR_SET_DUMPABLE, 1) == 0, "dumpable");
  errno = 0;
  expect(::syscall(-1) == -1 && errno == ENOSYS, "a missing call");
  expect(::socket(AF_UNIX, SOCK_STREAM, 0) == -1 && errno == EPERM, "no socket");
}

}  // namespace

int main() {
  threads();
  files();
  processes();
  waiting();
  memory();
  std::puts("done");
}
