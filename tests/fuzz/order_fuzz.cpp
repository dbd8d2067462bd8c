// libFuzzer target: whatever bytes an order consists of, checking it and reading what it points to
// stays inside of it. The first byte chooses: a SlotOrder (even) or a RunOrder (odd). The order
// lies in a piece of memory as large as itself, so that one byte too far is noticed.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>

#include "sandbox/base/check.hpp"
#include "sandbox/wire/block.hpp"

namespace {

using namespace sandbox;

// Reads every byte; the sum is of no interest but cannot be left out.
unsigned touch(const void* bytes, std::size_t size) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += static_cast<const unsigned char*>(bytes)[i];
  volatile unsigned kept = sum;
  return kept;
}

void touch(const wire::Block& block, wire::Text text) {
  const char* start = block.text(text);
  JUDGE_CHECK(start != nullptr, "a text of a sound order can be had");
  (void)touch(start, std::size_t{text.size} + 1);
  JUDGE_CHECK(start[text.size] == '\0', "a text ends with a zero byte");
}

template <typename Element>
std::span<Element> touch(const wire::Block& block, wire::Table table) {
  std::span<Element> elements;
  JUDGE_CHECK(block.table(table, elements), "a table of a sound order can be had");
  (void)touch(elements.data(), elements.size_bytes());
  return elements;
}

void read_slot_order(const wire::Block& block) {
  const auto* order = block.order<wire::SlotOrder>();
  if (order == nullptr || !wire::is_sound(block, *order)) return;
  for (const wire::Text text :
       {order->folder, order->uid_map, order->gid_map, order->root_options, order->proc_options}) {
    touch(block, text);
  }
  JUDGE_CHECK(order->groups <= wire::kMostDescriptors && order->trees <= wire::kMostDescriptors,
              "no more descriptors than fit into a message");
  for (const wire::RootEntry& entry : touch<wire::RootEntry>(block, order->entries)) {
    for (const wire::Text text : {entry.path, entry.content, entry.source}) touch(block, text);
    JUDGE_CHECK(entry.tree >= -1 && entry.tree < static_cast<std::int64_t>(order->trees),
                "a bind names a tree that was attached");
  }
}

// Null-terminated; each string is read to its end.
void touch_strings(const wire::Block& block, wire::Table table) {
  char** strings = nullptr;
  // Tables that overlap have destroyed each other by now: then nothing is to be had of the second.
  if (!block.strings(table, strings)) return;
  for (; *strings != nullptr; ++strings) (void)touch(*strings, std::strlen(*strings) + 1);
}

void read_run_order(const wire::Block& block) {
  auto* order = block.order<wire::RunOrder>();
  if (order == nullptr || !wire::is_sound(block, *order)) return;
  touch(block, order->working_directory);
  touch(block, order->scratch_options);
  touch(block, order->scratch);
  for (const wire::Reach& reach : touch<wire::Reach>(block, order->reach)) {
    touch(block, reach.path);
    JUDGE_CHECK(reach.access <= wire::Reach::Access::everything, "one of the known ways");
  }
  for (const wire::Folder& folder : touch<wire::Folder>(block, order->folders)) {
    touch(block, folder.path);
    touch(block, folder.options);
  }
  for (const wire::File& file : touch<wire::File>(block, order->files)) {
    touch(block, file.path);
    touch(block, file.content);
  }
  for (const wire::Text& artifact : touch<wire::Text>(block, order->artifacts)) {
    touch(block, artifact);
  }
  (void)touch<wire::ResourceLimit>(block, order->limits);
  (void)touch<sock_filter>(block, order->filter);
  const std::span<std::int32_t> numbers = touch<std::int32_t>(block, order->numbers);
  JUDGE_CHECK(numbers.size() <= wire::kMostDescriptors && numbers[2] == 2,
              "the standard streams are there");
  // As the slot does: in place, which may change everything above where tables overlap. What is
  // read afterwards is checked again, and may be missing.
  touch_strings(block, order->environment);
  if (order->arguments.count != 0) touch_strings(block, order->arguments);
  std::span<wire::File> files;
  if (!block.table(order->files, files)) return;
  for (const wire::File& file : files) {
    const char* content = block.text(file.content);
    if (content != nullptr) (void)touch(content, std::size_t{file.content.size} + 1);
  }
}

}  // namespace

// The name is libFuzzer's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);   // NOLINT
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  // NOLINT
  if (size < 2) return 0;
  const std::size_t length = size - 1;
  const auto bytes = std::make_unique<char[]>(length);
  std::memcpy(bytes.get(), data + 1, length);
  const wire::Block block{bytes.get(), length};
  if (data[0] % 2 == 0) {
    read_slot_order(block);
  } else {
    read_run_order(block);
  }
  return 0;
}
