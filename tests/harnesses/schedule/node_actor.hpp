// JavaScript in the real sandbox, as the judge starts a submission, for tests.
#pragma once

#include <string_view>

#include "harnesses/actor/actor.hpp"
#include "sandbox/host.hpp"

namespace harness::test {

const sandbox::Host& host();

// The module exports `run`. Time is virtual where the host can do that.
ActorPlan node_plan(std::string_view submission);

}  // namespace harness::test
