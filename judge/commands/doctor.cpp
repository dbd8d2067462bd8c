#include <unistd.h>

#include <iostream>

#include "judge/commands/commands.hpp"
#include "judge/report/paint.hpp"
#include "judge/toolchain/toolchain.hpp"
#include "sandbox/host.hpp"

namespace judge {
namespace {

std::string mark(sandbox::Finding::Level level, const Paint& paint) {
  switch (level) {
    case sandbox::Finding::Level::works:
      return paint.green("✓");
    case sandbox::Finding::Level::weaker:
      return paint.yellow("~");
    case sandbox::Finding::Level::missing:
      return paint.red("✗");
  }
  return "?";
}

void print_tool(const char* what, const Tool* tool, const Paint& paint) {
  std::cout << "  " << (tool != nullptr ? paint.green("✓") : paint.yellow("~")) << " " << what
            << ": "
            << (tool != nullptr ? version_of(*tool) + " (" + tool->host_path + ")"
                                : "not on this machine")
            << "\n";
}

const Tool* pointer(const std::optional<Tool>& tool) { return tool ? &*tool : nullptr; }

}  // namespace

ExitCode run_doctor(const CommandContext& context) {
  const Paint paint = Paint::for_descriptor(STDOUT_FILENO);
  std::cout << "Isolation\n";
  for (const sandbox::Finding& finding :
       sandbox::examine_host({.best = context.best, .best_time = context.best_time})) {
    std::cout << "  " << mark(finding.level, paint) << " " << finding.subject << ": "
              << finding.detail << "\n";
    if (!finding.advice.empty()) std::cout << "      " << finding.advice << "\n";
  }
  std::cout << "\nLanguages\n";
  const auto toolchain = Toolchain::find();
  if (toolchain) {
    print_tool("JavaScript", &toolchain->node, paint);
    print_tool("TypeScript", pointer(toolchain->esbuild), paint);
    print_tool("Python", pointer(toolchain->python), paint);
    print_tool("C++", pointer(toolchain->cxx), paint);
    print_tool("C", pointer(toolchain->cc), paint);
  } else {
    std::cout << "  " << paint.red("✗") << " " << toolchain.error().message() << "\n";
  }
  const auto host = sandbox::Host::probe({.best = context.best, .best_time = context.best_time});
  if (!host) return report_error(context, host.error());
  std::cout << "\nTiers of isolation, strongest first\n";
  for (const sandbox::Tier tier : sandbox::kTiers) {
    std::cout << (tier == host->tier() ? paint.green("  ✓ ") : "    ") << sandbox::name_of(tier)
              << "  " << sandbox::describe(tier)
              << "\n      promises: " << sandbox::promises_of(tier)
              << "\n      needs: " << sandbox::needs_of(tier) << "\n";
  }
  std::cout << "\nPrograms run isolated by " << host->enforced().isolation
            << "; memory is limited by " << host->enforced().memory << ", CPU time by "
            << host->enforced().cpu << ", processes by " << host->enforced().processes << ".\n";
  return ExitCode::ok;
}

}  // namespace judge
