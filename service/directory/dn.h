#pragma once
// Distinguished names (RFC 4514): comparing, building, and where in the tree one stands. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace assent::directory {

// One spelling for equal names: escapes in one form, ASCII letters in lower case, no spaces around
// '=' and ','. Invalid for what is no DN in UTF-8, and over 8 KiB. For comparing, not for showing.
Result<std::string> normal_dn(std::string_view dn);

// True if `dn` is `base` or below it; both are normal.
bool is_within(std::string_view dn, std::string_view base);

// "type=value" with the value escaped, to be put before a DN and a comma.
std::string rdn(std::string_view type, std::string_view value);

// The name with its first part taken off: "ou=b" of "cn=a,ou=b".
std::string parent_of(const std::string& dn);

// "school.example" of "CN=x,DC=school,DC=example"; empty for what is no DN.
std::string dns_name_of(const std::string& dn);

// The organisational units of `dn` below `base`, from the top: {"Students", "Year 7"}, as written.
// The entry itself is not among them. Empty when it is not below `base`, or is no DN.
std::vector<std::string> ou_path(std::string_view dn, std::string_view base);

}  // namespace assent::directory
