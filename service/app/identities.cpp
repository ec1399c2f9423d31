#include "service/app/identities.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/formats/json.h"
#include "service/app/actors.h"
#include "service/app/link_record.h"
#include "service/app/ticket.h"
#include "service/app/wanted_levels.h"

namespace assent {
namespace {

constexpr std::size_t kSameText = 20;  // people whom one login may find, by an id too

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

// What `from` is to the school, `to` is from now on; `from` has left.
void hand_over(PersonRow& from, PersonRow& to) {
  to.login = std::exchange(from.login, "");
  to.name = from.name;
  to.form = from.form;
  to.profile = from.profile;
  to.home = from.home;
  to.seen = from.seen;
  to.state = std::exchange(from.state, PersonState::Left);
}

bool is_active(const PersonRow& person) {
  return person.state == PersonState::Active;
}

std::string called(const PersonRow& person) {
  return person.login.empty() ? person.name : person.login;
}

bool moved(const Value& record, const IdentityRow& identity) {
  const Value* ids = record.find("ids");
  const Value wanted{Array{identity.source, identity.external}};
  return ids && ids->array() && std::ranges::find(*ids->array(), wanted) != ids->array()->end();
}

// The ids name `owner` from now on; nobody for 0.
Status give(Transaction& transaction, std::vector<IdentityRow> ids, PersonKey owner) {
  for (IdentityRow& id : ids) {
    id.person = owner;
    ASSENT_CHECK(transaction.put(id));
  }
  return {};
}

template <class T>
Done then_give(Identities::Then<T> then, std::shared_ptr<T> made) {
  return [then = std::move(then), made](const Result<Written>& written) {
    if (!written) return then(fail(written.error()));
    then(*made);
  };
}

}  // namespace

Result<Linking> Identities::to_link(SchoolKey school, PersonKey from, PersonKey to) const {
  if (from == to) return fail(Code::Invalid, "these are one person already");
  Linking out;
  ASSENT_TRY(out.from, needs_.people.person(from));
  ASSENT_TRY(out.to, needs_.people.person(to));
  if (out.from.school != school || out.to.school != school)
    return fail(Code::Invalid, "both people must be of this school");
  ASSENT_TRY(out.ids, needs_.people.identities(school, from));
  if (out.ids.empty()) return fail(Code::Conflict, "nothing names the first person any more");
  if (is_active(out.from) && is_active(out.to))
    return fail(Code::Conflict, "both have an account, " + called(out.from) + " and " +
                                    called(out.to) + ": let the roster make one of them leave");
  return out;
}

void Identities::link(const Actor& actor, SchoolKey school, PersonKey from, PersonKey to,
                      const std::string& reason, Then<PersonRow> then) {
  const auto kept = std::make_shared<PersonRow>();
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_CHECK(check_reason(reason));
    ASSENT_TRY(Linking linking, to_link(school, from, to));
    auto& [gone, stays, ids] = linking;
    const School& configured = *needs_.registry.school(school);
    Object fields{{"school", configured.name.value},
                  {"from", to_text(gone.id)},
                  {"to", to_text(stays.id)},
                  {"ids", listed(ids)},
                  {"from_had", account_of(gone, needs_.registry)},
                  {"to_had", account_of(stays, needs_.registry)},
                  {"reason", reason}};
    if (is_active(gone)) hand_over(gone, stays);
    ASSENT_CHECK(transaction.put(gone));  // first: it gives its login up
    ASSENT_CHECK(transaction.put(stays));
    ASSENT_CHECK(give(transaction, ids, to));
    for (const PersonKey person : {from, to})
      ASSENT_CHECK(put_level(transaction, needs_.registry, configured, person, context.now));
    *kept = stays;
    return std::vector<Draft>{{"person.link", make_nonce(context.now, needs_.random), to,
                               by_actor(actor, std::move(fields))}};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<PersonRow>(then, kept));
  if (!queued) then(fail(queued.error()));
}

// The record of the link that brought the id to who has it, unless it was undone since.
Result<std::optional<Value>> Identities::link_of(const IdentityRow& identity) const {
  ASSENT_TRY(const auto records, needs_.history.of(identity.person, kHistoryMax));
  for (const StoredRecord& record : records) {
    if (record.type != "person.link" && record.type != "person.part") continue;
    ASSENT_TRY(Value body, parse_json(record.body));
    if (!moved(body, identity)) continue;
    if (record.type == "person.part") break;
    return std::optional(std::move(body));
  }
  return std::nullopt;
}

