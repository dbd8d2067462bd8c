#include "tests/harnesses/schedule/node_actor.hpp"

#include <memory>
#include <string>

#include <doctest/doctest.h>

#include "harnesses/shims/shims.hpp"

namespace harness::test {

using namespace base::literals;
using namespace std::chrono_literals;

const sandbox::Host& host() {
  static const base::Result<sandbox::Host> probed = sandbox::Host::probe();
  REQUIRE_MESSAGE(probed.has_value(), probed.error().message());
  return *probed;
}

ActorPlan node_plan(std::string_view submission) {
  const auto shared = [](std::string_view content) {
    return std::make_shared<const std::string>(content);
  };
  ActorPlan plan;
  plan.program.profile = sandbox::Profile::node;
  plan.program.arguments = {"/usr/bin/node",    "--no-addons",          "--no-warnings",
                            "--v8-pool-size=0", "--single-threaded-gc", "/judge/shim.mjs"};
  plan.program.environment = {"PATH=/usr/bin:/bin", "HOME=/tmp", "UV_THREADPOOL_SIZE=1"};
  for (const EmbeddedText& file : node_shim()) {
    plan.program.files.push_back(
        {.path = "/judge/" + std::string{file.name}, .content = shared(file.content)});
  }
  plan.program.files.push_back({.path = "/box/submission.mjs", .content = shared(submission)});
  plan.limits = {.cpu = 2s,
                 .wall = 20s,
                 .memory = 256_MiB,
                 .output = 1_MiB,
                 .processes = 32,
                 .open_files = 256,
                 .file_size = 64_MiB,
                 .scratch = 64_MiB,
                 .scratch_inodes = 4096,
                 .stack = 16_MiB};
  plan.path = "/box/submission.mjs";
  plan.exports = {"run"};
  plan.virtual_time = host().can_virtualise_time().has_value();
  return plan;
}

}  // namespace harness::test
