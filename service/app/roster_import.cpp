#include "service/app/roster_import.h"

#include <algorithm>

#include "service/app/actors.h"
#include "service/app/roster_plan.h"
#include "service/app/ticket.h"
#include "service/app/wanted_levels.h"

namespace assent {
namespace {

std::string told(const RosterEntry& entry) {
  return entry.login.empty() ? entry.name : entry.name + " (" + entry.login + ")";
}

ImportReport report_of(const RosterPlan& plan, const RosterPlanner& planner) {
  ImportReport out{plan.rows,           plan.joins.size(), plan.changes.size(),
                   plan.leavers.size(), plan.unchanged,    {},
                   plan.faults,         plan.brake};
  const auto add = [&](const char* kind, const RosterEntry& entry) {
    auto& examples = out.examples[kind];
    if (examples.size() < RosterImports::kExamplesMax) examples.push_back(told(entry));
  };
  for (const RosterJoin& join : plan.joins) add("joins", join.entry);
  for (const RosterChange& change : plan.changes) add("changes", change.entry);
  for (const PersonKey leaver : plan.leavers)
    if (const KnownPerson* person = planner.known(leaver)) add("leavers", person->entry);
  return out;
}

// Nothing when the plan may be applied.
Status allowed(const RosterPlan& plan, std::optional<std::size_t> accepted_leavers) {
  if (!plan.faults.empty()) {
    const RosterFault& first = plan.faults.front();
    return fail(Code::Invalid, "line " + std::to_string(first.line) + ": " + first.what);
  }
  if (may_apply(plan, accepted_leavers)) return {};
  return fail(Code::Conflict, plan.brake + ": nothing was changed. If that is right, accept " +
                                  std::to_string(plan.leavers.size()) + " leavers");
}

Object counts(const School& school, const ImportReport& report) {
  return {{"school", school.name.value},  {"source", "csv"},           {"rows", report.rows},
          {"joins", report.joins},        {"changes", report.changes}, {"leavers", report.leavers},
          {"unchanged", report.unchanged}};
}

}  // namespace

void RosterImports::forget_old() {
  const Time now = needs_.clock.now();
  std::erase_if(open_, [&](const auto& each) {
    const bool old = each.second->ends <= now || each.second->applied;
    if (old) bytes_ -= each.second->bytes;
    return old;
  });
}

void RosterImports::make_room(SchoolKey school) {
  const auto of_school = [&](const auto& each) { return each.second->school == school; };
  while (std::size_t(std::ranges::count_if(open_, of_school)) >= kOpenMax) {
    auto oldest = std::ranges::find_if(open_, of_school);
    for (auto each = oldest; each != open_.end(); ++each)
      if (of_school(*each) && each->second->ends < oldest->second->ends) oldest = each;
    bytes_ -= oldest->second->bytes;
    open_.erase(oldest);
  }
}

Result<std::string> RosterImports::start(SchoolKey school, const std::string& source,
                                         const std::map<std::string, std::string>& columns) {
  const School* configured = needs_.registry.school(school);
  if (!configured) return fail(Code::NotFound, "no such school");
  if (source != "csv") return fail(Code::Invalid, "source must be \"csv\"");
  auto import = std::make_shared<Import>();
  import->school = school;
  if (const auto found = needs_.settings.find(configured->name); found != needs_.settings.end())
    import->settings = found->second;
  for (const auto& [ours, theirs] : columns) import->settings.columns[ours] = theirs;
  ASSENT_CHECK(check_settings(import->settings));
  import->ends = needs_.clock.now() + kLife;
  const std::string id = to_base32(needs_.random.bytes<16>());
  const std::lock_guard lock{mutex_};
  forget_old();
  make_room(school);
  open_[id] = std::move(import);
  return id;
}

// Call with mutex_ held.
Result<std::shared_ptr<RosterImports::Import>> RosterImports::find(SchoolKey school,
                                                                   const std::string& id) {
  const auto found = open_.find(id);
  if (found == open_.end() || found->second->school != school ||
      found->second->ends <= needs_.clock.now())
    return fail(Code::NotFound, "no such import is open: start another one");
  return found->second;
}

Result<std::size_t> RosterImports::add(SchoolKey school, const std::string& id, std::string piece) {
  const std::lock_guard lock{mutex_};
  ASSENT_TRY(const auto import, find(school, id));
  const std::lock_guard own{import->mutex};
  if (piece.size() > kBytesMax - bytes_) {
    bytes_ -= import->bytes;
    open_.erase(id);
    return fail(Code::Invalid, "the open imports are longer than 32 MiB together");
  }
  import->bytes += piece.size();
  bytes_ += piece.size();
  import->pieces.push_back(std::move(piece));
  return import->bytes;
}

Result<ImportReport> RosterImports::plan(SchoolKey school, const std::string& id) {
  std::unique_lock lock{mutex_};
  ASSENT_TRY(const auto import, find(school, id));
  lock.unlock();
  const std::lock_guard own{import->mutex};
  RosterPlanner planner(needs_.registry.school(school)->stop_if_leavers_over_percent);
  ASSENT_CHECK(read_known(needs_.people, needs_.registry, school, "csv", planner));
  CsvRoster source(import->settings, import->pieces);
  return report_of(read_plan(source, planner), planner);
}

// Planned anew inside the transaction, where nobody else changes people: what is applied is what
// the plan says, however old the one is that somebody looked at.
void RosterImports::apply(const Actor& actor, SchoolKey school, const std::string& id,
                          std::optional<std::size_t> accepted_leavers,
                          std::function<void(Result<ImportReport>)> then) {
  std::unique_lock lock{mutex_};
  auto found = find(school, id);
  lock.unlock();
  if (!found) return then(fail(found.error()));
  const auto import = *found;
  const auto report = std::make_shared<ImportReport>();
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    const std::lock_guard own{import->mutex};
    if (import->applied) return fail(Code::Conflict, "this import was applied already");
    const School& configured = *needs_.registry.school(school);
    RosterPlanner planner(configured.stop_if_leavers_over_percent);
    ASSENT_CHECK(read_known(needs_.people, needs_.registry, school, "csv", planner));
    CsvRoster source(import->settings, import->pieces);
    RosterPlan plan = read_plan(source, planner);
    *report = report_of(plan, planner);
    ASSENT_CHECK(allowed(plan, accepted_leavers));
    ASSENT_CHECK(write_plan(
        {transaction, needs_.people, needs_.registry, school, "csv", context.now, needs_.random},
        plan, planner.profiles()));
    ASSENT_CHECK(put_sweep(transaction, configured, context.now, "roster csv", true));
    return std::vector<Draft>{{"roster.import",
                               make_nonce(context.now, needs_.random),
                               {},
                               by_actor(actor, counts(configured, *report))}};
  };
  const auto done = [=, this](const Result<Written>& written) {
    if (!written) return then(fail(written.error()));
    {
      const std::lock_guard all{mutex_};
      const std::lock_guard own{import->mutex};
      import->applied = true;
      std::vector<std::string>().swap(import->pieces);
      if (open_.contains(id)) bytes_ -= std::exchange(import->bytes, 0);
    }
    then(*report);
  };
  if (const Status queued = needs_.writer.submit_alone(job, done); !queued)
    then(fail(queued.error()));
}

}  // namespace assent
