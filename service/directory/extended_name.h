#pragma once
// Active Directory's names that hold an entry's id, which outlives every renaming (MS-ADTS
// 3.1.1.3.1.2.4 and 3.1.1.3.4.1.5). Pure.

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace assent::directory {

// "<GUID=f81d4fae-…>": stands for a DN in a question or a change. Invalid for what guid_text() does
// not give.
Result<std::string> name_by_id(std::string_view id);

struct ExtendedName {
  std::string id;
  std::string dn;
  friend bool operator==(const ExtendedName&, const ExtendedName&) = default;
};
// Of "<GUID=f81d4fae-…>;<SID=S-1-5-…>;CN=x,DC=y"; not every entry has a SID. Invalid without an id.
Result<ExtendedName> parse_extended(std::string_view text);

}  // namespace assent::directory
