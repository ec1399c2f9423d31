// Compiled in, because Debian's shared library has the throwing parser only.
#undef TOML_HEADER_ONLY
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include "core/formats/toml.h"

#include <toml++/toml.h>

#include "core/base/time.h"

namespace assent {
namespace {

constexpr std::size_t kMaxBytes = 256 * 1024;

std::string place(std::string_view name, const toml::source_region& source) {
  return std::string(name) + ":" + std::to_string(source.begin.line) + ":" +
         std::to_string(source.begin.column) + ": ";
}

Result<Value> convert(const toml::node& node, std::string_view name) {
  if (const auto* table = node.as_table()) {
    Object out;
    for (const auto& [key, item] : *table) {
      ASSENT_TRY(Value value, convert(item, name));
      out.emplace_back(std::string(key.str()), std::move(value));
    }
    return Value{std::move(out)};
  }
  if (const auto* array = node.as_array()) {
    Array out;
    for (const auto& item : *array) {
      ASSENT_TRY(Value value, convert(item, name));
      out.push_back(std::move(value));
    }
    return Value{std::move(out)};
  }
  if (const auto* text = node.as_string()) return Value{text->get()};
  if (const auto* integer = node.as_integer()) return Value{integer->get()};
  if (const auto* boolean = node.as_boolean()) return Value{boolean->get()};
  if (const auto* date = node.as_date()) {
    const toml::date day = date->get();
    return Value{to_text(Date{std::chrono::year{day.year}, std::chrono::month{day.month},
                              std::chrono::day{day.day}})};
  }
  return fail(Code::Invalid, place(name, node.source()) +
                                 "write a whole number, a date, or text in quotes here");
}

}  // namespace

Result<Value> parse_toml(std::string_view text, std::string_view name) {
  if (text.size() > kMaxBytes)
    return fail(Code::Invalid, std::string(name) + " is longer than 256 KiB");
  const toml::parse_result parsed = toml::parse(text, name);
  if (!parsed)
    return fail(Code::Invalid, place(name, parsed.error().source()) +
                                   std::string(parsed.error().description()));
  return convert(parsed.table(), name);
}

}  // namespace assent
