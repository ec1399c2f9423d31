#pragma once
// Enrolment and device sessions (docs/protocol.md): a device makes its own key, enrols it with a
// one-time code, and opens a one-hour session by signing a challenge.

#include <string>

#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/base/value.h"

namespace assent::wire {

struct EnrolRequest {  // POST /v1/devices/enrol, no authorization: the code is it
  std::string code;
  PublicKey public_key{};
  Signature proof{};  // over enrol_statement(code): the device holds the key
};
struct EnrolReply {
  std::string device;  // id, "d_…"
  std::string name;    // "LIB-0039"
  std::string school;
  std::string log_key;  // the log's verifier key (signed note vkey), to be pinned
};

struct ChallengeReply {   // POST /v1/devices/challenge {"device": id}
  std::string challenge;  // sealed, lives 60 s
};

struct SessionRequest {  // POST /v1/devices/session
  std::string device;
  std::string challenge;
  Signature signature{};  // over session_statement(device, challenge)
};
struct SessionReply {
  std::string token;  // bearer, scope gate
  Time expires{};     // an hour on
};

std::string enrol_statement(std::string_view code, const PublicKey& key);
std::string session_statement(std::string_view device, std::string_view challenge);

std::string to_json(const EnrolRequest&);
std::string to_json(const EnrolReply&);
std::string to_json(const ChallengeReply&);
std::string to_json(const SessionRequest&);
std::string to_json(const SessionReply&);
Result<EnrolRequest> parse_enrol_request(std::string_view json);
Result<EnrolReply> parse_enrol_reply(std::string_view json);
Result<ChallengeReply> parse_challenge_reply(std::string_view json);
Result<SessionRequest> parse_session_request(std::string_view json);
Result<SessionReply> parse_session_reply(std::string_view json);

}  // namespace assent::wire
