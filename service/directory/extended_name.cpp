#include "service/directory/extended_name.h"

#include "service/directory/values.h"

namespace assent::directory {

constexpr std::string_view kId = "<GUID=", kSid = "<SID=", kEnd = ">;";

Result<std::string> name_by_id(std::string_view id) {
  ASSENT_CHECK(guid_bytes(id));
  return std::string(kId) + std::string(id) + ">";
}

Result<ExtendedName> parse_extended(std::string_view text) {
  const std::size_t end = text.find(kEnd);
  if (!text.starts_with(kId) || end == text.npos)
    return fail(Code::Invalid, "this name has no id in front");
  ASSENT_TRY(std::string id, uuid_text(text.substr(kId.size(), end - kId.size())));
  std::string_view dn = text.substr(end + kEnd.size());
  if (dn.starts_with(kSid)) {
    const std::size_t sid_end = dn.find(kEnd);
    if (sid_end == dn.npos) return fail(Code::Invalid, "the SID in front of this name has no end");
    dn.remove_prefix(sid_end + kEnd.size());
  }
  return ExtendedName{std::move(id), std::string(dn)};
}

}  // namespace assent::directory
