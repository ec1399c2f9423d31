#include "winlogon-shim/transport/certificate.h"

#include <wincrypt.h>

#include <vector>

#include "winlogon-shim/system/handle.h"

namespace assent::windows {
namespace {

using Certificate = Handle<PCCERT_CONTEXT, CertFreeCertificateContext>;

// SubjectPublicKeyInfo in DER, as RFC 7469 hashes it.
std::vector<std::byte> public_key_info(const CERT_CONTEXT& certificate) {
  DWORD size = 0;
  auto* info = &certificate.pCertInfo->SubjectPublicKeyInfo;
  if (!CryptEncodeObject(X509_ASN_ENCODING, X509_PUBLIC_KEY_INFO, info, nullptr, &size)) return {};
  std::vector<std::byte> out(size);
  auto* bytes = reinterpret_cast<BYTE*>(out.data());
  if (!CryptEncodeObject(X509_ASN_ENCODING, X509_PUBLIC_KEY_INFO, info, bytes, &size)) return {};
  out.resize(size);
  return out;
}

}  // namespace

bool has_key(HINTERNET request, const Digest& pin) {
  PCCERT_CONTEXT found = nullptr;
  DWORD size = sizeof found;
  if (!WinHttpQueryOption(request, WINHTTP_OPTION_SERVER_CERT_CONTEXT, &found, &size)) return false;
  const Certificate certificate(found);
  const auto key = public_key_info(*certificate);
  return !key.empty() && same_bytes(sha256(text_of(Bytes{key})), pin);
}

}  // namespace assent::windows
