// WinHTTP's error codes as sentences for an operator.
#include "winlogon-shim/transport/exchange.h"

namespace assent::windows {

std::string failure_words(DWORD code) {
  switch (code) {
    case ERROR_WINHTTP_NAME_NOT_RESOLVED: return "the service has a name that is not known here";
    case ERROR_WINHTTP_CANNOT_CONNECT: return "the service refused the connection, or is not there";
    case ERROR_WINHTTP_TIMEOUT: return "the service did not answer in time";
    case ERROR_WINHTTP_CONNECTION_ERROR:
      return "the service closed the connection without an answer";
    case ERROR_WINHTTP_INVALID_SERVER_RESPONSE: return "the service did not answer in HTTP";
    case ERROR_WINHTTP_SECURE_FAILURE:
    case ERROR_WINHTTP_SECURE_CHANNEL_ERROR:
    case ERROR_WINHTTP_SECURE_INVALID_CA:
    case ERROR_WINHTTP_SECURE_INVALID_CERT:
    case ERROR_WINHTTP_SECURE_CERT_CN_INVALID:
    case ERROR_WINHTTP_SECURE_CERT_DATE_INVALID:
      return "the service showed a certificate that did not verify (is this machine's clock "
             "right?)";
    case ERROR_WINHTTP_HEADER_SIZE_OVERFLOW: return "the service sent endless headers";
    default: return "the exchange with the service failed (WinHTTP " + std::to_string(code) + ")";
  }
}

}  // namespace assent::windows
