// The codecs of enrolment and device sessions, and the two statements that go with them.
#include "core/wire/device.h"

#include "core/base/id.h"
#include "core/formats/json.h"
#include "core/wire/read.h"

namespace assent::wire {
namespace {

constexpr std::size_t kCode = 64, kName = 64, kSchool = 64, kLogKey = 512;
constexpr std::size_t kChallenge = 2048, kToken = 2048;
constexpr JsonLimits kLimits{.bytes = 8 * 1024, .depth = 4};

std::string device_id(Fields& fields, std::string_view key) {
  std::string id = line(fields, key, kName);
  if (const auto parsed = parse_id<DeviceTag>(id); !parsed)
    fields.reject(key, parsed.error().message);
  return id;
}

}  // namespace

std::string enrol_statement(std::string_view code, const PublicKey& key) {
  return "assent/enrol/v1\ncode " + std::string(code) + "\nkey " + to_base64(key) + "\n";
}

std::string session_statement(std::string_view device, std::string_view challenge) {
  return "assent/session/v1\ndevice " + std::string(device) + "\nchallenge " +
         std::string(challenge) + "\n";
}

std::string to_json(const EnrolRequest& request) {
  return assent::to_json(Object{{"code", request.code},
                                {"public_key", to_base64(request.public_key)},
                                {"proof", to_base64(request.proof)}});
}

std::string to_json(const EnrolReply& reply) {
  return assent::to_json(Object{{"device", reply.device},
                                {"name", reply.name},
                                {"school", reply.school},
                                {"log_key", reply.log_key}});
}

std::string to_json(const ChallengeReply& reply) {
  return assent::to_json(Object{{"challenge", reply.challenge}});
}

std::string to_json(const SessionRequest& request) {
  return assent::to_json(Object{{"device", request.device},
                                {"challenge", request.challenge},
                                {"signature", to_base64(request.signature)}});
}

std::string to_json(const SessionReply& reply) {
  return assent::to_json(Object{{"token", reply.token}, {"expires", to_rfc3339(reply.expires)}});
}

Result<EnrolRequest> parse_enrol_request(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kLimits));
  Fields fields(value);
  EnrolRequest request;
  request.code = line(fields, "code", kCode);
  request.public_key = binary<32>(fields, "public_key");
  request.proof = binary<64>(fields, "proof");
  return fields.finish(std::move(request));
}

Result<EnrolReply> parse_enrol_reply(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kLimits));
  Fields fields(value);
  EnrolReply reply;
  reply.device = device_id(fields, "device");
  reply.name = line(fields, "name", kName);
  reply.school = line(fields, "school", kSchool);
  reply.log_key = line(fields, "log_key", kLogKey);
  return fields.finish(std::move(reply));
}

Result<ChallengeReply> parse_challenge_reply(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kLimits));
  Fields fields(value);
  return fields.finish(ChallengeReply{line(fields, "challenge", kChallenge)});
}

Result<SessionRequest> parse_session_request(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kLimits));
  Fields fields(value);
  SessionRequest request;
  request.device = device_id(fields, "device");
  request.challenge = line(fields, "challenge", kChallenge);
  request.signature = binary<64>(fields, "signature");
  return fields.finish(std::move(request));
}

Result<SessionReply> parse_session_reply(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kLimits));
  Fields fields(value);
  SessionReply reply;
  reply.token = line(fields, "token", kToken);
  reply.expires = time(fields, "expires");
  return fields.finish(std::move(reply));
}

}  // namespace assent::wire
