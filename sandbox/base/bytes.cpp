#include "sandbox/base/bytes.hpp"

namespace base {

std::string to_string(Bytes amount) {
  struct Unit {
    unsigned shift;
    const char* name;
  };
  for (const Unit unit : {Unit{30, " GiB"}, Unit{20, " MiB"}, Unit{10, " KiB"}}) {
    const std::uint64_t size = std::uint64_t{1} << unit.shift;
    if (amount.count() >= size && amount.count() % size == 0) {
      return std::to_string(amount.count() / size) + unit.name;
    }
  }
  return std::to_string(amount.count()) + " B";
}

}  // namespace base
