#pragma once
// What both kinds of file share: parsing, and messages that name the file. Inside config/ only.

#include "core/base/value.h"

namespace assent {

// TOML text to a Value; the message names file, line and column.
Result<Value> parse_config(std::string_view text, const std::string& file);
// The same fault with the file's name before it, and where to look an unknown key up.
Error in_file(const std::string& file, Error error);
// A time zone's IANA name by its form; whether there is such a zone, the calendar says at start.
void check_zone(Fields& fields, std::string_view key, const std::string& zone);
// An IPv4 or IPv6 literal.
bool is_ip_address(const std::string& text);
// A line for screens: safe to show on any terminal.
std::string shown(Fields& fields, std::string_view key, std::string fallback);
// `item`'s member as one text or a list of them; `fields` are those of `item`.
std::vector<std::string> one_or_more(Fields& fields, const Value& item, std::string_view key,
                                     std::size_t max, std::size_t count);

}  // namespace assent
