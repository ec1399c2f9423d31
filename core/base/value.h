#pragma once
// A tree of plain data: what JSON and TOML parse into (core/formats) and what JSON is written
// from. Decoders read it through Fields, which checks types, limits and unknown keys in one place.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace assent {

struct Value;
using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>;  // keeps its order; keys are unique when parsed

struct Value {
  // Numbers are integers: a fraction or an exponent is refused where text is parsed.
  std::variant<std::nullptr_t, bool, std::int64_t, std::string, Array, Object> data = nullptr;

  Value() = default;
  Value(bool value) : data(value) {}
  template <std::integral T>
  requires(!std::same_as<T, bool>) Value(T value) : data(std::int64_t(value)) {}
  Value(std::string value) : data(std::move(value)) {}
  Value(std::string_view value) : data(std::string(value)) {}
  Value(const char* value) : data(std::string(value)) {}
  Value(Array value) : data(std::move(value)) {}
  Value(Object value) : data(std::move(value)) {}

  // The member named `key` of an object, or nullptr: also when this is no object.
  const Value* find(std::string_view key) const;
  // Each is nullptr when the value has another type.
  const std::string* text() const { return std::get_if<std::string>(&data); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&data); }
  const bool* boolean() const { return std::get_if<bool>(&data); }
  const Array* array() const { return std::get_if<Array>(&data); }
  const Object* object() const { return std::get_if<Object>(&data); }

  friend bool operator==(const Value&, const Value&) = default;
};

// Compact JSON, members in their order. Text must be valid UTF-8; controls are escaped.
std::string to_json(const Value& value);
// RFC 8785 for this subset (integers, ASCII keys): members sorted, no spaces. Signed bytes.
std::string to_canonical_json(const Value& value);
// Appends `text` as a JSON string, quotes and all: for answers built without a tree.
void append_json_string(std::string& out, std::string_view text);

// Reads the members of one object strictly: the first fault is kept, later reads give defaults,
// and finish() reports it with its path, or the first member that nothing asked for.
class Fields {
 public:
  // `path` is put before member names in messages: "policy.student".
  explicit Fields(const Value& value, std::string path = "");

  // Required text of at most `max` bytes, not empty.
  std::string text(std::string_view key, std::size_t max);
  std::optional<std::string> optional_text(std::string_view key, std::size_t max);
  std::int64_t integer(std::string_view key, std::int64_t min, std::int64_t max);
  std::int64_t integer_or(std::string_view key, std::int64_t fallback, std::int64_t min,
                          std::int64_t max);
  bool boolean_or(std::string_view key, bool fallback);
  // Text items only, each at most `max` bytes, at most `count` of them; empty when absent.
  std::vector<std::string> texts(std::string_view key, std::size_t max, std::size_t count);
  // Any member as it is, or nullptr when absent.
  const Value* any(std::string_view key);
  const Array& array(std::string_view key, std::size_t max_count);  // Empty when absent.

  // Records a fault found by the caller, such as a date that does not parse.
  void reject(std::string_view key, std::string_view why);
  // Takes a Result's value, or records its error against `key`.
  template <class T>
  T accept(std::string_view key, Result<T> result) {
    if (result) return *std::move(result);
    reject(key, result.error().message);
    return T{};
  }

  Status finish() const;
  template <class T>
  Result<T> finish(T value) const {
    ASSENT_CHECK(finish());
    return value;
  }

 private:
  const Value* take(std::string_view key, bool required);

  const Object* object_;
  std::string path_;
  std::vector<bool> taken_;
  std::string fault_;
};

}  // namespace assent
