// One or more calls of WinHttp, for tests/windows/test_transport.py:
//   http_probe SETTINGS
// SETTINGS is JSON: service, pin and trust (a certificate), both hexadecimal, deadline_ms, times,
// side_by_side, and method, path, body, bearer of the call. Prints one JSON object a call: status,
// body, type, or error; and ms.
#include <windows.h>
// after windows.h
#include <wincrypt.h>

#include <chrono>
#include <iostream>
#include <mutex>
#include <thread>

#include "core/base/time.h"
#include "core/formats/json.h"
#include "winlogon-shim/transport/win_http.h"

namespace {

using namespace assent;
using std::chrono::steady_clock;

std::string text(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found && found->text() ? *found->text() : "";
}

std::int64_t number(const Value& value, std::string_view key, std::int64_t otherwise) {
  const Value* found = value.find(key);
  return found && found->integer() ? *found->integer() : otherwise;
}

std::string call(const Transport& transport, const HttpRequest& request) {
  const auto begun = steady_clock::now();
  const auto reply = transport.send(request);
  const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begun).count();
  Object said =
      reply
          ? Object{{"status", reply->status}, {"body", reply->body}, {"type", reply->content_type}}
          : Object{{"error", reply.error().message},
                   {"invalid", reply.error().code == Code::Invalid}};
  said.emplace_back("ms", took);
  return to_json(Value(std::move(said)));
}

// Into the store of this Windows: the authority of the tests' servers.
void trust(const std::string& hex) {
  const auto der = from_hex(hex).value();
  const HCERTSTORE store = CertOpenSystemStoreW(0, L"ROOT");
  CertAddEncodedCertificateToStore(store, X509_ASN_ENCODING,
                                   reinterpret_cast<const BYTE*>(der.data()), DWORD(der.size()),
                                   CERT_STORE_ADD_REPLACE_EXISTING, nullptr);
  CertCloseStore(store, 0);
}

int run(const Value& settings) {
  if (const std::string authority = text(settings, "trust"); !authority.empty()) trust(authority);
  windows::WinHttpSettings with;
  with.service = text(settings, "service");
  if (const std::string pin = text(settings, "pin"); !pin.empty())
    with.pin = exactly<32>(from_hex(pin)).value();
  with.deadline_ms = int(number(settings, "deadline_ms", with.deadline_ms));
  const auto client = windows::WinHttp::make(with);
  if (!client) {
    std::cout << to_json(Value(Object{{"refused", client.error().message}})) << std::endl;
    return 0;
  }
  const HttpRequest request{.method = text(settings, "method"),
                            .path = text(settings, "path"),
                            .body = text(settings, "body"),
                            .bearer = text(settings, "bearer")};
  std::mutex mutex;
  const auto once = [&] {
    const std::string line = call(*client, request);
    const std::lock_guard lock(mutex);
    std::cout << line << std::endl;
  };
  for (auto left = number(settings, "times", 1); left > 0; --left) once();
  std::vector<std::thread> threads;
  for (auto left = number(settings, "side_by_side", 0); left > 0; --left)
    threads.emplace_back(once);
  for (auto& thread : threads) thread.join();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto settings = parse_json(argc > 1 ? argv[1] : "");
  if (!settings || !start_crypto()) return std::cerr << "usage: http_probe SETTINGS\n", 2;
  return run(*settings);
}
