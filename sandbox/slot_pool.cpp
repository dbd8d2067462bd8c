#include "sandbox/slot_pool.hpp"

#include <algorithm>
#include <utility>

#include "sandbox/slot_recipe.hpp"

namespace sandbox {
namespace {

// Callers use few kinds of slots, each of their threads one or two at a time.
constexpr std::size_t kMostWaiting = 16;

}  // namespace

base::Result<std::shared_ptr<LauncherProcess>> SlotPool::launcher() {
  const std::lock_guard lock{mutex_};
  if (launcher_ == nullptr || !launcher_->is_alive()) {
    JUDGE_TRY(launcher_, LauncherProcess::start());
  }
  return launcher_;
}

std::unique_ptr<Slot> SlotPool::take_waiting(const std::string& key) {
  const std::lock_guard lock{mutex_};
  const auto found = std::find_if(waiting_.rbegin(), waiting_.rend(),
                                  [&](const auto& slot) { return slot->key() == key; });
  if (found == waiting_.rend()) return nullptr;
  std::unique_ptr<Slot> slot = std::move(*found);
  waiting_.erase(std::next(found).base());
  return slot;
}

base::Result<std::unique_ptr<Slot>> SlotPool::take(const Host::State& host, const Program& program,
                                                   const cgroup::GroupLimits& limits) {
  JUDGE_TRY(std::string key, SlotRecipe::key_for(program));
  if (host.is_bare()) key.clear();  // shows nothing, so it suits every program
  while (std::unique_ptr<Slot> slot = take_waiting(key)) {
    if (slot->is_fit() && slot->group().begin(limits)) return slot;
  }
  JUDGE_TRY(const auto launcher, this->launcher());
  JUDGE_TRY(SlotRecipe recipe, host.is_bare() ? SlotRecipe{} : SlotRecipe::make(program));
  return Slot::make(host, *launcher, std::move(recipe), limits);
}

void SlotPool::give_back(std::unique_ptr<Slot> slot) {
  if (!slot->is_fit()) return;
  std::unique_ptr<Slot> oldest;  // destroyed after the lock: that takes a while
  const std::lock_guard lock{mutex_};
  waiting_.push_back(std::move(slot));
  if (waiting_.size() <= kMostWaiting) return;
  oldest = std::move(waiting_.front());
  waiting_.erase(waiting_.begin());
}

void SlotPool::drop_waiting() {
  std::vector<std::unique_ptr<Slot>> dropped;  // destroyed after the lock
  const std::lock_guard lock{mutex_};
  dropped.swap(waiting_);
}

void SlotPool::kill() {
  std::shared_ptr<LauncherProcess> launcher;
  std::vector<std::unique_ptr<Slot>> waiting;  // destroyed after the lock: that takes a while
  {
    const std::lock_guard lock{mutex_};
    launcher.swap(launcher_);
    waiting.swap(waiting_);
  }
  if (launcher != nullptr) launcher->kill();
}

}  // namespace sandbox
