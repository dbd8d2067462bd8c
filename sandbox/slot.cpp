#include "sandbox/slot.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <vector>

#include "sandbox/bare/folders.hpp"
#include "sandbox/base/io.hpp"
#include "sandbox/messages.hpp"
#include "sandbox/setup_step.hpp"
#include "sandbox/wire/block_writer.hpp"

namespace sandbox {
namespace {

// Longer than any healthy host needs, even a very busy one.
constexpr std::chrono::seconds kSetupTimeout{30};
// What the kernel keeps for a slot (pids, inodes, names) ends with it; so does any unknown flaw.
constexpr unsigned kMostRuns = 2000;
constexpr std::size_t kFirstRegion = std::size_t{256} << 10U;
constexpr std::size_t kLargestLastingRegion = std::size_t{16} << 20U;
constexpr std::size_t kPage = 4096;

std::string encode(const Host::State& host, const IdMap& ids, const std::string& folder,
                   const SlotRecipe& recipe, const cgroup::Group::Entrance& entrance) {
  wire::BlockWriter block{sizeof(wire::SlotOrder)};
  wire::SlotOrder order;
  order.walls = host.walls;
  order.folder = block.text(folder);
  order.identity = ids.inside;
  order.uid_map = block.text(ids.uid_text);
  order.gid_map = block.text(ids.gid_text);
  order.deny_setgroups = ids.inside.range != 0 ? 0 : 1;
  order.has_unified_group = entrance.unified.is_open() ? 1 : 0;
  order.groups = static_cast<std::uint32_t>(entrance.tasks.size());
  order.trees = static_cast<std::uint32_t>(recipe.trees().size());
  order.landlock = host.landlock;
  order.root_options = block.text(recipe.root_options());
  order.proc_options = block.text(host.proc_options != nullptr ? host.proc_options : "");
  std::vector<wire::RootEntry> entries;
  for (const SlotRecipe::Entry& entry : recipe.entries()) {
    wire::RootEntry& wired = entries.emplace_back();
    wired.kind = entry.kind;
    wired.mode = entry.mode;
    wired.path = block.text(entry.path.substr(1));
    wired.content = block.text(entry.content);
    wired.source = block.text(entry.source);
    wired.tree = entry.tree;
    wired.is_folder = entry.is_folder ? 1 : 0;
    wired.mount_attributes = entry.mount_attributes;
  }
  order.entries = block.table<wire::RootEntry>(entries);
  block.set_order(order);
  return block.bytes();
}

base::Status wait_until_ready(int socket, const SlotRecipe& recipe) {
  JUDGE_TRY_VOID(wait_readable(socket, kSetupTimeout));
  wire::Notice notice{};
  JUDGE_TRY(const Received received, receive(socket, &notice, sizeof notice));
  if (received.size == 0) {
    return base::system_failure(
        "sandbox: set-up was ended from outside, perhaps for want of memory", ECHILD);
  }
  if (received.size != sizeof notice) return base::internal("sandbox: a short notice of a slot");
  if (notice.kind == wire::Notice::Kind::slot_ready) return {};
  return base::fail(setup_error(notice.step, notice.code, recipe.describe(notice.object)));
}

}  // namespace

base::Status Slot::make_region(std::size_t size) {
  region_file_.reset(::memfd_create("orders", MFD_CLOEXEC));
  if (!region_file_.is_open()) {
    return base::fail(setup_error(SetupStep::map_region, errno, {}));
  }
  return grow_region(size);
}

base::Status Slot::grow_region(std::size_t size) {
  size = (size + kPage - 1) / kPage * kPage;
  if (size <= region_size_) return {};
  if (::ftruncate(region_file_.get(), static_cast<off_t>(size)) < 0) {
    return base::fail(setup_error(SetupStep::map_region, errno, {}));
  }
  void* mapped = region_ == nullptr ? ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED,
                                             region_file_.get(), 0)
                                    : ::mremap(region_, region_size_, size, MREMAP_MAYMOVE);
  if (mapped == MAP_FAILED) return base::fail(setup_error(SetupStep::map_region, errno, {}));
  region_ = static_cast<char*>(mapped);
  region_size_ = size;
  return {};
}

