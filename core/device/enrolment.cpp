// Enrolment over HTTP.
#include "core/device/enrolment.h"

#include "core/base/text.h"
#include "core/wire/device.h"
#include "core/wire/problem.h"

namespace assent::device {
namespace {

constexpr std::size_t kMaxCode = 64;

Status check_not_enrolled(const StateFolder& state) {
  const auto known = load_enrolled(state);
  if (known)
    return fail(Code::Conflict, "this machine is enrolled as " + one_line(known->name) +
                                    " already; to enrol it again, revoke it first and remove "
                                    "device.json from where it keeps its key");
  if (known.error().code != Code::NotFound) return fail(known.error());
  return {};
}

Failure refused(const HttpReply& reply) {
  const auto problem = wire::parse_problem(reply.body);
  const std::string why = problem && !problem->detail.empty() ? problem->detail
                          : problem                           ? problem->title
                                                              : "no reason given";
  const bool ours = reply.status >= 400 && reply.status < 500;
  return fail(ours ? Code::Denied : Code::Unavailable, "the service did not enrol this machine (" +
                                                           std::to_string(reply.status) +
                                                           "): " + one_line(why));
}

}  // namespace

Result<Enrolled> enrol(const Transport& transport, StateFolder& state, const std::string& code,
                       Random& random) {
  ASSENT_CHECK(check_line(code, kMaxCode));
  ASSENT_CHECK(state.prepare());
  ASSENT_CHECK(check_not_enrolled(state));
  ASSENT_TRY(const SigningKey key, load_or_make_key(state, random));
  wire::EnrolRequest request;
  request.code = code;
  request.public_key = key.public_key();
  request.proof = key.sign(bytes_of(wire::enrol_statement(code, key.public_key())));
  ASSENT_TRY(const HttpReply reply,
             transport.send(
                 {.method = "POST", .path = "/v1/devices/enrol", .body = wire::to_json(request)}));
  if (reply.status != 200 && reply.status != 201) return refused(reply);
  ASSENT_TRY(const wire::EnrolReply given, wire::parse_enrol_reply(reply.body));
  ASSENT_TRY(VerifierKey log_key, parse_verifier_key(given.log_key));
  Enrolled enrolled{given.device, given.name, given.school, std::move(log_key)};
  ASSENT_CHECK(save_enrolled(state, enrolled));
  return enrolled;
}

}  // namespace assent::device
