// The device's key and enrolment on disk.
#include "pam-module/agent/identity.h"

#include "core/base/id.h"
#include "core/base/value.h"
#include "core/files/files.h"
#include "core/formats/json.h"

namespace assent::agent {
namespace {

constexpr std::size_t kMaxFile = 4096, kMaxText = 512;

std::string key_file(const std::string& state_dir) {
  return state_dir + "/device.key";
}
std::string enrolment_file(const std::string& state_dir) {
  return state_dir + "/device.json";
}

Result<SigningKey> load_key(const std::string& path) {
  ASSENT_TRY(std::string text, read_file(path, kMaxFile, Readable::ByOwnerOnly));
  if (text.ends_with('\n')) text.pop_back();
  const auto seed = exactly<SecretKey::kSize>(from_hex(text));
  if (!seed) return fail(Code::Corrupt, path + " is damaged: " + seed.error().message);
  return SigningKey(SecretKey(*seed));
}

}  // namespace

Result<SigningKey> load_or_make_key(const std::string& state_dir, Random& random) {
  const std::string path = key_file(state_dir);
  Result<SigningKey> key = load_key(path);
  if (key || key.error().code != Code::NotFound) return key;
  const SecretKey seed(random.bytes<SecretKey::kSize>());
  ASSENT_CHECK(create_private_file(path, to_hex(seed.bytes()) + "\n"));
  return load_key(path);
}

Result<Enrolled> load_enrolled(const std::string& state_dir) {
  const std::string path = enrolment_file(state_dir);
  ASSENT_TRY(const std::string json, read_file(path, kMaxFile, Readable::ByOwnerOnly));
  ASSENT_TRY(const Value value, parse_json(json));
  Fields fields(value, path);
  Enrolled out;
  out.device = fields.text("device", kMaxText);
  fields.accept("device", parse_id<DeviceTag>(out.device));
  out.name = fields.text("name", kMaxText);
  out.school = fields.text("school", kMaxText);
  out.log_key = fields.accept("log_key", parse_verifier_key(fields.text("log_key", kMaxText)));
  return fields.finish(std::move(out));
}

Status save_enrolled(const std::string& state_dir, const Enrolled& enrolled) {
  const Value value(Object{{"device", enrolled.device},
                           {"name", enrolled.name},
                           {"school", enrolled.school},
                           {"log_key", to_text(enrolled.log_key)}});
  return replace_private_file(enrolment_file(state_dir), to_json(value) + "\n");
}

Result<Identity> load_identity(const std::string& state_dir) {
  Result<Enrolled> enrolled = load_enrolled(state_dir);
  if (!enrolled && enrolled.error().code == Code::NotFound)
    return fail(Code::NotFound,
                "this machine is not enrolled: run assent-agent enrol --code CODE, with the code "
                "that assentctl device enrol shows");
  if (!enrolled) return fail(enrolled.error());
  ASSENT_TRY(SigningKey key, load_key(key_file(state_dir)));
  return Identity{*std::move(enrolled), std::move(key)};
}

}  // namespace assent::agent
