#include "service/directory/accounts_by_id.h"

#include <algorithm>

#include "service/directory/account_state.h"
#include "service/directory/dn.h"
#include "service/directory/filter.h"
#include "service/directory/reading.h"
#include "service/directory/values.h"

namespace assent::directory {
namespace {

constexpr std::size_t kIdsAtOnce = 100;  // in one filter

// The id as it stands in the directory. Invalid for what is none.
Result<std::string> id_value(DirectoryKind kind, const std::string& id) {
  return kind == DirectoryKind::ActiveDirectory ? guid_bytes(id) : uuid_text(id);
}

}  // namespace

Result<std::unordered_map<std::string, std::string>> find_by_id(Directory& directory,
                                                                const DirectorySettings& settings,
                                                                std::span<const std::string> ids) {
  std::unordered_map<std::string, std::string> out;
  const std::string attribute = id_attribute(settings.kind);
  for (std::size_t at = 0; at < ids.size(); at += kIdsAtOnce) {
    std::string any;
    for (const std::string& id : ids.subspan(at, std::min(kIdsAtOnce, ids.size() - at)))
      if (const auto value = id_value(settings.kind, id)) any += equals(attribute, *value);
    if (any.empty()) continue;
    const Search search{
        .base = settings.base, .filter = "(|" + any + ")", .attributes = {attribute}};
    ASSENT_CHECK(search_all(directory, search, [&](Entry entry) -> Status {
      ASSENT_TRY(std::string id, id_of(settings.kind, entry));
      out.emplace(std::move(id), std::move(entry.dn));
      return {};
    }));
  }
  return out;
}

Result<std::unordered_map<std::string, std::string>> ids_by_dn(Directory& directory,
                                                               const DirectorySettings& settings) {
  std::unordered_map<std::string, std::string> out;
  const Search search{.base = settings.base,
                      .filter = settings.people,
                      .attributes = {id_attribute(settings.kind)}};
  ASSENT_CHECK(search_all(directory, search, [&](const Entry& entry) -> Status {
    ASSENT_TRY(std::string normal, normal_dn(entry.dn));
    ASSENT_TRY(std::string id, id_of(settings.kind, entry));
    out.emplace(std::move(normal), std::move(id));
    return {};
  }));
  return out;
}

}  // namespace assent::directory
