#include "harnesses/protocol/fields.hpp"

namespace harness {
namespace {

template <typename T>
base::Result<const T*> typed_field(const Value& object, std::string_view name, const char* wanted) {
  JUDGE_TRY(const Value* value, field(object, name));
  const T* typed = std::get_if<T>(&value->data);
  if (typed == nullptr) {
    return base::invalid_input("field '" + std::string{name} + "' is not " + wanted);
  }
  return typed;
}

}  // namespace

base::Result<const Value*> field(const Value& object, std::string_view name) {
  const auto* fields = std::get_if<Object>(&object.data);
  if (fields == nullptr) return base::invalid_input("the payload is not an object");
  for (const auto& [key, value] : fields->fields) {
    if (key == name) return &value;
  }
  return base::invalid_input("field '" + std::string{name} + "' is missing");
}

base::Result<std::int64_t> integer_field(const Value& object, std::string_view name) {
  JUDGE_TRY(const std::int64_t* value, typed_field<std::int64_t>(object, name, "an integer"));
  return *value;
}

base::Result<bool> boolean_field(const Value& object, std::string_view name) {
  JUDGE_TRY(const bool* value, typed_field<bool>(object, name, "true or false"));
  return *value;
}

base::Result<std::string> text_field(const Value& object, std::string_view name) {
  JUDGE_TRY(const std::string* value, typed_field<std::string>(object, name, "a text"));
  return *value;
}

base::Result<const List*> list_field(const Value& object, std::string_view name) {
  return typed_field<List>(object, name, "a list");
}

}  // namespace harness
