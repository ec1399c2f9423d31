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

ImportReport report_of(const RosterPlan& plan, const RosterPlanner& planner,
                       const HeldRoster* held) {
  ImportReport out{plan.rows,           plan.joins.size(), plan.changes.size(),
                   plan.leavers.size(), plan.unchanged,    {},
                   plan.faults,         plan.brake,        plan.owned};
  const auto add = [&](const char* kind, const RosterEntry& entry) {
    auto& examples = out.examples[kind];
    if (examples.size() < RosterImports::kExamplesMax) examples.push_back(told(entry));
  };
  for (const RosterJoin& join : plan.joins) add("joins", join.entry);
  for (const RosterChange& change : plan.changes) add("changes", change.entry);
  for (const PersonKey leaver : plan.leavers)
    if (const KnownPerson* person = planner.known(leaver)) add("leavers", person->entry);
  for (RosterFault& fault : out.errors)
    if (held) fault.what = held->with_logins(fault.line, fault.what);
  return out;
}

// Nothing when the plan may be applied.
Status allowed(const RosterPlan& plan, const ImportReport& report,
               std::optional<std::size_t> accepted_leavers) {
  if (!report.errors.empty()) {
    const RosterFault& first = report.errors.front();
    const std::string place = first.line == 0 ? "" : "line " + std::to_string(first.line) + ": ";
    return fail(Code::Invalid, place + first.what);
  }
  if (may_apply(plan, accepted_leavers)) return {};
  return fail(Code::Conflict, plan.brake + ": nothing was changed. If that is right, accept " +
                                  std::to_string(plan.leavers.size()) + " leavers");
}

Object counts(const School& school, const std::string& source, const ImportReport& report) {
  return {{"school", school.name.value},  {"source", source},          {"rows", report.rows},
          {"joins", report.joins},        {"changes", report.changes}, {"leavers", report.leavers},
          {"unchanged", report.unchanged}};
}

}  // namespace

std::vector<std::shared_ptr<RosterImports::Import>> RosterImports::forget_old() {
  const Time now = needs_.clock.now();
  std::vector<std::shared_ptr<Import>> old;
  for (auto each = open_.begin(); each != open_.end();) {
    if (each->second->ends > now && !each->second->applied) {
      ++each;
      continue;
    }
    bytes_ -= each->second->bytes;
    old.push_back(std::move(each->second));
    each = open_.erase(each);
  }
  return old;
}

void RosterImports::make_room(SchoolKey school) {
  const auto of_school = [&](const auto& each) {
    const Import& import = *each.second;
    return import.school == school && !(import.held && !import.held->is_ready());
  };
  while (std::size_t(std::ranges::count_if(open_, of_school)) >= kOpenMax) {
    auto oldest = std::ranges::find_if(open_, of_school);
    for (auto each = oldest; each != open_.end(); ++each)
      if (of_school(*each) && each->second->ends < oldest->second->ends) oldest = each;
    bytes_ -= oldest->second->bytes;
    open_.erase(oldest);
  }
}

// Nobody's import keeps the service from reading, nor the other way about.
bool RosterImports::is_being_read(const Import& like) const {
  return std::ranges::any_of(open_, [&](const auto& each) {
    const Import& import = *each.second;
    return import.school == like.school && import.unattended == like.unattended && import.held &&
           !import.held->is_ready();
  });
}

// Everything but beginning to read.
Status RosterImports::take_settings(const School& school, const std::string& source,
                                    const std::map<std::string, std::string>& columns,
                                    Import& import) const {
  const bool live = needs_.live.contains(school.name);
  if (source != "csv" && !(live && source == "ldap"))
    return fail(Code::Invalid, live
                                   ? "source must be \"csv\" or \"ldap\""
                                   : "source must be \"csv\": for \"ldap\" the school's file needs "
                                     "it as [roster] source, and a [directory]");
  if (source != "csv" && !columns.empty())
    return fail(Code::Invalid, "columns are for a file: a directory's are in [directory]");
  import.school = school.key;
  import.source = source;
  if (const auto found = needs_.settings.find(school.name); found != needs_.settings.end())
    import.settings = found->second;
  for (const auto& [ours, theirs] : columns) import.settings.columns[ours] = theirs;
  import.ends = needs_.clock.now() + kLife;
  return check_settings(import.settings);
}

Result<std::string> RosterImports::start(SchoolKey school, const std::string& source,
                                         const std::map<std::string, std::string>& columns) {
  const School* configured = needs_.registry.school(school);
  if (!configured) return fail(Code::NotFound, "no such school");
  auto import = std::make_shared<Import>();
  ASSENT_CHECK(take_settings(*configured, source, columns, *import));
  return open(*configured, std::move(import));
}

Result<std::string> RosterImports::start_unattended(SchoolKey school) {
  const School* configured = needs_.registry.school(school);
  if (!configured) return fail(Code::NotFound, "no such school");
  auto import = std::make_shared<Import>();
  ASSENT_CHECK(take_settings(*configured, "ldap", {}, *import));
  import->unattended = true;
  return open(*configured, std::move(import));
}