Result<bool> Identities::has_login(const PersonRow& other, const std::string& login) const {
  if (login.empty()) return false;
  ASSENT_TRY(const auto found, needs_.people.search({other.school, login, kSameText}));
  return std::ranges::any_of(found, [&](const PersonRow& person) {
    return person.login == login && person.key != other.key;
  });
}

// `had` and its ids as they were before the link. The account goes back as the roster has kept it
// since; where `had` has another account by now, nobody can say whose that is.
Result<Parting> Identities::undo(const Value& link, PersonRow had,
                                 std::vector<IdentityRow> ids) const {
  const Value* from = link.find("from");
  ASSENT_TRY(const auto found,
             needs_.people.search({had.school, from && from->text() ? *from->text() : "", 1}));
  if (found.empty()) return fail(Code::Conflict, "the entry that it came from has gone");
  PersonRow back = found.front();
  ASSENT_TRY(const PersonRow from_had, with_account(back, link, "from_had", needs_.registry));
  ASSENT_TRY(PersonRow to_had, with_account(had, link, "to_had", needs_.registry));
  const PersonRow& linked = is_active(from_had) ? from_had : to_had;  // the account it then had
  const bool same = had.login == linked.login && (is_active(linked) || !is_active(had));
  if (is_active(had) && !same)
    return fail(Code::Conflict, called(had) + " is not the account of the link, " + called(linked) +
                                    ": let a roster make them leave, part them, and import again");
  if (is_active(back))
    return fail(Code::Conflict, called(back) +
                                    " is another account of the entry that it came "
                                    "from: let the roster make it leave first");
  if (is_active(from_had) && same) {
    hand_over(had, back);
    ASSENT_TRY(const bool taken, has_login(to_had, to_had.login));
    if (taken) to_had.login.clear();
    had = to_had;
  }
  std::erase_if(ids,
                [&](const IdentityRow& id) { return id.person != had.key || !moved(link, id); });
  return Parting{std::move(had), std::move(back), std::move(ids)};
}

Result<Parting> Identities::to_part(SchoolKey school, const std::string& source,
                                    const std::string& external) const {
  ASSENT_TRY(const auto all, needs_.people.identities(school, std::nullopt));
  const auto found = std::ranges::find_if(all, [&](const IdentityRow& row) {
    return row.source == source && row.external == external;
  });
  if (found == all.end())
    return fail(Code::NotFound, "nobody has " + source + " " + one_line(external));
  ASSENT_TRY(PersonRow had, needs_.people.person(found->person));
  ASSENT_TRY(const auto link, link_of(*found));
  if (link) return undo(*link, std::move(had), all);
  if (std::ranges::count(all, had.key, &IdentityRow::person) == 1) had.state = PersonState::Left;
  return Parting{std::move(had), std::nullopt, {*found}};
}

void Identities::part(const Actor& actor, SchoolKey school, const std::string& source,
                      const std::string& external, const std::string& reason, Then<Parting> then) {
  const auto made = std::make_shared<Parting>();
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_CHECK(check_reason(reason));
    ASSENT_TRY(*made, to_part(school, source, external));
    const auto& [had, back, ids] = *made;
    const School& configured = *needs_.registry.school(school);
    ASSENT_CHECK(transaction.put(had));  // first: it gives its login up
    if (back) ASSENT_CHECK(transaction.put(*back));
    ASSENT_CHECK(give(transaction, ids, back ? back->key : 0));
    for (const PersonKey person : {had.key, back ? back->key : had.key})
      ASSENT_CHECK(put_level(transaction, needs_.registry, configured, person, context.now));
    Object fields{{"school", configured.name.value},
                  {"from", to_text(had.id)},
                  {"ids", listed(ids)},
                  {"reason", reason}};
    if (back) fields.emplace_back("to", to_text(back->id));
    return std::vector<Draft>{{"person.part", make_nonce(context.now, needs_.random), had.key,
                               by_actor(actor, std::move(fields))}};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<Parting>(then, made));
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
