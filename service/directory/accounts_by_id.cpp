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

using Found = std::unordered_map<std::string, std::string>;

Status take(const DirectorySettings& settings, Entry entry, Found& to) {
  ASSENT_TRY(std::string id, id_of(settings.kind, entry));
  to.emplace(std::move(id), std::move(entry.dn));
  return {};
}

// Asks for them by their ids, some at a time.
Status find_below(Directory& directory, const DirectorySettings& settings, const std::string& base,
                  std::span<const std::string> ids, Found& to) {
  const std::string attribute = id_attribute(settings.kind);
  for (std::size_t at = 0; at < ids.size(); at += kIdsAtOnce) {
    std::string any;
    for (const std::string& id : ids.subspan(at, std::min(kIdsAtOnce, ids.size() - at)))
      if (const auto value = id_value(settings.kind, id)) any += equals(attribute, *value);
    if (any.empty()) continue;
    ASSENT_CHECK(search_all(directory,
                            {.base = base, .filter = "(|" + any + ")", .attributes = {attribute}},
                            [&](Entry entry) { return take(settings, std::move(entry), to); }));
  }
  return {};
}

// All that `settings.people` finds, but those who were not asked for.
Status find_among_all(Directory& directory, const DirectorySettings& settings,
                      std::span<const std::string> ids, Found& to) {
  const Search everybody{.base = settings.base,
                         .filter = settings.people,
                         .attributes = {id_attribute(settings.kind)}};
  ASSENT_CHECK(search_all(directory, everybody,
                          [&](Entry entry) { return take(settings, std::move(entry), to); }));
  const std::unordered_set<std::string> asked(ids.begin(), ids.end());
  std::erase_if(to, [&](const auto& account) { return !asked.contains(account.first); });
  return {};
}

// The part of the directory that `base` is in (RFC 4512, 5.1): `base` itself where the server does
// not say.
Result<std::string> naming_context_of(Directory& directory, const std::string& base) {
  const auto root = read_entry(directory, "", {"namingContexts"});
  if (!root && root.error().code != Code::NotFound) return fail(root.error());
  ASSENT_TRY(const std::string below, normal_dn(base));
  std::string out = base;
  if (!root) return out;
  for (const std::string& context : root->values("namingContexts"))
    if (const auto normal = normal_dn(context); normal && is_within(below, *normal)) out = context;
  return out;
}

}  // namespace

Result<std::unordered_map<std::string, std::string>> find_by_id(Directory& directory,
                                                                const DirectorySettings& settings,
                                                                std::span<const std::string> ids) {
  Found out;
  ASSENT_CHECK(ids.size() > kIdsOneByOne
                   ? find_among_all(directory, settings, ids, out)
                   : find_below(directory, settings, settings.base, ids, out));
  std::vector<std::string> missing;
  for (const std::string& id : ids)
    if (!out.contains(id)) missing.push_back(id);
  if (missing.empty()) return out;
  ASSENT_TRY(const std::string all, naming_context_of(directory, settings.base));
  ASSENT_CHECK(find_below(directory, settings, all, missing, out));
  return out;
}

Status each_account(Directory& directory, const DirectorySettings& settings,
                    const std::function<void(const std::string& id, const std::string& dn)>& each) {
  const Search search{.base = settings.base,
                      .filter = settings.people,
                      .attributes = {id_attribute(settings.kind)}};
  return search_all(directory, search, [&](const Entry& entry) -> Status {
    ASSENT_TRY(const std::string dn, normal_dn(entry.dn));
    ASSENT_TRY(const std::string id, id_of(settings.kind, entry));
    each(id, dn);
    return {};
  });
}

}  // namespace assent::directory
