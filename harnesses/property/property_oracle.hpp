// PropertyOracle: predicates over what cases showed, evaluated by the oracle's process.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harnesses/property/property_case.hpp"
#include "harnesses/schedule/oracle/oracle.hpp"

namespace harness {

// What compiling a plan's predicates found out.
struct CompiledProperty {
  bool looks_after = false;  // some predicate asks for arguments after calls
};

class PropertyOracle {
 public:
  // Makes `oracle` forget what it has compiled before. An Error of kind invalid_input lists every
  // predicate that cannot be used.
  static base::Result<PropertyOracle> compile(Oracle& oracle, const PropertyPlan& plan);

  [[nodiscard]] const CompiledProperty& compiled() const { return compiled_; }

  // For each case the failures, differences from the reference among them.
  base::Result<std::vector<std::vector<PredicateFailure>>> evaluate(std::span<const Observed> cases,
                                                                    const std::string& language);

 private:
  PropertyOracle(Oracle& oracle, const PropertyPlan& plan) : oracle_{oracle}, plan_{plan} {}

  Oracle& oracle_;
  const PropertyPlan& plan_;
  CompiledProperty compiled_;
  std::vector<Predicate> predicates_;     // that have an expression
  std::vector<std::size_t> expressions_;  // of each of them: its index in the plan
  std::vector<std::size_t> comparisons_;  // indices of those that compare with the reference
};

}  // namespace harness
