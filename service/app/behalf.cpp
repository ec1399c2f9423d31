#include "service/app/behalf.h"

#include <algorithm>

#include "service/app/answer_record.h"

namespace assent {

struct OnBehalf::Made {
  Draft draft;
  Standing standing;
  std::shared_ptr<const Rendered> shown;
};

namespace {

bool is_answer(Act act) {
  return accepts(act) || act == Act::Decline;
}

Standing standing_of(const Facts& facts, PolicyKey policy) {
  const auto found = std::ranges::find(facts.standings, policy, &Standing::policy);
  if (found != facts.standings.end()) return *found;
  Standing never;
  never.policy = policy;
  return never;
}

// What is signed: what the gate would ask, or the whole current version where it asks nothing.
Owed what_is_signed(const Decision& decision, const PublishedPolicy& policy,
                    const PublishedVersion& current) {
  for (const auto* list : {&decision.asked, &decision.observed})
    for (const Owed& owed : *list)
      if (owed.policy == &policy) return owed;
  return Owed{&policy, &current, 0, Mode::Agree, Why::FirstTime};
}

}  // namespace

Result<OnBehalf::Made> OnBehalf::make(const Actor& actor, const School& school,
                                      const PersonRow& person, const Facts& facts,
                                      const BehalfRequest& request, Time now, std::uint64_t index) {
  const auto catalogue = needs_.registry.catalogue();
  const PublishedPolicy* policy = catalogue->find(school.key, request.policy);
  const PublishedVersion* current = policy ? policy->current(now) : nullptr;
  if (!current)
    return fail(Code::NotFound, "no version of " + request.policy.value + " is in force");
  const auto audience = needs_.registry.audience(school.key, person.profile);
  if (audience->shared)
    return fail(Code::Denied, person.login + " is a shared account: sign its class, by form");
  const Standing before = standing_of(facts, policy->key);
  if (!is_answer(request.act) && before.version == 0)
    return fail(Code::Conflict, person.name + " has not signed " + request.policy.value);
  const Owed owed =
      what_is_signed(decide(facts, *audience, school, *catalogue, now), *policy, *current);
  Made made;
  ASSENT_TRY(made.shown, presentations_.render(catalogue, {owed}, school.language, audience->style,
                                               school.language, false));
  Object by{{"id", to_text(actor.person.id)}, {"login", actor.person.login}, {"how", request.how}};
  if (!request.note.empty()) by.emplace_back("note", request.note);
  Object fields{{"school", school.name.value},
                {"subject", subject_of(person, *audience)},
                {"proof", request.how == "paper" ? "paper" : "witnessed"},
                {"items", Array{record_item(owed, request.act)}},
                {"shown", Object{{"hash", "sha256:" + to_hex(made.shown->hash)},
                                 {"lang", school.language},
                                 {"style", to_text(audience->style)}}},
                {"channel", "cli"},
                {"by", std::move(by)}};
  if (!is_answer(request.act)) fields.emplace_back("of", request.of.value_or(before.entry));
  made.draft = {"accept", make_nonce(now, needs_.random), person.key, std::move(fields)};
  made.standing = after(before, request.act, current->number(), audience->style, now, index);
  return made;
}

Status OnBehalf::store(Transaction& transaction, const PersonRow& person, const Made& made) {
  ASSENT_CHECK(transaction.put(ShownRow{made.shown->hash, made.shown->document}));
  ASSENT_CHECK(
      transaction.put(StandingRow{person.key, made.standing, person.school, person.login}));
  return {};
}

void OnBehalf::answer(const Actor& actor, const School& school, const PersonRow& person,
                      const BehalfRequest& request, Done done) {
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const Facts facts, transaction.facts(person.key));
    ASSENT_TRY(Made made,
               make(actor, school, person, facts, request, context.now, context.next_index));
    ASSENT_CHECK(store(transaction, person, made));
    return std::vector<Draft>{std::move(made.draft)};
  };
  const Status queued = needs_.writer.submit_alone(job, done);
  if (!queued) done(fail(queued.error()));
}

Result<std::vector<PersonRow>> OnBehalf::form_of(const School& school,
                                                 const std::string& form) const {
  std::vector<PersonRow> out;
  ASSENT_CHECK(
      needs_.people.each(school.key, [&](const PersonRow& person, const std::vector<Standing>&) {
        if (person.form == form && person.state == PersonState::Active) out.push_back(person);
        return true;
      }));
  if (out.empty()) return fail(Code::NotFound, "nobody is in form " + form);
  return out;
}

void OnBehalf::sign_class(const Actor& actor, const School& school, const ClassRequest& request,
                          std::function<void(Result<ClassSigned>)> then) {
  const auto form = form_of(school, request.form);
  if (!form) return then(fail(form.error()));
  auto result = std::make_shared<ClassSigned>();
  const auto job = [=, this, &school, people = *form](
                       Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    std::vector<Draft> drafts;
    const BehalfRequest each{Act::Agree, request.policy, request.how, request.note, {}};
    for (const std::string& login : request.present) {
      const auto person = std::ranges::find(people, login, &PersonRow::login);
      if (person == people.end()) {
        result->missing.push_back(login);
        continue;
      }
      ASSENT_TRY(const Facts facts, transaction.facts(person->key));
      const std::uint64_t index = context.next_index + drafts.size();
      ASSENT_TRY(Made made, make(actor, school, *person, facts, each, context.now, index));
      ASSENT_CHECK(store(transaction, *person, made));
      result->entries.push_back(index);
      drafts.push_back(std::move(made.draft));
    }
    return drafts;
  };
  const Status queued =
      needs_.writer.submit_alone(job, [then, result](const Result<Written>& written) {
        if (!written) return then(fail(written.error()));
        then(*result);
      });
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
