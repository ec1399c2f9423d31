// Look-ups over what is published. All pure: the catalogue never changes once it is made.

#include "service/domain/catalogue.h"

#include <algorithm>
#include <tuple>

namespace assent {

const PublishedVersion* PublishedPolicy::current(Time now) const {
  if (retired) return nullptr;
  const auto newest = std::find_if(versions.rbegin(), versions.rend(),
                                   [&](const auto& each) { return each.effective <= now; });
  return newest == versions.rend() ? nullptr : &*newest;
}

const PublishedVersion* PublishedPolicy::version(std::uint32_t number) const {
  const auto found = std::ranges::lower_bound(versions, number, {}, &PublishedVersion::number);
  return found == versions.end() || found->number() != number ? nullptr : &*found;
}

Mode PublishedPolicy::strongest(std::uint32_t from, std::uint32_t to) const {
  Mode mode = Mode::Editorial;
  for (const PublishedVersion& each : versions)
    if (each.number() > from && each.number() <= to) mode = std::max(mode, each.text->mode);
  return mode;
}

std::optional<Time> PublishedPolicy::last_renewal(Time now) const {
  const auto after = std::ranges::upper_bound(renewals, now);
  if (after == renewals.begin()) return std::nullopt;
  return *std::prev(after);
}

const PublishedPolicy* Catalogue::find(SchoolKey school, const PolicyName& name) const {
  const auto place = [](const PublishedPolicy& each) { return std::tie(each.school, each.name); };
  const auto wanted = std::tie(school, name);
  const auto found = std::ranges::lower_bound(policies, wanted, {}, place);
  return found == policies.end() || place(*found) != wanted ? nullptr : &*found;
}

const PublishedPolicy* Catalogue::find(PolicyKey key) const {
  const auto found = std::ranges::find(policies, key, &PublishedPolicy::key);
  return found == policies.end() ? nullptr : &*found;
}

const Rendition& choose_rendition(const PolicyVersion& version, std::string_view language,
                                  Style style, std::string_view school_language) {
  const std::pair<std::string_view, Style> wishes[] = {
      {language, style}, {school_language, style}, {language, Style::Std}};
  for (const auto& [wanted, band] : wishes)
    for (const Rendition& each : version.renditions)
      if (each.language == wanted && each.style == band) return each;
  return version.renditions.front();
}

}  // namespace assent
