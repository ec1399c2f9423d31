#include "service/domain/banner.h"

namespace assent {

std::vector<std::shared_ptr<const PolicyVersion>> banners_in_force(const Catalogue& catalogue,
                                                                   SchoolKey school, Time now) {
  std::vector<std::shared_ptr<const PolicyVersion>> out;
  for (const PublishedPolicy& policy : catalogue.policies) {
    if (policy.school != school) continue;
    const PublishedVersion* current = policy.current(now);
    if (current && !current->text->banner.empty()) out.push_back(current->text);
  }
  return out;
}

}  // namespace assent
