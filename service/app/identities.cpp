#include "service/app/identities.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/formats/json.h"
#include "service/app/actors.h"
#include "service/app/ticket.h"
#include "service/app/wanted_levels.h"

namespace assent {
namespace {

Status check_reason(const std::string& reason) {
  if (reason.empty()) return fail(Code::Invalid, "a reason is needed: it is kept in the log");
  if (const Status line = check_line(reason, Identities::kReasonMax); !line)
    return fail(Code::Invalid, "the reason " + line.error().message);
  return {};
}

Array listed(const std::vector<IdentityRow>& rows) {
  Array out;
  for (const IdentityRow& row : rows) out.push_back(Array{row.source, row.external});
  return out;
}

// `from` hands its account over and has left.
void hand_over(PersonRow& from, PersonRow& to) {
  if (from.state == PersonState::Active) {
    to.login = from.login;
    to.name = from.name;
    to.form = from.form;
    to.profile = from.profile;
    to.home = from.home;
    to.seen = from.seen;
    to.state = PersonState::Active;
  }
  from.login.clear();
  from.state = PersonState::Left;
}

bool moved(const Value& link, const IdentityRow& identity) {
  const Value* ids = link.find("ids");
  const Value wanted{Array{identity.source, identity.external}};
  return ids && ids->array() && std::ranges::find(*ids->array(), wanted) != ids->array()->end();
}

Done then_give(Identities::Then then, std::shared_ptr<PersonRow> row) {
  return [then = std::move(then), row](const Result<Written>& written) {
    if (!written) return then(fail(written.error()));
    then(*row);
  };
}

}  // namespace

void Identities::link(const Actor& actor, SchoolKey school, PersonKey from, PersonKey to,
                      const std::string& reason, Then then) {
  const auto kept = std::make_shared<PersonRow>();
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_CHECK(check_reason(reason));
    if (from == to) return fail(Code::Invalid, "these are one person already");
    ASSENT_TRY(PersonRow gone, needs_.people.person(from));
    ASSENT_TRY(*kept, needs_.people.person(to));
    if (gone.school != school || kept->school != school)
      return fail(Code::Invalid, "both people must be of this school");
    ASSENT_TRY(auto ids, needs_.people.identities(school, from));
    if (ids.empty()) return fail(Code::Conflict, "nothing names the first person any more");
    hand_over(gone, *kept);
    ASSENT_CHECK(transaction.put(gone));  // first: it gives its login up
    ASSENT_CHECK(transaction.put(*kept));
    for (IdentityRow& id : ids) {
      id.person = to;
      ASSENT_CHECK(transaction.put(id));
    }
    const School& configured = *needs_.registry.school(school);
    for (const PersonKey person : {from, to})
      ASSENT_CHECK(put_level(transaction, needs_.registry, configured, person, context.now));
    Object fields{{"school", configured.name.value},
                  {"from", to_text(gone.id)},
                  {"to", to_text(kept->id)},
                  {"ids", listed(ids)},
                  {"reason", reason}};
    return std::vector<Draft>{{"person.link", make_nonce(context.now, needs_.random), to,
                               by_actor(actor, std::move(fields))}};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give(then, kept));
  if (!queued) then(fail(queued.error()));
}

// Who had the id before the newest link that moved it, if it was moved by one.
Result<std::optional<PersonRow>> Identities::owner_before(const IdentityRow& identity,
                                                          SchoolKey school) {
  ASSENT_TRY(const auto records, needs_.history.of(identity.person, kHistoryMax));
  for (const StoredRecord& record : records) {
    if (record.type != "person.link") continue;
    ASSENT_TRY(const Value body, parse_json(record.body));
    const Value* from = body.find("from");
    if (!moved(body, identity) || !from || !from->text()) continue;
    ASSENT_TRY(const auto found, needs_.people.search({school, *from->text(), 1}));
    if (!found.empty()) return std::optional(found.front());
  }
  return std::nullopt;
}

void Identities::part(const Actor& actor, SchoolKey school, const std::string& source,
                      const std::string& external, const std::string& reason, Then then) {
  const auto had = std::make_shared<PersonRow>();
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_CHECK(check_reason(reason));
    ASSENT_TRY(const auto all, needs_.people.identities(school, std::nullopt));
    const auto found = std::ranges::find_if(all, [&](const IdentityRow& row) {
      return row.source == source && row.external == external;
    });
    if (found == all.end())
      return fail(Code::NotFound, "nobody has " + source + " " + one_line(external));
    IdentityRow id = *found;
    ASSENT_TRY(*had, needs_.people.person(id.person));
    ASSENT_TRY(const auto before, owner_before(id, school));
    id.person = before ? before->key : 0;
    ASSENT_CHECK(transaction.put(id));
    Object fields{{"school", needs_.registry.school(school)->name.value},
                  {"from", to_text(had->id)},
                  {"to", before ? Value(to_text(before->id)) : Value()},
                  {"ids", Array{Value(Array{source, external})}},
                  {"reason", reason}};
    return std::vector<Draft>{{"person.part", make_nonce(context.now, needs_.random), had->key,
                               by_actor(actor, std::move(fields))}};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give(then, had));
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
