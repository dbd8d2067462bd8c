#include "harnesses/cases/json_value.hpp"

#include <set>
#include <string>
#include <vector>

#include "sandbox/base/escape.hpp"

namespace harness {

base::Result<nlohmann::json> parse_json(std::string_view text) {
  using Event = nlohmann::json::parse_event_t;
  std::string refusal;
  std::vector<std::set<std::string>> keys;
  const auto watch = [&](int depth, Event event, nlohmann::json& parsed) {
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end && !keys.empty()) keys.pop_back();
    if (depth > kDeepestJson && refusal.empty()) {
      refusal = "is nested deeper than " + std::to_string(kDeepestJson) + " levels";
    }
    if (event == Event::key && !keys.empty()) {
      const auto& name = parsed.get_ref<const std::string&>();
      if (!keys.back().insert(name).second && refusal.empty()) {
        refusal = "has the key " + base::quoted(name) + " twice";
      }
    }
    return refusal.empty();  // false discards, so nothing deep is ever built
  };
  nlohmann::json value = nlohmann::json::parse(text, watch, /*allow_exceptions=*/false);
  if (!refusal.empty()) return base::invalid_input(std::move(refusal));
  if (value.is_discarded()) return base::invalid_input("is not JSON");
  return value;
}

}  // namespace harness
