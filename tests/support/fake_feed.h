#pragma once
// A change feed that a test moves by hand, from any thread.

#include <atomic>

#include "service/app/change_feed.h"

namespace assent::support {

// What the feed listens to; it may go and a new feed be made over the same.
struct FeedSource {
  std::atomic<unsigned> changes{0};
  std::atomic<bool> away{false};
  std::atomic<bool> silent{false};  // it tells nobody of changes
  std::atomic<unsigned> asked{0};
};

class FakeFeed final : public ChangeFeed {
 public:
  explicit FakeFeed(FeedSource& source) : source_(source) {}

  Result<bool> changed() override {
    ++source_.asked;
    if (source_.away) {
      known_ = false;
      return fail(Code::Unavailable, "the feed's directory is away");
    }
    if (source_.silent) return fail(Code::Invalid, "the directory tells nobody of changes");
    const unsigned now = source_.changes;
    const bool out = !known_ || now != seen_;
    known_ = true;
    seen_ = now;
    return out;
  }

 private:
  FeedSource& source_;
  bool known_ = false;
  unsigned seen_ = 0;
};

}  // namespace assent::support
