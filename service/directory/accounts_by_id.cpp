#include "service/directory/accounts_by_id.h"

#include <algorithm>
#include <unordered_set>

#include "service/directory/account_state.h"
#include "service/directory/dn.h"
#include "service/directory/filter.h"
#include "service/directory/reading.h"
#include "service/directory/values.h"

namespace assent::directory {
namespace {

constexpr std::size_t kIdsAtOnce = 100;     // in one filter
constexpr std::size_t kIdsOneByOne = 5000;  // more are found sooner by reading everybody

// The id as it stands in the directory. Invalid for what is none.
Result<std::string> id_value(DirectoryKind kind, const std::string& id) {
  return kind == DirectoryKind::ActiveDirectory ? guid_bytes(id) : uuid_text(id);
}

}  // namespace

Result<std::unordered_map<std::string, std::string>> find_by_id(Directory& directory,
                                                                const DirectorySettings& settings,
                                                                std::span<const std::string> ids) {
  std::unordered_map<std::string, std::string> out;
  const auto take = [&](Entry entry) -> Status {
    ASSENT_TRY(std::string id, id_of(settings.kind, entry));
    out.emplace(std::move(id), std::move(entry.dn));
    return {};
  };
  const std::vector<std::string> attributes{id_attribute(settings.kind)};
  if (ids.size() > kIdsOneByOne) {
    const std::unordered_set<std::string> asked(ids.begin(), ids.end());
    const Search everybody{
        .base = settings.base, .filter = settings.people, .attributes = attributes};
    ASSENT_CHECK(search_all(directory, everybody, take));
    std::erase_if(out, [&](const auto& account) { return !asked.contains(account.first); });
    return out;
  }
  for (std::size_t at = 0; at < ids.size(); at += kIdsAtOnce) {
    std::string any;
    for (const std::string& id : ids.subspan(at, std::min(kIdsAtOnce, ids.size() - at)))
      if (const auto value = id_value(settings.kind, id)) any += equals(attributes[0], *value);
    if (any.empty()) continue;
    ASSENT_CHECK(search_all(
        directory, {.base = settings.base, .filter = "(|" + any + ")", .attributes = attributes},
        take));
  }
  return out;
}

Status each_account(Directory& directory, const DirectorySettings& settings,
                    const std::function<void(std::string id, const std::string& dn)>& each) {
  const Search search{.base = settings.base,
                      .filter = settings.people,
                      .attributes = {id_attribute(settings.kind)}};
  return search_all(directory, search, [&](const Entry& entry) -> Status {
    ASSENT_TRY(const std::string dn, normal_dn(entry.dn));
    ASSENT_TRY(std::string id, id_of(settings.kind, entry));
    each(std::move(id), dn);
    return {};
  });
}

}  // namespace assent::directory
