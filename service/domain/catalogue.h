#pragma once
// Every published version of every policy of a school: immutable, whole in memory, swapped at
// once when something is published. Publishing writes no person's row.

#include <memory>
#include <vector>

#include "core/policy/policy.h"
#include "service/domain/school.h"

namespace assent {

using PolicyKey = std::uint16_t;  // the store's short key for a policy; never leaves the service

struct PublishedVersion {
  std::shared_ptr<const PolicyVersion> text;
  Time effective{}, enforced{};  // start of those days in the school's zone
  std::uint64_t entry = 0;       // the ledger index of its publish record
  std::uint32_t number() const { return text->number; }
};

struct PublishedPolicy {
  PolicyKey key = 0;
  SchoolKey school = 0;
  PolicyName name;
  std::vector<PublishedVersion> versions;  // by number
  std::vector<Time> renewals;              // instants of annual renewal, oldest first; may be empty
  bool retired = false;

  // The newest version by number that is effective at `now`; nullptr when there is none or the
  // policy is retired.
  const PublishedVersion* current(Time now) const;
  const PublishedVersion* version(std::uint32_t number) const;
  // The strongest mode of the versions after `from`, up to and with `to`.
  Mode strongest(std::uint32_t from, std::uint32_t to) const;
  // The last renewal instant at or before `now`, if any.
  std::optional<Time> last_renewal(Time now) const;
};

struct Catalogue {
  std::vector<PublishedPolicy> policies;  // by school, then name
  const PublishedPolicy* find(SchoolKey school, const PolicyName& name) const;
  const PublishedPolicy* find(PolicyKey key) const;
};

// The rendition to show: asked language and style, then the school's language in that style, then
// asked language in std, then the first. Never null: a version has at least one rendition.
const Rendition& choose_rendition(const PolicyVersion& version, std::string_view language,
                                  Style style, std::string_view school_language);

}  // namespace assent
