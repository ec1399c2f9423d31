#pragma once
// Reading what the service said. Lenient on purpose: a newer service may say more, and what is
// missing is shown as nothing rather than being an error.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/value.h"

namespace assent::cli {

// Empty when there is no such member or it is no text.
std::string text_at(const Value& object, std::string_view key);
std::uint64_t number_at(const Value& object, std::string_view key);  // 0 likewise
bool flag_at(const Value& object, std::string_view key);             // false likewise
const Array& list_at(const Value& object, std::string_view key);     // empty likewise
std::vector<std::string> texts_at(const Value& object, std::string_view key);
// Text as it is, a number as it is spelled, "" for everything else.
std::string shown_at(const Value& object, std::string_view key);

}  // namespace assent::cli
