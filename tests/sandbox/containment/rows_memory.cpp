// Attacks on memory. Tiers A and B count everything by a control group. Tier C counts data by
// RLIMIT_DATA and looks at the resident memory of the tree every 10 ms.
#include <csignal>

#include "tests/sandbox/containment/rows.hpp"

namespace sandbox::test {
namespace {

using namespace base::literals;
using namespace std::chrono_literals;

const LimitChanges kMany{.cpu = 4s, .processes = 80, .open_files = 1024};

const Expected kAtLimit{.ended_by = {EndedBy::memory_limit}, .peak_at_limit = true};

Expected at_limit(std::vector<std::string> lines) {
  Expected expected = kAtLimit;
  expected.lines = std::move(lines);
  return expected;
}

// Refused by RLIMIT_DATA before anything was in use: the program has ended by itself.
Expected at_limit_or_refused(int code) {
  return {.ended_by = {EndedBy::memory_limit, EndedBy::program},
          .exit = {{Exit::Kind::exited, code}, {Exit::Kind::signaled, SIGKILL}}};
}

const char* const kNoOwner =
    "buffers of the kernel belong to no process; open files times the host's caps bound them";

std::vector<Where> without_groups(const char* why) {
  return {{.tier = Tier::c, .why = why}, {.tier = Tier::d, .why = why}};
}

std::vector<Row> program_rows() {
  using enum Clause;
  return {
      {.clause = private_memory,
       .name = "page by page",
       .probe = "memory/memory_bomb",
       .expected = kAtLimit,
       .instead = {{Tier::c, at_limit_or_refused(3)}}},
      {.clause = private_memory,
       .name = "a static array larger than the limit",
       .probe = "memory/static_array",
       .expected = kAtLimit,
       .not_expressible = without_groups("the kernel kills inside execve and does not say why")},
      {.clause = private_memory,
       .name = "stack without end is the program's own fault",
       .probe = "memory/stack_bomb",
       .expected = {.exit = {{Exit::Kind::signaled, SIGSEGV}},
                    .output = "a hundred frames work\n"}},
      {.clause = private_memory,
       .name = "locked memory",
       .probe = "memory/locked_memory",
       .expected = {.output = "mlock 4 KiB: worked\nmlock 1 MiB: ENOMEM\nmlockall: ENOMEM\n"
                              "MAP_LOCKED: EAGAIN\n"}},
      {.clause = shared_memory,
       .name = "one shared mapping",
       .probe = "memory/memory_shared",
       .expected = kAtLimit},
      {.clause = shared_memory,
       .name = "written by children that have ended",
       .probe = "memory/forget_children",
       .expected = kAtLimit,
       .not_expressible =
           without_groups("what dead children have touched is in nobody's RssShmem")},
      {.clause = shared_memory,
       .name = "files of the scratch space, written",
       .probe = "files/fill_scratch",
       .arguments = {"bytes"},
       .limits = {.scratch = 256_MiB},
       .expected = kAtLimit,
       .instead = {{Tier::c, {.ended_by = {EndedBy::program}, .pattern = ".*ENOSPC.*\n?"}},
                   {Tier::d, {.ended_by = {EndedBy::scratch_limit}}}}},
      {.clause = shared_memory,
       .name = "files of the scratch space, mapped",
       .probe = "memory/shared_file",
       .limits = {.scratch = 1_GiB},
       .expected = at_limit({"twelve"}),
       .not_expressible = {{.tier = Tier::d, .why = "scratch space is a folder on a disk there"}}},
      {.clause = children_memory,
       .name = "64 children",
       .probe = "memory/memory_children",
       .limits = kMany,
       .expected = kAtLimit},
  };
}

std::vector<Row> kernel_rows() {
  using enum Clause;
  return {
      {.clause = kernel_memory,
       .name = "pipe buffers",
       .probe = "memory/pipe_buffers",
       .limits = kMany,
       .expected = at_limit({"starts"}),
       .not_expressible = without_groups(kNoOwner)},
      {.clause = kernel_memory,
       .name = "pipe buffers, few files",
       .probe = "memory/pipe_buffers",
       .expected = {.ended_by = {EndedBy::program, EndedBy::memory_limit},
                    .pattern = "starts\n(refused, [1-6]?[0-9] MiB\n)?"}},
      {.clause = kernel_memory,
       .name = "socket buffers",
       .probe = "memory/socket_buffers",
       .limits = kMany,
       .expected = at_limit({"starts"}),
       .not_expressible = without_groups(kNoOwner)},
      {.clause = kernel_memory,
       .name = "socket buffers, few files",
       .probe = "memory/socket_buffers",
       .expected = {.ended_by = {EndedBy::program, EndedBy::memory_limit},
                    .pattern = "starts\n(refused, [1-6]?[0-9] MiB\n)?"},
       .not_expressible = without_groups(kNoOwner)},
      {.clause = kernel_memory,
       .name = "page tables",
       .probe = "memory/page_tables",
       .arguments = {"256"},
       .expected = kAtLimit},
      {.clause = kernel_memory,
       .name = "few page tables",
       .probe = "memory/page_tables",
       .arguments = {"4"},
       .expected = {.output = "all read 0\n"}},
      {.clause = kernel_memory,
       .name = "mappings",
       .probe = "memory/many_mappings",
       .expected = {.ended_by = {EndedBy::program, EndedBy::memory_limit},
                    .pattern = "starts\n(ENOMEM\n)?"}},
      {.clause = ipc_objects,
       .name = "memfd",
       .probe = "memory/memfd",
       .expected = {.output = "memfd_create: ENOSYS\nmemfd_create huge: ENOSYS\n"
                              "memfd_secret: ENOSYS\nfile in scratch space: worked\n"
                              "write there: worked\n"}},
      {.clause = ipc_objects,
       .name = "System V and POSIX",
       .probe = "memory/ipc_objects",
       .expected = {.output = "shmget: ENOSYS\nshmget by key: ENOSYS\nmsgget: ENOSYS\n"
                              "semget: ENOSYS\nmq_open: ENOSYS\nshared mapping: 7\n"}},
  };
}

std::vector<Row> runtime_rows() {
  using enum Clause;
  std::vector<Row> rows;
  const auto add = [&](const char* name, const char* probe, std::vector<Where> open = {}) {
    rows.push_back({.clause = runtime_memory,
                    .name = name,
                    .probe = probe,
                    .expected = kAtLimit,
                    .open = std::move(open)});
  };
  add("the heap of Node", "memory/heap.mjs");
  add("buffers of Node", "memory/buffers.mjs");
  add("array buffers of Node", "memory/array_buffers.mjs");
  add("WebAssembly memories", "memory/wasm_memory.mjs");
  add("bytes of Python", "memory/bytes.py");
  add("objects of Python", "memory/objects.py");
  add("shared mappings of Python", "memory/map_shared.py");
  add("the heap of Java", "memory/Heap.java");
  rows.push_back({.clause = runtime_memory,
                  .name = "refusals that Python swallows",
                  .probe = "memory/swallowed.py",
                  .expected = at_limit({"starts"}),
                  .instead = {{Tier::c,
                               {.ended_by = {EndedBy::cpu_limit, EndedBy::memory_limit},
                                .lines = {"starts"}}}}});
  return rows;
}

}  // namespace

std::vector<Row> memory_rows() {
  std::vector<Row> all;
  for (const auto part : {program_rows, kernel_rows, runtime_rows}) {
    for (Row& row : part()) all.push_back(std::move(row));
  }
  return all;
}

}  // namespace sandbox::test
