#include "sandbox/bare/path_map.hpp"

#include <algorithm>
#include <cctype>

#include "sandbox/slot_recipe.hpp"

namespace sandbox {
namespace {

// What names of files are usually made of. Anything else is a border.
bool is_part_of_a_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
         c == '+' || c == '~' || c == '@' || c == '%' || static_cast<unsigned char>(c) >= 0x80;
}

// Whether a path can begin at `at`: at the start of a word, or behind an option's letters.
bool begins_at(std::string_view text, std::size_t at) {
  std::size_t word = at;
  while (word > 0 && (is_part_of_a_name(text[word - 1]) || text[word - 1] == '/')) --word;
  const std::string_view before = text.substr(word, at - word);
  if (before.empty()) return true;
  return before.front() == '-' && before.find('/') == std::string_view::npos;
}

}  // namespace

PathMap PathMap::below(const std::string& folder, const Program& program) {
  PathMap map;
  map.folder_ = folder;
  for (const std::string& top : file_folders(program)) map.places_.emplace_back(top, folder + top);
  map.places_.emplace_back("/tmp", folder + "/tmp");
  map.places_.emplace_back("/dev/shm", folder + "/tmp");
  for (const ReadOnlyBind& bind : program.binds) {
    if (bind.source != bind.target) map.places_.emplace_back(bind.target, bind.source);
  }
  std::sort(map.places_.begin(), map.places_.end(), [](const Place& a, const Place& b) {
    return std::pair{b.first.size(), a.first} < std::pair{a.first.size(), b.first};
  });
  return map;
}

const PathMap::Place* PathMap::place_at(std::string_view text, std::size_t at) const {
  for (const Place& place : places_) {
    if (!text.substr(at).starts_with(place.first)) continue;
    const std::size_t end = at + place.first.size();
    if (end == text.size() || !is_part_of_a_name(text[end])) return &place;
  }
  return nullptr;
}

std::string PathMap::path(std::string_view inside) const {
  const Place* place = place_at(inside, 0);
  if (place == nullptr) return std::string{inside};
  return place->second + std::string{inside.substr(place->first.size())};
}

std::string PathMap::text(std::string_view inside) const {
  if (is_identity()) return std::string{inside};
  std::string result;
  for (std::size_t at = 0; at < inside.size();) {
    const bool can_begin = inside[at] == '/' && begins_at(inside, at);
    const Place* place = can_begin ? place_at(inside, at) : nullptr;
    if (place == nullptr) {
      result += inside[at++];
    } else {
      result += place->second;
      at += place->first.size();
    }
  }
  return result;
}

std::string PathMap::told(std::string said) const {
  if (is_identity()) return said;
  std::string result;
  std::size_t from = 0;
  for (std::size_t at = 0; (at = said.find(folder_ + "/", from)) != std::string::npos;) {
    result.append(said, from, at - from);
    from = at + folder_.size();
  }
  if (from == 0) return said;
  return result.append(said, from);
}

std::string PathMap::variable(std::string_view inside) const {
  const std::size_t equals = inside.find('=');
  if (equals == std::string_view::npos) return std::string{inside};
  return std::string{inside.substr(0, equals + 1)} + text(inside.substr(equals + 1));
}

}  // namespace sandbox
