#include "service/app/level_sweep.h"

#include <algorithm>

#include "service/app/ticket.h"
#include "service/app/write_and_wait.h"

namespace assent {
namespace {

constexpr std::string_view kStart = "start", kRenewal = "yearly renewal";

bool is_over(std::size_t moves, std::size_t people, unsigned percent) {
  return moves * 100 > people * percent;
}

// Of several readings of the roster the newest says it all.
bool is_overtaken(const SweepRow& sweep, const std::vector<SweepRow>& all) {
  return sweep.from_roster && std::ranges::any_of(all, [&](const SweepRow& other) {
           return other.from_roster && other.school == sweep.school && other.key > sweep.key;
         });
}

// While the roster's moves are not let through, no other sweep of the school may make them.
bool must_wait(const SweepRow& sweep, const std::vector<SweepRow>& all, Time now) {
  if (sweep.from_roster) return sweep.held.has_value() && !sweep.passed;
  return std::ranges::any_of(all, [&](const SweepRow& other) {
    return other.from_roster && other.school == sweep.school && other.due <= now;
  });
}

const SweepRow* with_cause(const std::vector<SweepRow>& all, SchoolKey school,
                           std::string_view cause) {
  const auto found = std::ranges::find_if(
      all, [&](const SweepRow& row) { return row.school == school && row.cause == cause; });
  return found == all.end() ? nullptr : &*found;
}

std::optional<Time> next_renewal(const Catalogue& catalogue, SchoolKey school, Time now) {
  std::optional<Time> next;
  for (const PublishedPolicy& policy : catalogue.policies) {
    if (policy.school != school || policy.retired) continue;
    const auto at = std::ranges::upper_bound(policy.renewals, now);
    if (at != policy.renewals.end()) next = std::min(next.value_or(*at), *at);
  }
  return next;
}

}  // namespace

Status LevelSweeps::put(const SweepRow& sweep) {
  const auto job = [sweep](Transaction& transaction,
                           const JobContext&) -> Result<std::vector<Draft>> {
    ASSENT_CHECK(transaction.put(sweep));
    return std::vector<Draft>{};
  };
  ASSENT_CHECK(write_and_wait(needs_.writer, job));
  return {};
}

Status LevelSweeps::begin(Time now) {
  ASSENT_TRY(const auto all, needs_.sweeps.all());
  for (const School& school : needs_.registry.schools()) {
    if (school.levels.empty()) continue;
    const SweepRow* open = with_cause(all, school.key, kStart);
    SweepRow sweep;
    sweep.key = open ? open->key : 0;
    sweep.school = school.key;
    sweep.due = now;
    sweep.cause = kStart;
    ASSENT_CHECK(put(sweep));
  }
  return {};
}

Status LevelSweeps::plan_renewals(Time now) {
  ASSENT_TRY(const auto all, needs_.sweeps.all());
  const auto catalogue = needs_.registry.catalogue();
  for (const School& school : needs_.registry.schools()) {
    if (school.levels.empty()) continue;
    const auto next = next_renewal(*catalogue, school.key, now);
    const SweepRow* planned = with_cause(all, school.key, kRenewal);
    if (!next || (planned && planned->due <= *next)) continue;
    SweepRow sweep;
    sweep.key = planned ? planned->key : 0;
    sweep.school = school.key;
    sweep.due = *next;
    sweep.cause = kRenewal;
    ASSENT_CHECK(put(sweep));
  }
  return {};
}

Result<std::optional<Time>> LevelSweeps::next_due() const {
  ASSENT_TRY(const auto all, needs_.sweeps.all());
  std::optional<Time> next;
  for (const SweepRow& sweep : all)
    if (!must_wait(sweep, all, Time::max())) next = std::min(next.value_or(sweep.due), sweep.due);
  return next;
}

// The roster's goes first: see must_wait().
Result<std::optional<SweepRow>> LevelSweeps::pick(Time now) const {
  ASSENT_TRY(const auto all, needs_.sweeps.all());
  for (const SweepRow& sweep : all)
    if (sweep.due <= now && (is_overtaken(sweep, all) || !must_wait(sweep, all, now))) {
      SweepRow picked = sweep;
      picked.done = is_overtaken(sweep, all);
      return std::optional(picked);
    }
  return std::nullopt;
}

Result<LevelSweeps::Count> LevelSweeps::count(const School& school, Time now) const {
  Count out;
  Status fault;
  const auto look = [&](const PersonRow& person, const std::vector<Standing>& standings) {
    const auto has = needs_.book.of(person.key);
    if (!has) {
      fault = fail(has.error());
      return false;
    }
    if (!*has || (*has)->level.empty()) return true;
    const Facts facts{person.key, person.school, person.profile, person.state, standings};
    ++out.people;
    out.moves += wanted_level(needs_.registry, school, facts, now).level != (*has)->level;
    return true;
  };
  ASSENT_CHECK(needs_.people.each(school.key, look));
  ASSENT_CHECK(fault);
  return out;
}

// Counts and changes nothing yet: the moves are made by walk(), or wait for somebody's word.
Status LevelSweeps::judge(SweepRow sweep, const School& school, Time now) {
  ASSENT_TRY(const Count found, count(school, now));
  const bool many = found.moves >= kHoldAtLeast &&
                    is_over(found.moves, found.people, school.hold_moves_over_percent);
  sweep.passed = !many;
  if (many) sweep.held = found.moves;
  sweep.by_two = many && is_over(found.moves, found.people, school.two_people_over_percent);
  const auto job = [this, sweep, now](Transaction& transaction,
                                      const JobContext&) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const auto still, pick(now));
    if (still && still->key == sweep.key) ASSENT_CHECK(transaction.put(sweep));
    return std::vector<Draft>{};
  };
  ASSENT_CHECK(write_and_wait(needs_.writer, job));
  return {};
}