Result<std::string> RosterImports::open(const School& school, std::shared_ptr<Import> import) {
  std::string id = to_base32(needs_.random.bytes<16>());
  std::vector<std::shared_ptr<Import>> old;  // goes after the lock: one may still be read
  const std::lock_guard lock{mutex_};
  old = forget_old();
  make_room(school.key);
  if (import->source != "csv") {
    if (is_being_read(*import))
      return fail(Code::Conflict,
                  import->source + " is being read for another import: wait for that");
    import->reading = ++readings_;
    import->held = std::make_unique<HeldRoster>(needs_.live.at(school.name)());
  }
  open_[id] = std::move(import);
  return id;
}

void RosterImports::drop(SchoolKey school, const std::string& id) {
  std::shared_ptr<Import> gone;  // ends outside the lock
  const std::lock_guard lock{mutex_};
  const auto found = open_.find(id);
  if (found == open_.end() || found->second->school != school) return;
  gone = std::move(found->second);
  bytes_ -= gone->bytes;
  open_.erase(found);
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

Result<RosterImports::Progress> RosterImports::progress(SchoolKey school, const std::string& id) {
  const std::lock_guard lock{mutex_};
  ASSENT_TRY(const auto import, find(school, id));
  if (!import->held) return Progress{};
  return Progress{import->held->is_ready(), import->held->people(), import->held->is_away()};
}

RosterPlan RosterImports::read_import(Import& import, RosterPlanner& planner) {
  if (import.held) return read_plan(*import.held, planner);
  CsvRoster file(import.settings, import.pieces);
  return read_plan(file, planner);
}

Result<std::size_t> RosterImports::add(SchoolKey school, const std::string& id, std::string piece) {
  const std::lock_guard lock{mutex_};
  ASSENT_TRY(const auto import, find(school, id));
  const std::lock_guard own{import->mutex};
  if (import->held)
    return fail(Code::Invalid, "rows are for a file, and this is " + import->source);
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
  if (import->held && !import->held->is_ready())
    return fail(Code::Unavailable, import->source + " is being read: ask again in a moment");
  RosterPlanner planner(needs_.registry.school(school)->stop_if_leavers_over_percent);
  ASSENT_CHECK(read_known(needs_.people, needs_.registry, school, import->source, planner));
  return report_of(read_import(*import, planner), planner, import->held.get());
}

Status RosterImports::check_newest(const Import& import) {
  const std::lock_guard lock{mutex_};
  const auto newest = applied_.find(import.school);
  if (import.reading == 0 || newest == applied_.end() || import.reading > newest->second) return {};
  return fail(Code::Conflict,
              "a newer reading of " + import.source +
                  " was applied after this one had begun: nothing was changed. Import again, so "
                  "that it is read anew");
}

// Planned anew inside the transaction, where nobody else changes people: what is applied is what
// the plan says, however old the one is that somebody looked at.
void RosterImports::apply(const std::optional<Actor>& actor, SchoolKey school,
                          const std::string& id, std::optional<std::size_t> accepted_leavers,
                          std::function<void(Result<ImportReport>)> then) {
  std::unique_lock lock{mutex_};
  auto found = find(school, id);
  lock.unlock();
  if (!found) return then(fail(found.error()));
  const auto import = *found;
  const auto report = std::make_shared<ImportReport>();
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    const Status newest = check_newest(*import);
    const std::lock_guard own{import->mutex};
    if (import->applied) return fail(Code::Conflict, "this import was applied already");
    ASSENT_CHECK(newest);
    if (import->held && !import->held->is_ready())
      return fail(Code::Unavailable, import->source + " is being read: ask again in a moment");
    const School& configured = *needs_.registry.school(school);
    RosterPlanner planner(configured.stop_if_leavers_over_percent);
    ASSENT_CHECK(read_known(needs_.people, needs_.registry, school, import->source, planner));
    RosterPlan plan = read_import(*import, planner);
    *report = report_of(plan, planner, import->held.get());
    ASSENT_CHECK(allowed(plan, *report, accepted_leavers));
    ASSENT_CHECK(write_plan({transaction, needs_.people, needs_.registry, school, import->source,
                             context.now, needs_.random},
                            plan, planner.profiles()));
    ASSENT_CHECK(put_sweep(transaction, configured, context.now, "roster " + import->source, true));
    Object fields = counts(configured, import->source, *report);
    if (actor) fields = by_actor(*actor, std::move(fields));
    return std::vector<Draft>{
        {"roster.import", make_nonce(context.now, needs_.random), {}, std::move(fields)}};
  };
  const auto done = [=, this](const Result<Written>& written) {
    if (!written) return then(fail(written.error()));
    {
      const std::lock_guard all{mutex_};
      const std::lock_guard own{import->mutex};
      import->applied = true;
      if (import->reading > 0) applied_[school] = readings_;
      std::vector<std::string>().swap(import->pieces);
      import->held.reset();
      if (open_.contains(id)) bytes_ -= std::exchange(import->bytes, 0);
    }
    then(*report);
  };
  if (const Status queued = needs_.writer.submit_alone(job, done); !queued)
    then(fail(queued.error()));
}

}  // namespace assent
