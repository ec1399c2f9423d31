#include "service/app/access.h"

namespace assent {
namespace {

constexpr std::string_view kSession = "assent/session/v1", kChallenge = "assent/challenge/v1";
constexpr std::string_view kBearerGate = "assent_gate_", kBearer = "assent_";

std::uint64_t to_number(Time time) {
  return std::uint64_t(time.time_since_epoch().count());
}

Digest token_hash(const SecretKey& key, const TokenId& id, std::string_view secret) {
  return keyed_hash(key, {bytes_of("assent/token/v1"), id.bytes, bytes_of(secret)});
}

Failure not_known() {
  return fail(Code::Denied, "this token is not known here, has expired or was revoked");
}

}  // namespace

IssuedToken make_token(const SecretKey& key, PersonKey person, const std::string& scope, Time now,
                       Random& random) {
  IssuedToken out;
  out.row.id.bytes = random.bytes<16>();
  out.row.person = person;
  out.row.scope = scope;
  out.row.expires = now + kTokenLife;
  const std::string secret = to_base32(random.bytes<20>());
  out.row.hash = token_hash(key, out.row.id, secret);
  const std::string word = scope.substr(0, scope.find(':'));
  out.bearer = std::string(kBearer) + word + "_" + to_base32(out.row.id.bytes) + "_" + secret;
  return out;
}

Result<Actor> Access::actor(std::string_view bearer) const {
  // assent_<word>_<id>_<secret>
  const auto secret_at = bearer.rfind('_');
  if (!bearer.starts_with(kBearer) || secret_at == std::string_view::npos) return not_known();
  const auto id_at = bearer.rfind('_', secret_at - 1);
  if (id_at == std::string_view::npos || id_at < kBearer.size()) return not_known();
  const auto bytes = exactly<16>(from_base32(bearer.substr(id_at + 1, secret_at - id_at - 1)));
  if (!bytes) return not_known();
  const TokenId id{*bytes};
  const auto row = needs_.registry.token(id);
  if (!row || row->revoked || row->expires <= needs_.clock.now()) return not_known();
  if (!same_bytes(row->hash, token_hash(needs_.key, id, bearer.substr(secret_at + 1))))
    return not_known();
  auto person = needs_.people.person(row->person);
  if (!person || person->state != PersonState::Active) return not_known();
  return Actor{*std::move(person), row->scope, row->made_by};
}

Result<DeviceRow> Access::device(std::string_view bearer) const {
  if (!bearer.starts_with(kBearerGate)) return not_known();
  ASSENT_TRY(const std::string content,
             unseal(needs_.key, kSession, bearer.substr(kBearerGate.size())));
  Unpacker in{content};
  const auto key = std::int64_t(in.number());
  const std::uint64_t expires = in.number();
  if (!in.ok() || to_number(needs_.clock.now()) >= expires) return not_known();
  auto device = needs_.registry.device(key);
  if (!device || device->revoked || !device->public_key) return not_known();
  return *std::move(device);
}

std::string Access::challenge(const DeviceId& device) const {
  Packer out;
  out.text(text_of(device.bytes)).number(to_number(needs_.clock.now() + kChallengeLife));
  out.text(text_of(needs_.random.bytes<16>()));
  return seal(needs_.key, kChallenge, out.take());
}

Result<Access::Session> Access::open_session(const DeviceId& id, std::string_view challenge,
                                             Bytes statement, const Signature& signature) const {
  ASSENT_TRY(const std::string content, unseal(needs_.key, kChallenge, challenge));
  Unpacker in{content};
  const std::string whose = in.text();
  const std::uint64_t expires = in.number();
  in.text();
  const Time now = needs_.clock.now();
  const auto device = needs_.registry.device(id);
  if (!in.ok() || whose != text_of(id.bytes) || to_number(now) >= expires)
    return fail(Code::Denied, "the challenge has expired: ask for another");
  if (!device || device->revoked || !device->public_key ||
      !verify(*device->public_key, statement, signature))
    return fail(Code::Denied, "this device is not enrolled here, or was revoked");
  const Time ends = now + kSessionLife;
  Packer out;
  out.number(std::uint64_t(device->key)).number(to_number(ends));
  return Session{std::string(kBearerGate) + seal(needs_.key, kSession, out.take()), ends};
}

}  // namespace assent
