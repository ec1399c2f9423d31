// Publishing, listing, showing, comparing and retiring policies.

#include <algorithm>

#include "core/base/number.h"

#include "service/http/admin_routes.h"

namespace assent::http {
namespace {

constexpr std::size_t kPublishBytes = 1024 * 1024, kReason = 500;

std::string_view change_word(DocumentRule::Change change) {
  constexpr std::string_view kWords[] = {"full", "added", "changed", "removed"};
  return kWords[std::size_t(change)];
}

Value time_or_null(const PublishedVersion* version, Time PublishedVersion::*which) {
  return version ? Value{to_rfc3339(version->*which)} : Value{};
}

Array rendition_names(const PolicyVersion& version) {
  Array out;
  for (const Rendition& rendition : version.renditions)
    out.push_back(rendition.language + "." + std::string(to_text(rendition.style)));
  return out;
}

Object ids_by_change(const std::vector<DocumentRule>& rules) {
  Array added, changed, removed;
  for (const DocumentRule& rule : rules) {
    if (rule.change == DocumentRule::Change::Removed) {
      removed.push_back(rule.id);
    } else if (rule.change == DocumentRule::Change::Changed) {
      changed.push_back(rule.id);
    } else {
      added.push_back(rule.id);
    }
  }
  return {{"added", std::move(added)},
          {"changed", std::move(changed)},
          {"removed", std::move(removed)}};
}

Object to_object(const Publication& publication) {
  const PolicyVersion& text = *publication.version.text;
  return {{"policy", text.policy.value},
          {"title", text.title},
          {"number", text.number},
          {"mode", to_text(text.mode)},
          {"effective", to_rfc3339(publication.version.effective)},
          {"enforced", to_rfc3339(publication.version.enforced)},
          {"manifest", to_hex(text.manifest_hash)},
          {"index", publication.version.entry},
          {"renditions", rendition_names(text)},
          {"rules", text.renditions.front().rules.size()},
          {"changes", ids_by_change(publication.changes)},
          {"unchanged", publication.unchanged},
          {"asked", publication.asked}};
}

Result<PublishRequest> publish_request(const Call& call) {
  ASSENT_TRY(const Value body, body_of(call, kPublishBytes));
  PublishRequest request;
  request.policy.value = call.params["policy"];
  ASSENT_CHECK(check_name(request.policy.value));
  Fields fields{body};
  request.number = std::uint32_t(fields.integer("number", 1, 1'000'000));
  for (const Value& item : fields.array("files", PublisherLimits::kFiles)) {
    Fields file{item, "files"};
    request.files.push_back({file.text("path", PublisherLimits::kPathBytes),
                             file.text("text", PublisherLimits::kFileBytes)});
    ASSENT_CHECK(file.finish());
  }
  return fields.finish(std::move(request));
}

void publish(const Call& call, const Respond& respond) {
  const auto request = publish_request(call);
  if (!request) return respond(problem_for(request.error()));
  const auto answer = [respond](const Result<Publication>& made) {
    respond(made ? ok(to_json(to_object(*made))) : problem_for(made.error()));
  };
  if (call.dry_run) return answer(call.services.publisher.plan(call.school, *request));
  call.services.publisher.publish(call.actor, call.school, *request, answer);
}

void list_policies(const Call& call, const Respond& respond) {
  const auto catalogue = call.services.registry.catalogue();
  const Time now = call.services.clock.now();
  Array out;
  for (const PublishedPolicy& policy : catalogue->policies) {
    if (policy.school != call.school.key) continue;
    const PublishedVersion* current = policy.current(now);
    const PolicyVersion& newest = *policy.versions.back().text;
    out.push_back(
        Object{{"policy", policy.name.value},
               {"title", newest.title},
               {"version", current ? Value{current->number()} : Value{}},
               {"newest", newest.number},
               {"mode", to_text(newest.mode)},
               {"effective", time_or_null(&policy.versions.back(), &PublishedVersion::effective)},
               {"enforced", time_or_null(&policy.versions.back(), &PublishedVersion::enforced)},
               {"next_review", to_text(newest.next_review)},
               {"enforcement", to_text(call.school.settings(policy.name).enforcement)},
               {"retired", policy.retired},
               {"renditions", rendition_names(newest)}});
  }
  respond(ok(to_json(Object{{"policies", std::move(out)}})));
}

Result<std::uint32_t> version_number(const std::string* text) {
  const auto number = text ? whole_number<std::uint32_t>(*text) : std::nullopt;
  if (!number) return fail(Code::Invalid, "a version is a number, such as 2");
  return *number;
}

Result<const PublishedVersion*> find_version(const Catalogue& catalogue, const Call& call,
                                             const std::string* number) {
  const std::string& name = call.params["policy"];
  const PublishedPolicy* policy = catalogue.find(call.school.key, {name});
  if (!policy) return fail(Code::NotFound, "no policy is called " + name);
  ASSENT_TRY(const std::uint32_t wanted, version_number(number));
  const PublishedVersion* version = policy->version(wanted);
  if (!version)
    return fail(Code::NotFound, name + " has no version " + std::to_string(wanted) +
                                    "; the newest is " +
                                    std::to_string(policy->versions.back().number()));
  return version;
}

Object to_object(const Rendition& rendition) {
  Array rules;
  for (const Rule& rule : rendition.rules)
    rules.push_back(Object{{"id", rule.id}, {"section", rule.section}, {"text", rule.text}});
  return {{"language", rendition.language}, {"style", to_text(rendition.style)},
          {"title", rendition.title},       {"why", rendition.why},
          {"ask", rendition.ask},           {"help", rendition.help},
          {"rules", std::move(rules)}};
}

void show_policy(const Call& call, const Respond& respond) {
  const auto catalogue = call.services.registry.catalogue();
  const auto found = find_version(*catalogue, call, &call.params["number"]);
  if (!found) return respond(problem_for(found.error()));
  const PolicyVersion& text = *(*found)->text;
  Array renditions, approvals;
  for (const Rendition& rendition : text.renditions) renditions.push_back(to_object(rendition));
  for (const Approval& approval : text.approvals)
    approvals.push_back(
        Object{{"body", approval.body}, {"by", approval.by}, {"on", to_text(approval.on)}});
  respond(ok(to_json(Object{{"policy", text.policy.value},
                            {"title", text.title},
                            {"audience", text.audience},
                            {"owner", text.owner},
                            {"approving_body", text.approving_body},
                            {"adopted", to_text(text.adopted)},
                            {"next_review", to_text(text.next_review)},
                            {"number", text.number},
                            {"mode", to_text(text.mode)},
                            {"effective", to_rfc3339((*found)->effective)},
                            {"enforced", to_rfc3339((*found)->enforced)},
                            {"manifest", to_hex(text.manifest_hash)},
                            {"index", (*found)->entry},
                            {"approvals", std::move(approvals)},
                            {"renditions", std::move(renditions)}})));
}

Object to_object(const DocumentRule& rule) {
  Array marks;
  if (rule.change == DocumentRule::Change::Changed)
    for (const Mark& mark : mark_words(rule.old_text, rule.new_text))
      marks.push_back(Array{mark.kind == Mark::Kind::Keep     ? "="
                            : mark.kind == Mark::Kind::Delete ? "-"
                                                              : "+",
                            mark.bytes});
  return {{"id", rule.id},           {"change", change_word(rule.change)},
          {"section", rule.section}, {"old", rule.old_text},
          {"new", rule.new_text},    {"marks", std::move(marks)}};
}

void diff(const Call& call, const Respond& respond) {
  const auto catalogue = call.services.registry.catalogue();
  const auto from = find_version(*catalogue, call, query_value(call.request, "from"));
  const auto to = find_version(*catalogue, call, query_value(call.request, "to"));
  if (!from) return respond(problem_for(from.error()));
  if (!to) return respond(problem_for(to.error()));
  const std::string* language = query_value(call.request, "language");
  const std::string* asked = query_value(call.request, "style");
  const auto style = asked ? parse_style(*asked) : Result<Style>{Style::Std};
  if (!style) return respond(problem_for(style.error()));
  const std::string wanted = language ? *language : call.school.language;
  const auto& own = call.school.language;
  std::uint32_t unchanged = 0;
  Array rules;
  for (const DocumentRule& rule :
       amend(choose_rendition(*(*from)->text, wanted, *style, own),
             choose_rendition(*(*to)->text, wanted, *style, own), unchanged))
    rules.push_back(to_object(rule));
  respond(ok(to_json(Object{{"rules", std::move(rules)}, {"unchanged", unchanged}})));
}

void retire(const Call& call, const Respond& respond) {
  const auto body = body_of(call);
  if (!body) return respond(problem_for(body.error()));
  Fields fields{*body};
  const std::string reason = line(fields, "reason", kReason);
  if (const Status read = fields.finish(); !read) return respond(problem_for(read.error()));
  const PolicyName policy{call.params["policy"]};
  if (call.dry_run) {
    const Status may = call.services.publisher.may_retire(call.school, policy);
    return respond(may ? ok(to_json(Object{{"policy", policy.value}, {"dry_run", true}}))
                       : problem_for(may.error()));
  }
  call.services.publisher.retire(
      call.actor, call.school, policy, reason, [respond, policy](const Result<Time>& at) {
        if (!at) return respond(problem_for(at.error()));
        respond(ok(to_json(Object{{"policy", policy.value}, {"retired", to_rfc3339(*at)}})));
      });
}

}  // namespace

std::vector<Route> policy_routes(const AdminServices& s) {
  return {slow(signed_in_route(s, "POST", "/v1/policies/{policy}/versions", "admin", publish)),
          signed_in_route(s, "GET", "/v1/policies", "report:read", list_policies),
          signed_in_route(s, "GET", "/v1/policies/{policy}/versions/{number}", "report:read",
                          show_policy),
          signed_in_route(s, "GET", "/v1/policies/{policy}/diff", "report:read", diff,
                          {"from", "to", "language", "style"}),
          signed_in_route(s, "POST", "/v1/policies/{policy}/retire", "admin", retire)};
}

}  // namespace assent::http
