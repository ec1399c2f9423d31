// Compiled in, because Debian's shared library has the throwing parser only.
#undef TOML_HEADER_ONLY
#undef TOML_SHARED_LIB
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
// Its checks abort on some typing errors, such as "[%x]", that its next lines report well; with
// NDEBUG it would take them for granted instead.
#undef NDEBUG
#define TOML_ASSERT(expression) static_cast<void>(0)
#include "core/formats/toml.h"

#include <toml++/toml.h>

#include <algorithm>

#include "core/base/time.h"

namespace assent {
namespace {

constexpr std::size_t kMaxBytes = 256 * 1024;

std::string place(std::string_view name, const toml::source_region& source) {
  return std::string(name) + ":" + std::to_string(source.begin.line) + ":" +
         std::to_string(source.begin.column) + ": ";
}

constexpr int kDepth = 32;  // of lists and tables in each other

struct Stray {
  std::size_t line = 0;  // 0: nothing found
  std::string_view why;
};

// The first place that the parser of Debian 12 must not be given, outside strings and comments: a
// byte that is not ASCII, on some of which it is undefined, or brackets too deep, where it aborts.
Stray find_stray(std::string_view text) {
  std::size_t line = 1;
  int depth = 0;
  std::string_view quote;  // what ends the string that we are in; empty outside of one
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    line += rest[0] == '\n';
    if (!quote.empty()) {
      if (rest[0] == '\\' && quote[0] == '"') {
        ++at;
        line += rest.size() > 1 && rest[1] == '\n';
      } else if (rest.starts_with(quote)) {
        at += quote.size() - 1;
        quote = {};
      } else if (rest[0] == '\n' && quote.size() == 1) {
        quote = {};  // not closed: the parser says so
      }
    } else if (rest[0] == '#') {
      at += std::min(rest.find('\n'), rest.size()) - 1;
    } else if (rest[0] == '"' || rest[0] == '\'') {
      quote = rest.substr(0, rest.starts_with("\"\"\"") || rest.starts_with("'''") ? 3 : 1);
      at += quote.size() - 1;
    } else if (static_cast<unsigned char>(rest[0]) >= 0x80) {
      return {line, "letters such as é belong in quotes"};
    } else if (rest[0] == '[' || rest[0] == '{') {
      if (++depth > kDepth) return {line, "lists stand in each other more than 32 deep"};
    } else if (rest[0] == ']' || rest[0] == '}') {
      --depth;
    }
  }
  return {};
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
  return fail(Code::Invalid,
              place(name, node.source()) + "write a whole number, a date, or text in quotes here");
}

}  // namespace

Result<Value> parse_toml(std::string_view text, std::string_view name) {
  if (text.size() > kMaxBytes)
    return fail(Code::Invalid, std::string(name) + " is longer than 256 KiB");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  if (const Stray stray = find_stray(text); stray.line > 0)
    return fail(Code::Invalid, std::string(name) + ":" + std::to_string(stray.line) + ": " +
                                   std::string(stray.why));
  const toml::parse_result parsed = toml::parse(text, name);
  if (!parsed)
    return fail(Code::Invalid,
                place(name, parsed.error().source()) + std::string(parsed.error().description()));
  return convert(parsed.table(), name);
}

}  // namespace assent
