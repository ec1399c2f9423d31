#include "admin-cli/reply.h"

namespace assent::cli {

std::string text_at(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value && value->text() ? *value->text() : "";
}

std::uint64_t number_at(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value && value->integer() && *value->integer() > 0 ? std::uint64_t(*value->integer()) : 0;
}

bool flag_at(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value && value->boolean() && *value->boolean();
}

const Array& list_at(const Value& object, std::string_view key) {
  static const Array kNone;
  const Value* value = object.find(key);
  return value && value->array() ? *value->array() : kNone;
}

std::vector<std::string> texts_at(const Value& object, std::string_view key) {
  std::vector<std::string> out;
  for (const Value& item : list_at(object, key))
    if (item.text()) out.push_back(*item.text());
  return out;
}

std::string shown_at(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  if (value && value->integer()) return std::to_string(*value->integer());
  return text_at(object, key);
}

}  // namespace assent::cli
