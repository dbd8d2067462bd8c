#include "tests/fuzz/order_seeds.hpp"

#include <cstdint>

#include "sandbox/wire/block_writer.hpp"

namespace fuzz {
namespace {

using namespace sandbox;

std::string slot_order() {
  wire::BlockWriter block{sizeof(wire::SlotOrder)};
  wire::SlotOrder order;
  order.folder = block.text("");
  order.identity = {0x10000, 0, 1000};
  order.uid_map = block.text("0 1879048192 65536\n");
  order.gid_map = block.text("0 1879048192 65536\n");
  order.has_unified_group = 1;
  order.groups = 2;
  order.trees = 1;
  order.landlock = 6;
  order.root_options = block.text("mode=0755,size=65536,nr_inodes=32");
  order.proc_options = block.text("subset=pid,hidepid=2");
  using Kind = wire::RootEntry::Kind;
  std::vector<wire::RootEntry> entries(4);
  entries[0] = {Kind::folder, 0755, block.text("usr"), block.text(""), block.text("")};
  entries[1] = {Kind::bind, 0, block.text("usr"), block.text(""), block.text("/usr"), 0, 1, 3};
  entries[2] = {Kind::link, 0, block.text("bin"), block.text("usr/bin"), block.text("")};
  entries[3] = {Kind::file, 0444, block.text("etc/hosts"), block.text("::1 here"), block.text("")};
  order.entries = block.table<wire::RootEntry>(entries);
  block.set_order(order);
  return block.bytes();
}

std::string bare_slot_order() {
  wire::BlockWriter block{sizeof(wire::SlotOrder)};
  wire::SlotOrder order;
  order.walls = wire::Walls::landlock;
  order.identity = {0, 1000, 1000};
  order.folder = block.text("/tmp/judge-slot-1x");
  for (wire::Text* none :
       {&order.uid_map, &order.gid_map, &order.root_options, &order.proc_options}) {
    *none = block.text("");
  }
  order.landlock = 6;
  block.set_order(order);
  return block.bytes();
}

std::string run_order(bool rehearsal) {
  wire::BlockWriter block{sizeof(wire::RunOrder)};
  wire::RunOrder order;
  if (!rehearsal) order.arguments = block.strings({"/box/main", "-x", ""});
  order.environment = block.strings({"HOME=/tmp"});
  const wire::Folder folder{block.text("/box"), block.text("mode=0755,size=65536,nr_inodes=8")};
  order.folders = block.table<wire::Folder>({&folder, 1});
  const wire::File files[] = {{block.text("/box/lib"), block.text(""), 0755, 1},
                              {block.text("/box/lib/a"), block.text("content"), 0444, 0}};
  order.files = block.table<wire::File>(files);
  const wire::ResourceLimit limit{16, 32, 7};
  order.limits = block.table<wire::ResourceLimit>({&limit, 1});
  const wire::Text artifact = block.text("/tmp/left");
  order.artifacts = block.table<wire::Text>({&artifact, 1});
  const std::int32_t numbers[] = {0, 1, 2, 5};
  order.numbers = block.table<std::int32_t>(numbers);
  const sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, 0x7fff0000)};
  order.filter = block.table<sock_filter>(code);
  order.working_directory = block.text("/box");
  order.scratch_options = block.text("mode=0755,size=65536,nr_inodes=16");
  order.scratch = block.text("/tmp");
  const wire::Reach reaches[] = {{block.text("/usr"), wire::Reach::Access::look},
                                 {block.text("/dev/null"), wire::Reach::Access::device}};
  order.reach = block.table<wire::Reach>(reaches);
  order.listener = 1;
  block.set_order(order);
  return block.bytes();
}

}  // namespace

std::vector<std::string> order_seeds() {
  return {'\0' + slot_order(), '\1' + run_order(false), '\1' + run_order(true),
          '\0' + bare_slot_order()};
}

}  // namespace fuzz
