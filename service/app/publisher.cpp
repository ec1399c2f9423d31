#include "service/app/publisher.h"

#include <algorithm>
#include <set>

#include "service/app/ticket.h"
#include "service/app/wanted_levels.h"

namespace assent {
namespace {

Array approvals_of(const PolicyVersion& version) {
  Array out;
  for (const Approval& approval : version.approvals)
    out.push_back(
        Object{{"body", approval.body}, {"by", approval.by}, {"on", to_text(approval.on)}});
  return out;
}

Object publish_fields(const School& school, const PublishedVersion& version) {
  const PolicyVersion& text = *version.text;
  return {{"school", school.name.value},
          {"policy", text.policy.value},
          {"version", text.number},
          {"mode", to_text(text.mode)},
          {"hash", "sha256:" + to_hex(text.manifest_hash)},
          {"effective", to_rfc3339(version.effective)},
          {"enforced", to_rfc3339(version.enforced)},
          {"next_review", to_text(text.next_review)},
          {"approvals", approvals_of(text)}};
}

// Every rendition must fit into a presentation, or people could not be asked at a login.
Status check_presentable(const PublishedPolicy& policy, const PublishedVersion& version) {
  const Owed owed{&policy, &version, 0, Mode::Agree, Why::FirstTime};
  for (const Rendition& rendition : version.text->renditions) {
    const auto shown =
        present({owed}, rendition.language, rendition.style, rendition.language, true);
    const auto document = to_canonical(shown.document);
    if (!document)
      return fail(Code::Invalid, rendition.language + "." + std::string(to_text(rendition.style)) +
                                     " cannot be shown: " + document.error().message);
  }
  return {};
}

// The files that belong to this version: what its manifest names, and nothing else.
std::vector<File> files_of(const PublishRequest& request) {
  std::vector<File> out;
  const std::string folder = std::to_string(request.number) + "/";
  for (const File& file : request.files)
    if (file.path == "policy.toml" || file.path.starts_with(folder)) out.push_back(file);
  return out;
}

// Everybody is looked at again when the version moves people by itself; of what has passed already,
// once.
Status put_sweeps(Transaction& transaction, const School& school, const PublishRequest& request,
                  const PublishedVersion& version, Time now) {
  std::set<Time> dates;
  for (const Time date : turning_points(version)) dates.insert(std::max(now, date));
  for (const Time date : dates)
    ASSENT_CHECK(
        put_sweep(transaction, school, date,
                  "publish " + request.policy.value + " v" + std::to_string(request.number)));
  return {};
}

}  // namespace

Result<PublishedVersion> Publisher::read(const School& school,
                                         const PublishRequest& request) const {
  if (request.files.size() > PublisherLimits::kFiles)
    return fail(Code::Invalid, "a version has at most 64 files");
  const auto catalogue = needs_.registry.catalogue();
  const PublishedPolicy* policy = catalogue->find(school.key, request.policy);
  if (policy && policy->retired)
    return fail(Code::Conflict, request.policy.value + " is retired: publish under another name");
  const std::uint32_t newest = policy ? policy->versions.back().number() : 0;
  if (request.number != newest + 1)
    return fail(Code::Conflict, "the next version of " + request.policy.value + " is " +
                                    std::to_string(newest + 1) + ", not " +
                                    std::to_string(request.number));
  ASSENT_TRY(
      PublishedVersion version,
      needs_.registry.to_published(
          school, {school.key, request.policy, request.number, {}, {}, 0, files_of(request)}));
  PublishedPolicy alone;
  alone.name = request.policy;
  ASSENT_CHECK(check_presentable(alone, version));
  return version;
}

std::uint64_t Publisher::count_asked(const School& school, const PolicyName& policy) const {
  std::uint64_t count = 0;
  const Status read =
      needs_.people.each(school.key, [&](const PersonRow& person, const std::vector<Standing>&) {
        const auto audience = needs_.registry.audience(school.key, person.profile);
        const bool owes = std::ranges::find(audience->owes, policy) != audience->owes.end();
        const bool never = audience->shared || audience->exempt;
        if (person.state == PersonState::Active && owes && !never) ++count;
        return true;
      });
  return read ? count : 0;
}

Result<Publication> Publisher::plan(const School& school, const PublishRequest& request) const {
  ASSENT_TRY(PublishedVersion version, read(school, request));
  Publication out{version, {}, 0, count_asked(school, request.policy)};
  const auto catalogue = needs_.registry.catalogue();
  const PublishedPolicy* policy = catalogue->find(school.key, request.policy);
  const Rendition& now =
      choose_rendition(*version.text, school.language, Style::Std, school.language);
  Rendition before;
  if (policy)
    before =
        choose_rendition(*policy->versions.back().text, now.language, now.style, school.language);
  out.changes = amend(before, now, out.unchanged);
  return out;
}

void Publisher::publish(const Actor& actor, const School& school, const PublishRequest& request,
                        std::function<void(Result<Publication>)> then) {
  auto planned = plan(school, request);
  if (!planned) return then(fail(planned.error()));
  auto made = std::make_shared<Publication>(*std::move(planned));
  const auto job = [this, actor, &school, request, made](
                       Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    // Somebody else may have published since the plan.
    ASSENT_TRY(PublishedVersion version, read(school, request));
    version.entry = context.next_index;
    ASSENT_CHECK(
        transaction.put(VersionRow{school.key, request.policy, request.number, version.effective,
                                   version.enforced, version.entry, files_of(request)}));
    ASSENT_CHECK(put_sweeps(transaction, school, request, version, context.now));
    made->version = version;
    return std::vector<Draft>{{"publish",
                               make_nonce(context.now, needs_.random),
                               {},
                               by_actor(actor, publish_fields(school, version))}};
  };
  const Status queued =
      needs_.writer.submit_alone(job, [then, made](const Result<Written>& written) {
        if (!written) return then(fail(written.error()));
        then(*made);
      });
  if (!queued) then(fail(queued.error()));
}

Status Publisher::may_retire(const School& school, const PolicyName& policy) const {
  const auto catalogue = needs_.registry.catalogue();
  const PublishedPolicy* known = catalogue->find(school.key, policy);
  if (!known) return fail(Code::NotFound, "no policy is called " + policy.value);
  if (known->retired) return fail(Code::Conflict, policy.value + " is retired already");
  return {};
}

void Publisher::retire(const Actor& actor, const School& school, const PolicyName& policy,
                       const std::string& reason, std::function<void(Result<Time>)> then) {
  const auto job = [this, actor, &school, policy, reason](
                       Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_CHECK(may_retire(school, policy));
    ASSENT_CHECK(transaction.put(RetireRow{school.key, policy, context.now}));
    ASSENT_CHECK(put_sweep(transaction, school, context.now, "retire " + policy.value));
    Object fields{{"school", school.name.value}, {"policy", policy.value}, {"reason", reason}};
    return std::vector<Draft>{
        {"retire", make_nonce(context.now, needs_.random), {}, by_actor(actor, std::move(fields))}};
  };
  const Status queued = needs_.writer.submit_alone(job, [then](const Result<Written>& written) {
    if (!written) return then(fail(written.error()));
    then(written->at);
  });
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
