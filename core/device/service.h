#pragma once
// The Assent service as the agent needs it. HttpService speaks to the real one; tests give another.

#include "core/device/deadline.h"
#include "core/wire/banner.h"
#include "core/wire/gate.h"

namespace assent::device {

// Any thread. Every call ends by its deadline. Conflict: what was shown is no longer what is owed,
// check again. Denied: understood and refused. Unavailable: no usable answer.
class Service {
 public:
  virtual ~Service() = default;
  virtual Result<wire::CheckReply> check(const wire::CheckRequest& request, Deadline deadline) = 0;
  virtual Result<wire::AnswerReply> answer(const wire::AnswerRequest& request,
                                           Deadline deadline) = 0;
  virtual Status opened(const wire::OpenedRequest& request, Deadline deadline) = 0;
  virtual Result<wire::BannerReply> banner(Deadline deadline) = 0;  // of the device's school
};

}  // namespace assent::device
