#pragma once
// Publishing: a policy's files become an immutable, numbered version with an entry in the log.

#include "service/app/actors.h"
#include "service/domain/amendment.h"

namespace assent {

struct PublishRequest {
  PolicyName policy;
  std::uint32_t number = 0;  // must follow the newest published one
  std::vector<File> files;
};

struct Publication {
  PublishedVersion version;
  std::vector<DocumentRule> changes;  // against the version before, in std of the first language
  std::uint32_t unchanged = 0;
  std::uint64_t asked = 0;  // people whose policies include it, by today's roster
};

struct PublisherLimits {
  static constexpr std::size_t kFiles = 64, kFileBytes = 256 * 1024, kPathBytes = 128;
};

class Publisher {
 public:
  struct Needs {
    const Registry& registry;
    const People& people;
    LedgerWriter& writer;
    const Clock& clock;
    Random& random;
  };
  explicit Publisher(Needs needs) : needs_(needs) {}

  // What publishing would do; changes nothing. Invalid for bad files, Denied for a version without
  // its approvals or next review, Conflict for a number that does not follow.
  Result<Publication> plan(const School& school, const PublishRequest& request) const;
  // `then` is called on the writer's thread. The version reaches the next check at once.
  void publish(const Actor& actor, const School& school, const PublishRequest& request,
               std::function<void(Result<Publication>)> then);
  // Nobody owes a retired policy, and no version of it can be published again.
  void retire(const Actor& actor, const School& school, const PolicyName& policy,
              const std::string& reason, std::function<void(Result<Time>)> then);
  // What retire() asks of the policy, for a dry run. NotFound; Conflict if it is retired already.
  Status may_retire(const School& school, const PolicyName& policy) const;

 private:
  Result<PublishedVersion> read(const School& school, const PublishRequest& request) const;
  std::uint64_t count_asked(const School& school, const PolicyName& policy) const;
  Needs needs_;
};

}  // namespace assent