base::Result<std::unique_ptr<Slot>> Slot::make(const Host::State& host, LauncherProcess& launcher,
                                               SlotRecipe recipe,
                                               const cgroup::GroupLimits& limits) {
  std::unique_ptr<Slot> slot{new Slot};
  slot->key_ = recipe.key();
  const unsigned number = host.next_number();
  if (host.is_bare()) {
    slot->folder_ = bare_slot_folder(host.folder);
    launcher.expect_bare_slots();
    JUDGE_TRY(slot->ids_, IdMap::make_bare(host.ids, number, host.visible_ids));
  } else {
    JUDGE_TRY(slot->ids_, IdMap::make(host.ids, number, host.visible_ids));
  }
  auto group = cgroup::Group::make(host.bases, limits);
  if (!group) return base::fail(std::move(group).error().within("sandbox: make control group"));
  slot->group_ = std::move(*group);
  JUDGE_TRY(const cgroup::Group::Entrance entrance, slot->group_.open_entrance());
  JUDGE_TRY(base::SocketPair pair, base::make_socket_pair());
  JUDGE_TRY_VOID(slot->make_region(kFirstRegion));
  slot->socket_ = std::move(pair.first);
  std::vector<int> attached{pair.second.get(), slot->region_file_.get()};
  if (entrance.unified.is_open()) attached.push_back(entrance.unified.get());
  for (const base::UniqueFd& tasks : entrance.tasks) attached.push_back(tasks.get());
  for (const base::UniqueFd& tree : recipe.trees()) attached.push_back(tree.get());
  JUDGE_TRY(
      LauncherProcess::Made made,
      launcher.make_slot(encode(host, slot->ids_, slot->folder_, recipe, entrance), attached));
  slot->process_ = std::move(made.pidfd);
  slot->pid_ = made.pid;
  pair.second.reset();  // while our copy is open, nothing hangs up
  JUDGE_TRY_VOID(wait_until_ready(slot->socket(), recipe));
  return slot;
}

Slot::~Slot() {
  if (process_.is_open() && !folder_.empty()) {
    socket_.reset();  // it ends what is below it, removes its folder and goes
    if (!wait_readable(process_.get(), kSetupTimeout)) (void)process_.send_signal(SIGKILL);
  } else if (process_.is_open()) {
    (void)process_.send_signal(SIGKILL);  // pid 1 of its namespace: takes everything with it
    socket_.reset();                      // ends it too, should signals by pidfd be refused
    (void)wait_readable(process_.get(), kSetupTimeout);
  }
  if (region_ != nullptr) (void)::munmap(region_, region_size_);
}

base::Status Slot::start(wire::Command::Kind kind, std::string_view block,
                         std::span<const int> attached) {
  if (block.size() > region_size_) JUDGE_TRY_VOID(grow_region(block.size()));
  std::memcpy(region_, block.data(), block.size());
  ++runs_;
  was_disturbed_ = false;
  const wire::Command run{kind, static_cast<std::uint32_t>(block.size())};
  const std::string_view message{reinterpret_cast<const char*>(&run), sizeof run};
  if (!send(socket(), message, attached)) {
    return base::fail(setup_error(SetupStep::send_order, EPIPE, "the slot was killed"));
  }
  return {};
}

void Slot::command(wire::Command::Kind kind) const {
  const wire::Command wanted{kind, 0};
  (void)send(socket(), {reinterpret_cast<const char*>(&wanted), sizeof wanted});
}

void Slot::disturb(wire::Command::Kind kind) {
  was_disturbed_ = true;
  command(kind);
}

bool Slot::is_fit() const {
  return !process_.has_ended() && runs_ < kMostRuns && region_size_ <= kLargestLastingRegion &&
         group_.is_reusable();
}

}  // namespace sandbox
