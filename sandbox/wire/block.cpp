#include "sandbox/wire/block.hpp"

namespace sandbox::wire {
namespace {

// Every text of the table; the last element counts only without `terminated`.
bool are_texts(const Block& block, Table table, bool terminated) {
  std::span<Text> texts;
  if (!block.table(table, texts)) return false;
  const std::size_t placeholders = terminated && !texts.empty() ? 1 : 0;
  for (const Text& text : texts.first(texts.size() - placeholders)) {
    if (block.text(text) == nullptr) return false;
  }
  return true;
}

bool is_known(RootEntry::Kind kind) { return kind <= RootEntry::Kind::bind; }

bool are_reaches(const Block& block, Table table) {
  std::span<Reach> reaches;
  if (!block.table(table, reaches)) return false;
  for (const Reach& reach : reaches) {
    if (block.text(reach.path) == nullptr || reach.access > Reach::Access::everything) return false;
  }
  return true;
}

}  // namespace

bool Block::strings(Table table, char**& strings) const {
  static_assert(sizeof(Text) == sizeof(char*) && alignof(Text) <= alignof(char*));
  std::span<Text> texts;
  if (table.count == 0 || !this->table(table, texts)) return false;
  if (reinterpret_cast<std::uintptr_t>(texts.data()) % alignof(char*) != 0) return false;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const bool last = i + 1 == texts.size();
    const char* start = last ? nullptr : text(texts[i]);
    if (!last && start == nullptr) return false;
    std::memcpy(static_cast<void*>(&texts[i]), &start, sizeof start);
  }
  strings = reinterpret_cast<char**>(texts.data());
  return true;
}

bool is_sound(const Block& block, const SlotOrder& order) {
  for (const Text text :
       {order.folder, order.uid_map, order.gid_map, order.root_options, order.proc_options}) {
    if (block.text(text) == nullptr) return false;
  }
  if (order.walls > Walls::landlock) return false;
  if (order.groups > kMostDescriptors || order.trees > kMostDescriptors) return false;
  if (order.has_unified_group > 1) return false;
  std::span<RootEntry> entries;
  if (!block.table(order.entries, entries)) return false;
  for (const RootEntry& entry : entries) {
    if (!is_known(entry.kind)) return false;
    if (entry.tree >= static_cast<std::int64_t>(order.trees) || entry.tree < -1) return false;
    for (const Text text : {entry.path, entry.content, entry.source}) {
      if (block.text(text) == nullptr) return false;
    }
  }
  return true;
}

bool is_sound(const Block& block, const RunOrder& order) {
  if (!are_texts(block, order.arguments, true) || !are_texts(block, order.environment, true) ||
      !are_texts(block, order.artifacts, false) || order.environment.count == 0) {
    return false;
  }
  std::span<Folder> folders;
  std::span<File> files;
  std::span<ResourceLimit> limits;
  std::span<std::int32_t> numbers;
  std::span<sock_filter> filter;
  if (!block.table(order.folders, folders) || !block.table(order.files, files) ||
      !block.table(order.limits, limits) || !block.table(order.numbers, numbers) ||
      !block.table(order.filter, filter)) {
    return false;
  }
  for (const Folder& folder : folders) {
    if (block.text(folder.path) == nullptr || block.text(folder.options) == nullptr) return false;
  }
  for (const File& file : files) {
    if (block.text(file.path) == nullptr || block.text(file.content) == nullptr) return false;
  }
  std::int64_t last = -1;
  for (const std::int32_t number : numbers) {
    if (number <= last) return false;
    last = number;
  }
  const bool standard = numbers.size() >= 3 && numbers[2] == 2;
  return standard && numbers.size() <= kMostDescriptors && filter.size() <= BPF_MAXINSNS &&
         block.text(order.working_directory) != nullptr &&
         block.text(order.scratch_options) != nullptr && block.text(order.scratch) != nullptr &&
         are_reaches(block, order.reach);
}

}  // namespace sandbox::wire