// Nobody else writes meanwhile, so what the readers see in the job is how things are.
Status LevelSweeps::walk(const SweepRow& sweep, const School& school, Time now) {
  const auto job = [this, sweep, &school, now](
                       Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(const auto still, pick(now));
    if (!still || *still != sweep) return std::vector<Draft>{};
    ASSENT_TRY(const auto people, needs_.sweeps.people_after(school.key, sweep.cursor, kBatch));
    for (const PersonKey person : people)
      ASSENT_CHECK(put_level(transaction, needs_.registry, school, person, context.now, true));
    SweepRow next = sweep;
    if (!people.empty()) next.cursor = people.back();
    next.done = people.size() < kBatch;
    ASSENT_CHECK(transaction.put(next));
    return std::vector<Draft>{};
  };
  ASSENT_CHECK(write_and_wait(needs_.writer, job));
  return {};
}

Result<bool> LevelSweeps::step(Time now) {
  ASSENT_TRY(auto sweep, pick(now));
  if (!sweep) return false;
  const School* school = needs_.registry.school(sweep->school);
  if (!school || school->levels.empty()) sweep->done = true;  // configured no longer
  const bool unjudged = sweep->from_roster && !sweep->passed;
  ASSENT_CHECK(sweep->done ? put(*sweep)
               : unjudged  ? judge(*sweep, *school, now)
                           : walk(*sweep, *school, now));
  return true;
}

Result<std::optional<SweepRow>> LevelSweeps::held(SchoolKey school) const {
  ASSENT_TRY(const auto all, needs_.sweeps.all());
  for (const SweepRow& sweep : all)
    if (sweep.school == school && sweep.held && !sweep.passed && !is_overtaken(sweep, all))
      return std::optional(sweep);
  return std::nullopt;
}

void LevelSweeps::confirm(const Actor& actor, SchoolKey school, std::size_t moves,
                          std::function<void(Result<Confirmation>)> then) {
  const auto said = std::make_shared<Confirmation>();
  const auto job = [this, actor, school, moves, said](
                       Transaction& transaction,
                       const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(auto sweep, held(school));
    if (!sweep) return fail(Code::Conflict, "no moves wait to be confirmed");
    if (*sweep->held != moves)
      return fail(Code::Conflict, std::to_string(*sweep->held) +
                                      " moves wait to be confirmed, not " + std::to_string(moves) +
                                      ": look at them again");
    const std::string who = to_text(actor.person.id);
    if (sweep->confirmed_by == who)
      return fail(Code::Denied, "so many moves need another person's word beside yours");
    sweep->passed = !sweep->by_two || !sweep->confirmed_by.empty();
    sweep->confirmed_by = who;
    *said = {moves, sweep->passed};
    ASSENT_CHECK(transaction.put(*sweep));
    Object fields{{"school", needs_.registry.school(school)->name.value},
                  {"cause", sweep->cause},
                  {"moves", moves},
                  {"passed", sweep->passed}};
    return std::vector<Draft>{{"level.confirm",
                               make_nonce(context.now, needs_.random),
                               {},
                               by_actor(actor, std::move(fields))}};
  };
  const Status queued = needs_.writer.submit_alone(job, [then, said](const Result<Written>& done) {
    if (!done) return then(fail(done.error()));
    then(*said);
  });
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
