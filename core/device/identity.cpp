// The device's key and enrolment on disk.
#include "core/device/identity.h"

#include "core/base/id.h"
#include "core/base/value.h"
#include "core/formats/json.h"

namespace assent::device {
namespace {

constexpr std::size_t kMaxText = 512;
constexpr const char *kKeyFile = "device.key", *kEnrolmentFile = "device.json";

Result<SigningKey> load_key(const StateFolder& state) {
  ASSENT_TRY(std::string text, state.read(kKeyFile));
  if (text.ends_with('\n')) text.pop_back();
  const auto seed = exactly<SecretKey::kSize>(from_hex(text));
  if (!seed)
    return fail(Code::Corrupt, std::string(kKeyFile) + " is damaged: " + seed.error().message);
  return SigningKey(SecretKey(*seed));
}

}  // namespace

Result<SigningKey> load_or_make_key(StateFolder& state, Random& random) {
  Result<SigningKey> key = load_key(state);
  if (key || key.error().code != Code::NotFound) return key;
  const SecretKey seed(random.bytes<SecretKey::kSize>());
  ASSENT_CHECK(state.create(kKeyFile, to_hex(seed.bytes()) + "\n"));
  return load_key(state);
}

Result<Enrolled> load_enrolled(const StateFolder& state) {
  ASSENT_TRY(const std::string json, state.read(kEnrolmentFile));
  ASSENT_TRY(const Value value, parse_json(json));
  Fields fields(value, kEnrolmentFile);
  Enrolled out;
  out.device = fields.text("device", kMaxText);
  fields.accept("device", parse_id<DeviceTag>(out.device));
  out.name = fields.text("name", kMaxText);
  out.school = fields.text("school", kMaxText);
  out.log_key = fields.accept("log_key", parse_verifier_key(fields.text("log_key", kMaxText)));
  return fields.finish(std::move(out));
}

Status save_enrolled(StateFolder& state, const Enrolled& enrolled) {
  const Value value(Object{{"device", enrolled.device},
                           {"name", enrolled.name},
                           {"school", enrolled.school},
                           {"log_key", to_text(enrolled.log_key)}});
  return state.replace(kEnrolmentFile, to_json(value) + "\n");
}

Result<Identity> load_identity(const StateFolder& state) {
  ASSENT_TRY(Enrolled enrolled, load_enrolled(state));
  ASSENT_TRY(SigningKey key, load_key(state));
  return Identity{std::move(enrolled), std::move(key)};
}

}  // namespace assent::device
