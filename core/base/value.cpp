#include "core/base/value.h"

#include <algorithm>

namespace assent {
namespace {

const Object kNoMembers;
const Array kNoItems;

void write(std::string& out, const Value& value, bool sorted);

void write_object(std::string& out, const Object& object, bool sorted) {
  std::vector<const Member*> members;
  members.reserve(object.size());
  for (const Member& member : object) members.push_back(&member);
  if (sorted) std::ranges::sort(members, {}, [](const Member* m) { return m->first; });
  char separator = '{';
  for (const Member* member : members) {
    out += separator;
    append_json_string(out, member->first);
    out += ':';
    write(out, member->second, sorted);
    separator = ',';
  }
  out += separator == '{' ? "{}" : "}";
}

void write_array(std::string& out, const Array& array, bool sorted) {
  char separator = '[';
  for (const Value& item : array) {
    out += separator;
    write(out, item, sorted);
    separator = ',';
  }
  out += separator == '[' ? "[]" : "]";
}

void write(std::string& out, const Value& value, bool sorted) {
  if (const auto* text = value.text()) return append_json_string(out, *text);
  if (const auto* array = value.array()) return write_array(out, *array, sorted);
  if (const auto* object = value.object()) return write_object(out, *object, sorted);
  if (const auto* integer = value.integer()) {
    out += std::to_string(*integer);
  } else if (const auto* boolean = value.boolean()) {
    out += *boolean ? "true" : "false";
  } else {
    out += "null";
  }
}

}  // namespace

const Value* Value::find(std::string_view key) const {
  const Object* members = object();
  if (!members) return nullptr;
  const auto found = std::ranges::find(*members, key, &Member::first);
  return found == members->end() ? nullptr : &found->second;
}

std::string to_json(const Value& value) {
  std::string out;
  write(out, value, false);
  return out;
}

std::string to_canonical_json(const Value& value) {
  std::string out;
  write(out, value, true);
  return out;
}

namespace {

bool is_plain(char c) {
  return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
}

void append_escaped(std::string& out, char c) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4];
      out += kHex[static_cast<unsigned char>(c) & 15];
  }
}

}  // namespace

// By runs of plain characters: documents are long, and most of every answer.
void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto run = std::size_t(std::ranges::find_if_not(text, is_plain) - text.begin());
    out.append(text.substr(0, run));
    if (run == text.size()) break;
    append_escaped(out, text[run]);
    text.remove_prefix(run + 1);
  }
  out += '"';
}

Fields::Fields(const Value& value, std::string path)
    : object_(value.object() ? value.object() : &kNoMembers),
      path_(std::move(path)),
      taken_(object_->size(), false) {
  if (!value.object()) fault_ = (path_.empty() ? "this" : path_) + " must be an object";
}

const Value* Fields::take(std::string_view key, bool required) {
  const auto found = std::ranges::find(*object_, key, &Member::first);
  if (found == object_->end()) {
    if (required) reject(key, "is missing");
    return nullptr;
  }
  taken_[std::size_t(found - object_->begin())] = true;
  return &found->second;
}

std::string Fields::text(std::string_view key, std::size_t max) {
  const Value* value = take(key, true);
  if (!value) return {};
  const std::string* text = value->text();
  if (!text) return reject(key, "must be text"), "";
  if (text->empty()) return reject(key, "must not be empty"), "";
  if (text->size() > max)
    return reject(key, "is longer than " + std::to_string(max) + " bytes"), "";
  return *text;
}

std::optional<std::string> Fields::optional_text(std::string_view key, std::size_t max) {
  const auto present = std::ranges::find(*object_, key, &Member::first);
  if (present == object_->end()) return std::nullopt;
  return text(key, max);
}

std::int64_t Fields::integer(std::string_view key, std::int64_t min, std::int64_t max) {
  const Value* value = take(key, true);
  if (!value) return min;
  const std::int64_t* number = value->integer();
  if (!number || *number < min || *number > max) {
    reject(key,
           "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return min;
  }
  return *number;
}

std::int64_t Fields::integer_or(std::string_view key, std::int64_t fallback, std::int64_t min,
                                std::int64_t max) {
  const auto present = std::ranges::find(*object_, key, &Member::first);
  return present == object_->end() ? fallback : integer(key, min, max);
}

bool Fields::boolean_or(std::string_view key, bool fallback) {
  const Value* value = take(key, false);
  if (!value) return fallback;
  if (!value->boolean()) return reject(key, "must be true or false"), fallback;
  return *value->boolean();
}

std::vector<std::string> Fields::texts(std::string_view key, std::size_t max, std::size_t count) {
  std::vector<std::string> out;
  for (const Value& item : array(key, count)) {
    if (!item.text() || item.text()->size() > max)
      return reject(key, "must hold texts of at most " + std::to_string(max) + " bytes"), out;
    out.push_back(*item.text());
  }
  return out;
}

const Value* Fields::any(std::string_view key) {
  return take(key, false);
}

const Array& Fields::array(std::string_view key, std::size_t max_count) {
  const Value* value = take(key, false);
  if (!value) return kNoItems;
  if (!value->array()) return reject(key, "must be a list"), kNoItems;
  if (value->array()->size() > max_count)
    return reject(key, "has more than " + std::to_string(max_count) + " items"), kNoItems;
  return *value->array();
}

void Fields::reject(std::string_view key, std::string_view why) {
  if (!fault_.empty()) return;
  fault_ = (path_.empty() ? "" : path_ + ".") + std::string(key) + " " + std::string(why);
}

Status Fields::finish() const {
  if (!fault_.empty()) return fail(Code::Invalid, fault_);
  const auto unknown = std::ranges::find(taken_, false);
  if (unknown == taken_.end()) return {};
  const std::string& key = (*object_)[std::size_t(unknown - taken_.begin())].first;
  return fail(Code::Invalid, (path_.empty() ? "" : path_ + ".") + key + " is not known here");
}

}  // namespace assent
