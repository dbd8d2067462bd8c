#include <cstring>
#include <limits>

#include "harnesses/protocol/codec.hpp"
#include "harnesses/protocol/tag.hpp"
#include "sandbox/base/check.hpp"

namespace harness {
namespace {

class Writer {
 public:
  void operator()(const Undefined& /*value*/) { tag(Tag::undefined); }
  void operator()(const Null& /*value*/) { tag(Tag::null); }
  void operator()(bool value) { tag(value ? Tag::yes : Tag::no); }
  void operator()(std::int64_t value) {
    tag(Tag::integer);
    little_endian(static_cast<std::uint64_t>(value), 8);
  }
  void operator()(double value) {
    tag(Tag::number);
    float64(value);
  }
  void operator()(const BigInt& value) {
    tag(Tag::big_integer);
    text(value.decimal);
  }
  void operator()(const std::string& value) {
    tag(Tag::string);
    text(value);
  }
  void operator()(const Blob& value) {
    tag(Tag::bytes);
    text(value.bytes);
  }
  void operator()(const Date& value) {
    tag(Tag::date);
    float64(value.epoch_ms);
  }
  void operator()(const List& value) {
    tag(Tag::list);
    values(value.items);
  }
  void operator()(const Object& value) {
    tag(Tag::object);
    fields(value.fields);
  }
  void operator()(const Map& value) {
    tag(Tag::map);
    count(value.entries.size());
    for (const auto& entry : value.entries) {
      write(entry.first);
      write(entry.second);
    }
  }
  void operator()(const Set& value) {
    tag(Tag::set);
    values(value.items);
  }
  void operator()(const ErrorValue& value) {
    tag(Tag::error);
    count(value.classes.size());
    for (const std::string& name : value.classes) text(name);
    text(value.message);
    fields(value.fields);
  }
  void operator()(const Known& value) {
    tag(Tag::known);
    little_endian(value.id, 4);
  }
  void operator()(const Opaque& value) {
    tag(Tag::opaque);
    text(value.what);
  }
  void operator()(const Define& value) {
    JUDGE_CHECK(value.value != nullptr, "a Define always has a value");
    tag(Tag::define);
    little_endian(value.id, 4);
    write(*value.value);
  }
  void operator()(const Controlled& value) {
    tag(Tag::controlled);
    text(value.kind);
    fields(value.fields);
  }

  void write(const Value& value) { std::visit(*this, value.data); }
  std::string take() { return std::move(out_); }

 private:
  void tag(Tag tag) { out_.push_back(static_cast<char>(tag)); }
  void little_endian(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out_.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
  }
  void float64(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    little_endian(bits, 8);
  }
  void count(std::size_t n) {
    JUDGE_CHECK(n <= std::numeric_limits<std::uint32_t>::max(), "the wire counts in 32 bits");
    little_endian(n, 4);
  }
  void text(const std::string& value) {
    count(value.size());
    out_ += value;
  }
  void values(const std::vector<Value>& items) {
    count(items.size());
    for (const Value& item : items) write(item);
  }
  void fields(const std::vector<std::pair<std::string, Value>>& pairs) {
    count(pairs.size());
    for (const auto& pair : pairs) {
      text(pair.first);
      write(pair.second);
    }
  }

  std::string out_;
};

}  // namespace

std::string encode(const Value& value) {
  Writer writer;
  writer.write(value);
  return writer.take();
}

}  // namespace harness
