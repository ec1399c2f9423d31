#include "service/app/behalf.h"

#include <algorithm>
#include <set>

#include "service/app/answer_record.h"
#include "service/app/level_desk.h"
#include "service/app/wanted_levels.h"

namespace assent {

struct OnBehalf::Made {
  Draft draft;
  Standing standing;
  std::shared_ptr<const Rendered> shown;
};

struct OnBehalf::ClassMade {
  std::vector<std::pair<const PersonRow*, Made>> each;  // the rows are the class list's
  ClassSigned said;
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

bool is_possible(Act act) {
  return is_answer(act) || act == Act::Endorse || act == Act::Withdraw;
}

// What the gate would ask or, where it only observes, would have asked; nullptr: nothing.
const Owed* asked_of(const Decision& decision, const PolicyName& policy) {
  for (const auto* list : {&decision.asked, &decision.observed})
    for (const Owed& owed : *list)
      if (owed.policy->name == policy) return &owed;
  return nullptr;
}

// An answer is to what the gate would ask, or to the whole current version where it asks nothing.
// An endorsement or a withdrawal is about the version that was accepted.
Owed what_is_signed(const Decision& decision, const PublishedPolicy& policy,
                    const PublishedVersion& current, Act act, std::uint32_t accepted) {
  const PublishedVersion* before = policy.version(accepted);
  if (!is_answer(act) && before) return Owed{&policy, before, 0, Mode::Agree, Why::FirstTime};
  if (const Owed* asked = asked_of(decision, policy.name)) return *asked;
  return Owed{&policy, &current, 0, Mode::Agree, Why::FirstTime};
}

}  // namespace

Result<OnBehalf::Made> OnBehalf::make(const Actor& actor, const School& school,
                                      const PersonRow& person, const Facts& facts,
                                      const BehalfRequest& request, Time now, std::uint64_t index) {
  if (!is_possible(request.act))
    return fail(Code::Invalid,
                "nobody can " + std::string(to_text(request.act)) + " for somebody else");
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
  const Owed owed = what_is_signed(decide(facts, *audience, school, *catalogue, now), *policy,
                                   *current, request.act, before.version);
  if (request.of && *request.of != before.entry)
    return fail(Code::Invalid, person.name + "'s newest answer is entry " +
                                   std::to_string(before.entry) + ", and no other can be meant");
  if (request.act == Act::Acknowledge && owed.mode == Mode::Agree)
    return fail(Code::Invalid,
                request.policy.value + " must be agreed to: to have seen it is less");
  Made made;
  ASSENT_TRY(made.shown, presentations_.render(catalogue, {owed}, school.language, audience->style,
                                               school.language, false));
  Object by{{"id", to_text(actor.person.id)}, {"login", actor.person.login}, {"how", request.how}};
  if (!request.note.empty()) by.emplace_back("note", request.note);
  Object fields{{"school", school.name.value},
                {"subject", subject_of(person, *audience)},
                {"proof", request.how == "paper" ? "paper" : "witnessed"},
                {"items", Array{record_item(owed, made.shown->kinds.front(), request.act)}},
                {"shown", shown_of(*made.shown)},
                {"channel", "cli"},
                {"by", std::move(by)}};
  if (!is_answer(request.act)) fields.emplace_back("of", before.entry);
  made.draft = {"accept", make_nonce(now, needs_.random), person.key, std::move(fields)};
  made.standing = after(before, request.act, current->number(), audience->style, now, index);
  return made;
}

Status OnBehalf::store(Transaction& transaction, const School& school, const PersonRow& person,
                       const Made& made, Time now) {
  ASSENT_CHECK(transaction.put(ShownRow{made.shown->hash, made.shown->document}));
  ASSENT_CHECK(
      transaction.put(StandingRow{person.key, made.standing, person.school, person.login}));
  ASSENT_CHECK(put_level(transaction, needs_.registry, school, person.key, now));
  return {};
}

void OnBehalf::answer(const Actor& actor, const School& school, const PersonRow& person,
                      const BehalfRequest& request, const Done& done) {
  const auto job = [=, this, &school](Transaction& transaction,
                                      const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const Facts facts, transaction.facts(person.key));
    ASSENT_TRY(Made made,
               make(actor, school, person, facts, request, context.now, context.next_index));
    ASSENT_CHECK(store(transaction, school, person, made, context.now));
    return std::vector<Draft>{std::move(made.draft)};
  };
  const Status queued = needs_.writer.submit_alone(job, done);
  if (!queued) done(fail(queued.error()));
}

