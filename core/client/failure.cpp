// libcurl's error codes as sentences.
#include "core/client/failure.h"

#include <array>
#include <cerrno>
#include <cstring>

namespace assent {
namespace {

// OpenSSL's verification results (x509_vfy.h), numbered since 1998; libcurl hands them through.
std::string certificate_fault(long result) {
  switch (result) {
    case 0:
    case 1:  // libcurl's start value: the name is compared first
    case 62: return "showed a certificate for another host name";
    case 9: return "showed a certificate that is not valid yet (is this machine's clock right?)";
    case 10: return "showed a certificate that has expired (is this machine's clock right?)";
    case 18:
    case 19:
    case 20:
    case 21: return "showed a certificate that our ca_file does not vouch for";
    default: return "showed a certificate that did not verify (" + std::to_string(result) + ")";
  }
}

std::string connect_fault(CURL* handle) {
  long os_error = 0;
  curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &os_error);
  if (os_error == ECONNREFUSED) return "refused the connection";
  if (os_error == 0) return "could not be reached";
  std::array<char, 128> text{};
  return std::string("could not be reached: ") +
         strerror_r(int(os_error), text.data(), text.size());
}

std::string words(CURL* handle, CURLcode code, long deadline_ms, std::size_t max_reply_bytes) {
  long verified = 0;
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "has a name that is not known here";
    case CURLE_COULDNT_CONNECT: return connect_fault(handle);
    case CURLE_OPERATION_TIMEDOUT:
      return "did not answer within " + std::to_string(deadline_ms) + " ms";
    case CURLE_PEER_FAILED_VERIFICATION:
      curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &verified);
      return certificate_fault(verified);
    case CURLE_WRITE_ERROR: return "sent more than " + std::to_string(max_reply_bytes) + " bytes";
    case CURLE_SSL_CONNECT_ERROR: return "did not agree on TLS 1.2 or later";
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return "closed the connection without an answer";
    case CURLE_PARTIAL_FILE: return "cut its answer short";
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY: return "did not answer in HTTP";
    default: return std::string("failed: ") + curl_easy_strerror(code);
  }
}

}  // namespace

Error transport_failure(CURL* handle, CURLcode code, const BaseUrl& base, long deadline_ms,
                        std::size_t max_reply_bytes) {
  return {Code::Unavailable, base.text + " " + words(handle, code, deadline_ms, max_reply_bytes)};
}

}  // namespace assent
