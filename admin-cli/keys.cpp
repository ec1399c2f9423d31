#include "admin-cli/keys.h"

#include "admin-cli/files.h"

namespace assent::cli {
namespace {

constexpr std::size_t kMaxKey = 1024;

Result<std::string> spelled_out(const std::string& given) {
  if (!is_file(given)) return given;
  ASSENT_TRY(std::string text, read_file(given, kMaxKey));
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

}  // namespace

Result<VerifierKey> verifier_key(const std::string& given) {
  ASSENT_TRY(const std::string text, spelled_out(given));
  auto key = parse_verifier_key(text);
  if (!key)
    return fail(Code::Invalid, "--key " + given + " is no verifier key and no file with one (" +
                                   key.error().message + ")");
  return key;
}

Result<PublicKey> device_key(const std::string& given) {
  ASSENT_TRY(const std::string text, spelled_out(given));
  auto key = exactly<32>(from_base64(text));
  if (!key)
    return fail(Code::Invalid,
                "--device-key " + given + " is no public key in base64 and no file with one");
  return key;
}

}  // namespace assent::cli
