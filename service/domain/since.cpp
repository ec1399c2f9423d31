#include "service/domain/since.h"

#include <algorithm>

namespace assent {
namespace {

// When the first version came that was missed and asks for something.
Time first_missed(const Owed& owed) {
  Time since = owed.to->effective;
  for (const PublishedVersion& version : owed.policy->versions)
    if (version.number() > owed.from && version.number() < owed.to->number() &&
        version.text->mode != Mode::Editorial)
      since = std::min(since, version.effective);
  return since;
}

}  // namespace

Time owed_since(const Owed& owed, const Standing& standing, Time now) {
  switch (owed.why) {
    case Why::FirstTime: break;
    case Why::Amended: return first_missed(owed);
    case Why::Renewal: return owed.policy->last_renewal(now).value_or(owed.to->effective);
    case Why::NewBand: return std::max(owed.to->effective, standing.at);
    case Why::Withdrawn: return standing.at;
  }
  return owed.to->effective;
}

}  // namespace assent
