#pragma once
// Why a TLS connection was refused. libldap tells its callers nothing, so its log is listened to,
// which is the whole process's: for checks alone, where a technician waits for the answer.

#include <mutex>
#include <string>

namespace assent::directory {

// While one lives, what libldap says about TLS on this thread is kept. One at a time in a process:
// the next waits.
class TlsReason {
 public:
  TlsReason();
  ~TlsReason();
  TlsReason(const TlsReason&) = delete;
  TlsReason& operator=(const TlsReason&) = delete;

  // What was said since the last call: "hostname (dc1) does not match …". May be empty.
  std::string take();

 private:
  std::unique_lock<std::mutex> only_;
};

// libldap's words as a technician's: what is wrong with the certificate and what to do. Empty for
// words that are not known.
std::string explained(const std::string& reason);

}  // namespace assent::directory
