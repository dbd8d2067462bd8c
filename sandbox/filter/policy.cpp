#include "sandbox/filter/policy.hpp"

#include "sandbox/filter/parse_policy.hpp"
#include "sandbox/filter/policy_files.hpp"

namespace sandbox {

base::Result<std::vector<Rule>> policy_for(Profile profile) {
  auto rules = parse_policy(name_of(profile), policy_files());
  if (!rules) return base::internal("sandbox: policy: " + rules.error().message());
  return rules;
}

}  // namespace sandbox
