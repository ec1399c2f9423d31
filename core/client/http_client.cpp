// The pool of handles behind HttpClient, and the shield against SIGPIPE.
#include "core/client/http_client.h"

#include <csignal>
#include <ctime>
#include <fstream>
#include <mutex>
#include <vector>

#include "core/client/base_url.h"
#include "core/client/transfer.h"

namespace assent {
namespace {

constexpr int kMaxDeadlineMs = 600'000;
constexpr std::size_t kMaxIdle = 8;  // handles, each with one connection

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

// OpenSSL writes with write(), which raises SIGPIPE when the server is gone. The signal is held
// back in this thread and thrown away if it came; the process's own disposition is left alone.
class WithoutSigpipe {
 public:
  WithoutSigpipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  WithoutSigpipe(const WithoutSigpipe&) = delete;
  WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;
  ~WithoutSigpipe() {
    const timespec no_time{};
    if (!was_pending_) sigtimedwait(&pipe_, nullptr, &no_time);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t pipe_, before_;
  bool was_pending_;
};

Status check(const HttpSettings& settings, bool https) {
  if (settings.deadline_ms < 1 || settings.deadline_ms > kMaxDeadlineMs)
    return fail(Code::Invalid, "deadline_ms must be from 1 to 600000");
  if (!https) return {};
  if (settings.ca_file.empty()) return fail(Code::Invalid, "https:// needs a ca_file");
  if (!std::ifstream(settings.ca_file))
    return fail(Code::Invalid, "the ca_file " + settings.ca_file + " cannot be read");
  return {};
}

}  // namespace

struct HttpClient::Pool {
  BaseUrl base;
  HttpSettings settings;
  std::mutex mutex;
  std::vector<Handle> idle;

  Handle take() {
    const std::scoped_lock lock(mutex);
    if (idle.empty()) return {curl_easy_init(), curl_easy_cleanup};
    Handle handle = std::move(idle.back());
    idle.pop_back();
    return handle;
  }
  void give_back(Handle handle) {
    const std::scoped_lock lock(mutex);
    if (idle.size() < kMaxIdle) idle.push_back(std::move(handle));
  }
};

HttpClient::HttpClient(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() {
  const WithoutSigpipe shield;  // closing a TLS connection writes to it
  pool_.reset();
}

Result<HttpClient> HttpClient::make(HttpSettings settings) {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (started != CURLE_OK) return fail(Code::Unavailable, "libcurl did not start");
  ASSENT_TRY(BaseUrl base, parse_base_url(settings.base_url));
  ASSENT_CHECK(check(settings, base.https));
  auto pool = std::make_unique<Pool>();
  pool->base = std::move(base);
  pool->settings = std::move(settings);
  return HttpClient(std::move(pool));
}

Result<HttpReply> HttpClient::send(const HttpRequest& request) const {
  const WithoutSigpipe shield;
  Handle handle = pool_->take();
  if (!handle) return fail(Code::Unavailable, "libcurl has no handle");
  Result<HttpReply> reply = transfer(handle.get(), pool_->base, pool_->settings, request);
  pool_->give_back(std::move(handle));
  return reply;
}

}  // namespace assent
