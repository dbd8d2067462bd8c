#include "sandbox/wire/block_writer.hpp"

namespace sandbox::wire {

Text BlockWriter::text(std::string_view content) {
  const Text text{here(), static_cast<std::uint32_t>(content.size())};
  bytes_.append(content);
  bytes_.push_back('\0');
  return text;
}

Table BlockWriter::strings(const std::vector<std::string>& texts) {
  std::vector<Text> places;
  places.reserve(texts.size() + 1);
  for (const std::string& one : texts) places.push_back(text(one));
  places.push_back(Text{});
  return table<Text>(places);
}

void BlockWriter::align() { bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0'); }

}  // namespace sandbox::wire
