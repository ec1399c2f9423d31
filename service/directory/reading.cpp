#include "service/directory/reading.h"

#include <algorithm>
#include <optional>

#include "service/directory/values.h"

namespace assent::directory {
namespace {

Failure broke_off(const std::string& what) {
  return fail(Code::Unavailable,
              what + ": the directory gave only a part, so nothing of it counts");
}

// The one attribute of `entry` that came with a range, under its name without it.
struct Part {
  RangedName range;
  std::vector<std::string> values;
};
std::optional<Part> take_part(Entry& entry) {
  for (Attribute& attribute : entry.attributes) {
    const auto range = parse_ranged(attribute.name);
    if (!range) continue;
    Part out{*range, std::move(attribute.values)};
    // Beside the range stands the same name without values.
    std::erase_if(entry.attributes, [&](const Attribute& each) {
      return each.name == out.range.name || &each == &attribute;
    });
    return out;
  }
  return std::nullopt;
}

Result<std::vector<std::string>> all_values(Directory& directory, Search rest, Part part) {
  std::vector<std::string> out = std::move(part.values);
  while (part.range.last) {
    const std::size_t next = *part.range.last + 1;
    if (out.size() != next || next > ReadingLimits::kValues) return broke_off(rest.base);
    rest.attributes = {range_from(part.range.name, next)};
    ASSENT_TRY(Page page, directory.page(rest, ""));
    auto more = page.entries.size() == 1 ? take_part(page.entries.front()) : std::nullopt;
    if (!more || more->range.first != next) return broke_off(rest.base);
    part = *std::move(more);
    std::ranges::move(part.values, std::back_inserter(out));
  }
  return out;
}

Status complete(Directory& directory, const Search& search, Entry& entry) {
  const bool is_named = search.scope == Scope::Base;  // and what `entry.dn` holds may be extended
  const Search rest{.base = is_named ? search.base : entry.dn,
                    .scope = Scope::Base,
                    .attributes = {},
                    .extended_names = search.extended_names};
  while (auto part = take_part(entry)) {
    std::string name = part->range.name;
    ASSENT_TRY(auto values, all_values(directory, rest, *std::move(part)));
    entry.attributes.push_back({std::move(name), std::move(values)});
  }
  return {};
}

}  // namespace

Status search_all(Directory& directory, const Search& search,
                  const std::function<Status(Entry)>& each) {
  std::string cookie;
  std::size_t entries = 0;
  for (std::size_t pages = 0; pages < ReadingLimits::kPages; ++pages) {
    ASSENT_TRY(Page page, directory.page(search, cookie));
    entries += page.entries.size();
    if (entries > ReadingLimits::kEntries) break;
    for (Entry& entry : page.entries) {
      ASSENT_CHECK(complete(directory, search, entry));
      ASSENT_CHECK(each(std::move(entry)));
    }
    if (page.cookie.empty()) return {};
    cookie = std::move(page.cookie);
  }
  return fail(Code::Invalid, "there are more than " + std::to_string(ReadingLimits::kEntries) +
                                 " entries below " + search.base +
                                 ": narrow the base or the filter");
}

Result<std::vector<Entry>> find_all(Directory& directory, const Search& search) {
  std::vector<Entry> out;
  ASSENT_CHECK(search_all(directory, search, [&](Entry entry) -> Status {
    out.push_back(std::move(entry));
    return {};
  }));
  return out;
}

Result<Entry> read_entry(Directory& directory, const std::string& dn,
                         const std::vector<std::string>& attributes, bool extended_names) {
  ASSENT_TRY(auto found, find_all(directory, {.base = dn,
                                              .scope = Scope::Base,
                                              .filter = "(objectClass=*)",
                                              .attributes = attributes,
                                              .extended_names = extended_names}));
  if (found.size() != 1) return fail(Code::NotFound, "there is no entry " + dn);
  return std::move(found.front());
}

}  // namespace assent::directory
