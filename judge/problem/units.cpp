#include "judge/problem/units.hpp"

#include "sandbox/base/amount.hpp"

namespace judge {
namespace {

std::string text_of(const base::Error& error) { return error.message(); }

}  // namespace

tl::expected<std::chrono::milliseconds, std::string> parse_duration(std::string_view text) {
  return base::parse_duration(text, base::AmountStyle::spaced).map_error(text_of);
}

tl::expected<base::Bytes, std::string> parse_size(std::string_view text) {
  return base::parse_bytes(text, base::AmountStyle::spaced).map_error(text_of);
}

}  // namespace judge
