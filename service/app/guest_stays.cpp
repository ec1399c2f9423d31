#include "service/app/guest_stays.h"

#include <algorithm>

#include "core/base/letters.h"

namespace assent {
namespace {

// "User-Request" as "user-request": causes are words of one form, whoever names them.
std::string cause_of(const std::string& text) {
  return text.empty() ? "ended" : lower(text.substr(0, GuestSessionLimits::kText));
}

std::string cut_to_fit(const std::string& text) {
  return text.size() <= GuestSessionLimits::kText ? text : "";
}

bool is_over(const GuestSessionRow& row) {
  return row.ended && row.cause != kLost;
}

std::optional<SessionClass> class_of(const SecretKey& key, const RadiusRequest& request,
                                     SchoolKey school) {
  for (const std::string& sealed : request.classes)
    if (auto session = open_class(key, sealed); session && session->school == school)
      return *std::move(session);
  return std::nullopt;
}

GuestSessionRow row_of(const SessionClass& session, const RadiusRequest& request) {
  GuestSessionRow row;
  row.id = stay_id(session, request.nas, request.nas_session);
  row.guest = session.guest;
  row.school = session.school;
  row.device = session.device;
  row.nas = request.nas;
  row.nas_session = cut_to_fit(request.nas_session);
  row.address = cut_to_fit(request.address);
  return row;
}

}  // namespace

std::optional<GuestSessionRow> after_report(const std::optional<GuestSessionRow>& before,
                                            GuestSessionRow said, bool ends,
                                            const std::string& cause) {
  if (before && is_over(*before)) return std::nullopt;
  said.started = before ? before->started : said.seen;
  if (before && said.address.empty()) said.address = before->address;
  if (ends) {
    said.ended = said.seen;
    said.cause = cause;
  }
  return said;
}

Result<std::optional<GuestSessionRow>> GuestStays::before(const GuestSessionId& id) const {
  if (const auto found = under_way_.find(id); found != under_way_.end()) return found->second;
  auto row = needs_.sessions.one(id);
  if (!row && row.error().code == Code::NotFound) return std::optional<GuestSessionRow>();
  if (!row) return fail(std::move(row).error());
  return std::optional(*std::move(row));
}

void GuestStays::write(GuestSessionRow said, std::string cause, bool ends, const Done& done) {
  const GuestSessionId id = said.id;
  const auto job = [this, said = std::move(said), cause = std::move(cause), ends](
                       Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const auto known, before(said.id));
    GuestSessionRow now = said;
    now.seen = context.now;
    const auto next = after_report(known, std::move(now), ends, cause);
    if (!next) return std::vector<Draft>{};
    ASSENT_CHECK(transaction.put(*next));
    under_way_[next->id] = *next;
    return std::vector<Draft>{};
  };
  const Status queued = needs_.writer.submit(job, [this, id, done](Result<Written> written) {
    under_way_.erase(id);
    done(std::move(written));
  });
  if (!queued) done(fail(queued.error()));
}

// Why the session should not be there; empty: it may, or nobody can say.
std::string GuestStays::why_not(const SessionClass& session) const {
  const auto entry = needs_.door.look(session.guest);
  if (!entry) return entry.error().code == Code::Unavailable ? "" : cause_of(entry.error().message);
  if (entry->owes == session.quarantined) return "";
  return entry->owes ? "owes-rules" : "owes-nothing-now";
}

void GuestStays::report(const RadiusRequest& request, const Then& then) {
  const auto* at = needs_.nases.find(request.nas);
  if (!at) return then(false);
  if (request.status == RadiusStatus::NasOn || request.status == RadiusStatus::NasOff)
    return end_all(request.nas, then);
  const auto session = class_of(needs_.key, request, at->school->key);
  if (!session || request.status == RadiusStatus::None) return then(false);
  const bool ends = request.status == RadiusStatus::Stop;
  const GuestSessionRow said = row_of(*session, request);
  const std::string why = why_not(*session);
  const bool cut = !ends && !why.empty();
  // Who was taken off is reported as having left, before the access point has told us that it did.
  write(said, why.empty() ? cause_of(request.cause) : why, ends,
        [this, said, why, cut, then](const Result<Written>& written) {
          if (!written) return then(fail(written.error()));
          if (cut) needs_.cut(said, why);
          then(cut);
        });
}

// The access point begins or ends itself: none of its sessions is there.
void GuestStays::end_all(const std::string& nas, const Then& then) {
  for (const GuestSessionRow& row : needs_.online.at(nas))
    write(row, "nas-reboot", true, [](const Result<Written>&) {});
  then(false);
}

void GuestStays::end(const GuestSessionRow& stay, const std::string& cause, const Done& done) {
  write(stay, cause_of(cause), true, done);
}

}  // namespace assent
