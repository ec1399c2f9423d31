#include "service/gateway/fas_query.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <memory>

#include "core/base/bytes.h"
#include "core/base/text.h"
#include "service/domain/radius.h"

namespace assent::gateway {
namespace {

constexpr std::size_t kFasMax = 8192, kKeyBytes = 32, kBlock = 16, kHid = 64, kTextMax = 64;
constexpr std::string_view kBetween = ", ";

bool is_lower_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Error not_ours() {
  return {Code::Invalid,
          "what it gives browsers to bring along cannot be read: are faskey and the "
          "secret_file the same, and is fas_secure_enabled 3?"};
}

// PHP fills a short key with zeros.
std::array<unsigned char, kKeyBytes> padded(std::string_view key) {
  std::array<unsigned char, kKeyBytes> out{};
  std::copy_n(key.begin(), std::min(key.size(), out.size()), out.begin());
  return out;
}

Result<std::string> decrypt(Bytes secret, std::string_view iv, std::string_view key) {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context{
      EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
  const auto key_bytes = padded(key);
  const auto* iv_bytes = reinterpret_cast<const unsigned char*>(iv.data());
  std::string out(secret.size() + kBlock, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  int first = 0, rest = 0;
  const bool good = context &&
                    EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr, key_bytes.data(),
                                       iv_bytes) == 1 &&
                    EVP_DecryptUpdate(context.get(), to, &first,
                                      reinterpret_cast<const unsigned char*>(secret.data()),
                                      int(secret.size())) == 1 &&
                    EVP_DecryptFinal_ex(context.get(), to + first, &rest) == 1;
  if (!good) return fail(not_ours());
  out.resize(std::size_t(first) + std::size_t(rest));
  return out;
}

// The value of `name`, which has to be next.
Result<std::string> take(std::string_view& text, std::string_view name) {
  if (!text.starts_with(name) || !text.substr(name.size()).starts_with('='))
    return fail(not_ours());
  text.remove_prefix(name.size() + 1);
  const auto end = text.find(kBetween);
  if (end == std::string_view::npos || end > kTextMax) return fail(not_ours());
  std::string value{text.substr(0, end)};
  text.remove_prefix(end + kBetween.size());
  return value;
}

}  // namespace

bool is_fas_key(std::string_view key) {
  return key.size() >= FasLimits::kKeyMin && key.size() <= FasLimits::kKeyMax &&
         std::ranges::all_of(key, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
         });
}

Result<FasQuery> read_fas(std::string_view fas, std::string_view iv, std::string_view key) {
  // openNDS's own are hexadecimal: so nobody chooses what a first block becomes.
  if (fas.size() > kFasMax || iv.size() != kBlock || !is_lower_hex(iv)) return fail(not_ours());
  std::string outer{fas};
  std::ranges::replace(outer, ' ', '+');  // it does not escape them
  const auto inner = from_base64(outer);
  const auto secret = inner ? from_base64(text_of(*inner)) : inner;
  if (!secret || secret->empty()) return fail(not_ours());
  ASSENT_TRY(const std::string clear, decrypt(*secret, iv, key));
  if (!check_line(clear, kFasMax)) return fail(not_ours());
  std::string_view rest = clear;
  FasQuery out;
  ASSENT_TRY(out.hid, take(rest, "hid"));
  ASSENT_TRY(out.address, take(rest, "clientip"));
  ASSENT_TRY(const std::string device, take(rest, "clientmac"));
  ASSENT_TRY(const std::string type, take(rest, "client_type"));
  ASSENT_TRY(out.gateway, take(rest, "gatewayname"));
  out.device = parse_station(device);
  const bool good = out.hid.size() == kHid && is_lower_hex(out.hid) && !out.device.empty() &&
                    !out.address.empty() && type.starts_with("cp");
  if (!good) return fail(not_ours());
  return out;
}

}  // namespace assent::gateway
