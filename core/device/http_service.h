#pragma once
// The service over HTTP, with the device's one-hour session: opened when first needed, and once
// more when the service no longer knows it.

#include <condition_variable>
#include <mutex>

#include "core/device/identity.h"
#include "core/device/service.h"
#include "core/wire/transport.h"

namespace assent::device {

class HttpService final : public Service {
 public:
  // Both must outlive this.
  HttpService(const Transport& transport, const Identity& identity)
      : transport_(transport), identity_(identity) {}

  Result<wire::CheckReply> check(const wire::CheckRequest& request, Deadline deadline) override;
  Result<wire::AnswerReply> answer(const wire::AnswerRequest& request, Deadline deadline) override;
  Status opened(const wire::OpenedRequest& request, Deadline deadline) override;
  Result<wire::BannerReply> banner(Deadline deadline) override;

 private:
  Result<std::string> call(const std::string& path, const std::string& body, Deadline deadline);
  Result<HttpReply> post(const std::string& path, const std::string& body,
                         const std::string& bearer, Deadline deadline) const;
  Result<std::string> post_without_session(const std::string& path, const std::string& body,
                                           Deadline deadline) const;
  // The session's token; a new one if it is still `stale`.
  Result<std::string> token_after(const std::string& stale, Deadline deadline);
  Result<std::string> open_session(Deadline deadline) const;

  const Transport& transport_;
  const Identity& identity_;
  std::mutex mutex_;  // guards token_ and opening_
  std::condition_variable opened_;
  bool opening_ = false;  // one thread at a time opens a session, and the others wait for it
  std::string token_;
};

}  // namespace assent::device
