// Answers given for somebody, and two roster entries that are one person.

#include "core/base/text.h"
#include "service/http/admin_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kHow = 64, kNote = 500, kForm = 32, kPerson = 256;
constexpr std::int64_t kIndexMax = std::int64_t{1} << 61;  // entries of a log

std::string optional_line(Fields& fields, std::string_view key, std::size_t max) {
  const std::string text = fields.optional_text(key, max).value_or("");
  if (const Status safe = check_line(text, max); !safe) fields.reject(key, safe.error().message);
  return text;
}

Result<BehalfRequest> behalf_request(const Call& call) {
  ASSENT_TRY(const Value body, body_of(call));
  Fields fields{body};
  BehalfRequest asked;
  asked.act = fields.accept("act", parse_act(fields.text("act", 32)));
  asked.policy.value = fields.text("policy", 64);
  asked.how = line(fields, "how", kHow);
  asked.note = optional_line(fields, "note", kNote);
  if (body.find("of")) asked.of = std::uint64_t(fields.integer("of", 0, kIndexMax));
  switch (asked.act) {
    case Act::Agree:
    case Act::Acknowledge:
    case Act::Decline:
    case Act::Endorse:
    case Act::Withdraw: break;
    default: fields.reject("act", "must be agree, acknowledge, decline, endorse or withdraw");
  }
  return fields.finish(std::move(asked));
}

void answer(const Call& call, const Respond& respond) {
  const auto asked = behalf_request(call);
  if (!asked) return respond(problem_for(asked.error()));
  const auto person = one_person(call, call.params["text"], respond);
  if (!person) return;
  if (call.dry_run) {
    const Status may = call.services.behalf.may_answer(call.actor, call.school, *person, *asked,
                                                       call.services.clock.now());
    return respond(may ? ok(to_json(to_object(call.services, *person))) : problem_for(may.error()));
  }
  call.services.behalf.answer(call.actor, call.school, *person, *asked,
                              [respond](const Result<Written>& written) {
                                if (!written) return respond(problem_for(written.error()));
                                const Receipt& receipt = written->receipts.front();
                                respond(ok(to_json(Object{{"index", receipt.index},
                                                          {"record", receipt.record},
                                                          {"proof", to_tlog_proof(receipt)}})));
                              });
}

Result<ClassRequest> class_request(const Call& call) {
  ASSENT_TRY(const Value body, body_of(call));
  Fields fields{body};
  ClassRequest asked;
  asked.form = line(fields, "form", kForm);
  asked.policy.value = fields.text("policy", 64);
  asked.how = line(fields, "how", kHow);
  asked.note = optional_line(fields, "note", kNote);
  asked.present = fields.texts("present", kPerson, OnBehalf::kClassMax);
  for (const std::string& text : asked.present)
    if (const Status safe = check_line(text, kPerson); !safe)
      fields.reject("present", safe.error().message);
  if (asked.present.empty()) fields.reject("present", "must name who was there");
  return fields.finish(std::move(asked));
}

Array to_array(const std::vector<std::string>& texts) {
  return Array(texts.begin(), texts.end());
}

Response would_sign(const Call& call, const ClassRequest& asked) {
  const auto planned =
      call.services.behalf.to_sign(call.actor, call.school, asked, call.services.clock.now());
  if (!planned) return problem_for(planned.error());
  return ok(to_json(Object{{"form", asked.form},
                           {"present", planned->entries.size()},
                           {"missing", to_array(planned->missing)}}));
}

void sign_class(const Call& call, const Respond& respond) {
  const auto asked = class_request(call);
  if (!asked) return respond(problem_for(asked.error()));
  if (call.dry_run) return respond(would_sign(call, *asked));
  call.services.behalf.sign_class(
      call.actor, call.school, *asked, [respond](const Result<ClassSigned>& signed_now) {
        if (!signed_now) return respond(problem_for(signed_now.error()));
        Array receipts;
        for (const std::uint64_t entry : signed_now->entries) receipts.emplace_back(entry);
        respond(ok(to_json(Object{{"signed", signed_now->entries.size()},
                                  {"receipts", std::move(receipts)},
                                  {"missing", to_array(signed_now->missing)}})));
      });
}

Response would_link(const Call& call, PersonKey from, PersonKey to) {
  const auto linking = call.services.identities.to_link(call.school.key, from, to);
  if (!linking) return problem_for(linking.error());
  return ok(to_json(Object{{"from", to_object(call.services, linking->from)},
                           {"to", to_object(call.services, linking->to)}}));
}

void link(const Call& call, const Respond& respond) {
  const auto body = body_of(call);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  const std::string from_text = fields.text("from", 256), to_text_ = fields.text("to", 256);
  const std::string reason = line(fields, "reason", Identities::kReasonMax);
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  const auto from = one_person(call, from_text, respond);
  if (!from) return;
  const auto to = one_person(call, to_text_, respond);
  if (!to) return;
  if (call.dry_run) return respond(would_link(call, from->key, to->key));
  call.services.identities.link(
      call.actor, call.school.key, from->key, to->key, reason,
      [respond, services = call.services](const Result<PersonRow>& person) {
        respond(person ? ok(to_json(to_object(services, *person))) : problem_for(person.error()));
      });
}

Response parted(const AdminServices& services, const Result<Parting>& parting) {
  if (!parting) return problem_for(parting.error());
  Array ids;
  for (const IdentityRow& id : parting->ids) ids.push_back(Array{id.source, id.external});
  Object out{{"from", to_object(services, parting->from)}, {"ids", std::move(ids)}};
  if (parting->to) out.emplace_back("to", to_object(services, *parting->to));
  return ok(to_json(Value{std::move(out)}));
}

void part(const Call& call, const Respond& respond) {
  const auto body = body_of(call);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  const std::string source = fields.text("source", 64), external = fields.text("external", 256);
  const std::string reason = line(fields, "reason", Identities::kReasonMax);
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  if (call.dry_run)
    return respond(
        parted(call.services, call.services.identities.to_part(call.school.key, source, external)));
  call.services.identities.part(
      call.actor, call.school.key, source, external, reason,
      [respond, services = call.services](const Result<Parting>& parting) {
        respond(parted(services, parting));
      });
}

}  // namespace

std::vector<Route> behalf_routes(const AdminServices& s) {
  return {signed_in_route(s, "POST", "/v1/people/{text}/answers", "admin", answer),
          signed_in_route(s, "POST", "/v1/people/sign-class", "admin", sign_class),
          signed_in_route(s, "POST", "/v1/people/link", "admin", link),
          signed_in_route(s, "POST", "/v1/people/unlink", "admin", part)};
}

}  // namespace assent::http