Status OnBehalf::may_answer(const Actor& actor, const School& school, const PersonRow& person,
                            const BehalfRequest& request, Time now) {
  ASSENT_TRY(const Facts facts, facts_of(person, needs_.standings, needs_.people));
  ASSENT_CHECK(make(actor, school, person, facts, request, now, 0));
  return {};
}

bool OnBehalf::owes(const School& school, const Facts& facts, const PolicyName& policy,
                    Time now) const {
  const auto catalogue = needs_.registry.catalogue();
  const auto audience = needs_.registry.audience(school.key, facts.profile);
  const PublishedPolicy* known = catalogue->find(school.key, policy);
  // Shared accounts and policies that are not in force go on, to be refused in words.
  if (audience->shared || !known || !known->current(now)) return true;
  return asked_of(decide(facts, *audience, school, *catalogue, now), policy) != nullptr;
}

Result<ClassList> OnBehalf::read_class(const School& school, const ClassRequest& request) const {
  if (request.present.size() > kClassMax)
    return fail(Code::Invalid,
                "a class has at most " + std::to_string(kClassMax) + " children at once");
  return ClassList::read(needs_.people, school, request.form);
}

Result<OnBehalf::ClassMade> OnBehalf::make_class(const Actor& actor, const School& school,
                                                 const ClassRequest& request, const ClassList& list,
                                                 const FactsOf& facts_of, Time now,
                                                 std::uint64_t next_index) {
  ClassMade out;
  const BehalfRequest each{Act::Agree, request.policy, request.how, request.note, {}};
  std::set<PersonKey> seen;  // one child may be named twice
  for (const std::string& named : request.present) {
    const PersonRow* person = list.find(named);
    if (person && !seen.insert(person->key).second) continue;
    ASSENT_TRY(const Facts facts, person ? facts_of(*person) : Facts{});
    if (!person || !owes(school, facts, request.policy, now)) {
      out.said.missing.push_back(named);
      continue;
    }
    const std::uint64_t index = next_index + out.each.size();
    ASSENT_TRY(Made made, make(actor, school, *person, facts, each, now, index));
    out.said.entries.push_back(index);
    out.each.emplace_back(person, std::move(made));
  }
  return out;
}

Result<ClassSigned> OnBehalf::to_sign(const Actor& actor, const School& school,
                                      const ClassRequest& request, Time now) {
  ASSENT_TRY(const ClassList list, read_class(school, request));
  const auto facts = [&](const PersonRow& person) { return list.facts(person); };
  ASSENT_TRY(ClassMade made, make_class(actor, school, request, list, facts, now, 0));
  return std::move(made.said);
}

void OnBehalf::sign_class(const Actor& actor, const School& school, const ClassRequest& request,
                          std::function<void(Result<ClassSigned>)> then) {
  const auto form = read_class(school, request);
  if (!form) return then(fail(form.error()));
  auto result = std::make_shared<ClassSigned>();
  const auto job = [=, this, &school, list = *form](
                       Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    const auto facts = [&](const PersonRow& person) { return transaction.facts(person.key); };
    ASSENT_TRY(ClassMade all,
               make_class(actor, school, request, list, facts, context.now, context.next_index));
    std::vector<Draft> drafts;
    for (auto& [person, made] : all.each) {
      ASSENT_CHECK(store(transaction, school, *person, made, context.now));
      drafts.push_back(std::move(made.draft));
    }
    *result = std::move(all.said);
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
