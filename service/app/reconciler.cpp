#include "service/app/reconciler.h"

#include <algorithm>

#include "service/app/level_retry.h"
#include "service/app/ticket.h"
#include "service/app/write_and_wait.h"

namespace assent {
namespace {

// Of a person with several ids: what leaves most to be done decides, but an id that the output
// does not know does not hold up the others.
MoveResult worst(std::span<const MoveResult> results) {
  for (const Moved moved : {Moved::Unknown, Moved::Refused, Moved::Held, Moved::Nobody})
    for (const MoveResult& result : results)
      if (result.moved == moved) return result;
  return {Moved::Held, {}};  // nothing had to be moved
}

MoveResult outcome_of(const OutputLevel& person, std::span<const MoveResult> results,
                      const std::string& source) {
  if (person.state.level.empty()) {
    const MoveResult result = worst(results);
    return result.moved == Moved::Nobody ? MoveResult{Moved::Held, {}} : result;
  }
  if (person.externals.empty())
    return {Moved::Nobody, {Code::NotFound, "no id of " + source + " is known for this person"}};
  return worst(results);
}

std::string words(const MoveResult& result) {
  if (!result.error.message.empty()) return result.error.message;
  if (result.moved == Moved::Nobody) return "there is nobody of this id";
  return result.moved == Moved::Refused ? "refused" : "no answer";
}

LevelAppliedRow row_of(const OutputLevel& person, const MoveResult& result, Time now) {
  const LevelState& state = person.state;
  if (result.moved == Moved::Held) return {state.person, state.change, state.level, now, "", {}};
  return {state.person, state.change,  "",
          now,          words(result), now + retry_after(result.moved, state.attempts)};
}

// Whether anything has to be done about `held` so that it is `wanted` alone.
bool is_other(const std::vector<std::string>& held, const std::string& wanted) {
  return wanted.empty() ? !held.empty() : held != std::vector{wanted};
}

Array names(const std::vector<std::string>& levels) {
  Array out;
  for (const std::string& level : levels) out.emplace_back(level);
  return out;
}

}  // namespace

// Only people's own changes where there are any: a backlog of thousands must not be in their way.
Result<std::vector<OutputLevel>> Reconciler::waiting(Time now) const {
  ASSENT_TRY(auto people, needs_.book.pending(needs_.school.key, source_, now, kOwnMax));
  const auto swept =
      std::ranges::find_if(people, [](const OutputLevel& one) { return one.state.swept; });
  if (people.empty() || swept != people.begin()) {
    people.erase(swept, people.end());
    return people;
  }
  const std::size_t most = std::max(needs_.output.batch(), std::size_t{1});
  return needs_.book.pending(needs_.school.key, source_, now, most);
}

void Reconciler::look(const std::vector<OutputLevel>& people) {
  if (held_) return;
  const bool first = std::ranges::any_of(
      people, [](const OutputLevel& one) { return one.state.applied_change == 0; });
  if (sure_ && !first) return;
  auto held = read_held(needs_.output, needs_.school.levels.levels);
  if (!held) return;  // moves from every other level then: see plan()
  held_ = *std::move(held);
  sure_ = true;
}

std::optional<std::vector<std::string>> Reconciler::known(const OutputLevel& person,
                                                          const std::string& external) const {
  const LevelState& state = person.state;
  std::vector<std::string> out;
  if (held_) {
    if (const auto found = held_->find(external); found != held_->end()) out = found->second.levels;
  } else if (!sure_ || state.applied_change == 0) {
    return std::nullopt;
  }
  // A level that is in the table no longer was not read.
  const bool was_read = held_ && needs_.school.levels.has(state.applied_level);
  if (!state.applied_level.empty() && !was_read) out.push_back(state.applied_level);
  return out;
}

Reconciler::Batch Reconciler::plan(std::vector<OutputLevel> people) const {
  Batch batch;
  batch.people = std::move(people);
  for (const OutputLevel& person : batch.people) {
    Tried tried{&person, batch.moves.size(), 0};
    const std::string& wanted = person.state.level;
    for (const std::string& external : person.externals) {
      const auto held = known(person, external);
      if (held && !is_other(*held, wanted)) continue;
      LevelMove move{external, held.value_or(needs_.school.levels.levels), wanted};
      std::erase(move.from, wanted);
      batch.moves.push_back(std::move(move));
    }
    tried.count = batch.moves.size() - tried.first;
    batch.tried.push_back(tried);
  }
  return batch;
}

// As many results as moves: an output that says too little did not say that it worked.
std::vector<MoveResult> Reconciler::apply(const std::vector<LevelMove>& moves) {
  std::vector<MoveResult> results;
  if (!moves.empty()) results = needs_.output.apply(moves);
  results.resize(moves.size());
  for (std::size_t i = 0; i < moves.size(); ++i) {
    if (results[i].moved == Moved::Unknown) sure_ = false;
    if (results[i].moved != Moved::Held || !held_) continue;
    auto& held = (*held_)[moves[i].id].levels;
    held.clear();
    if (!moves[i].to.empty()) held.push_back(moves[i].to);
  }
  if (!sure_) held_.reset();
  return results;
}

Status Reconciler::record(const std::vector<LevelAppliedRow>& rows) {
  for (std::size_t at = 0; at < rows.size(); at += kRecordMax) {
    const std::size_t end = std::min(rows.size(), at + kRecordMax);
    const auto job = [&](Transaction& transaction,
                         const JobContext& context) -> Result<std::vector<Draft>> {
      ASSENT_TRY(const Time day, needs_.calendar.day_of(context.now, needs_.school.zone));
      for (std::size_t i = at; i < end; ++i) {
        LevelAppliedRow row = rows[i];
        row.at = context.now;
        row.day = day;
        ASSENT_CHECK(transaction.put(row));
      }
      return std::vector<Draft>{};
    };
    if (const auto written = write_and_wait(needs_.writer, job); !written) {
      sure_ = false;
      held_.reset();
      return fail(written.error());
    }
  }
  return {};
}

Result<Pass> Reconciler::run(Time now) {
  ASSENT_TRY(auto people, waiting(now));
  if (people.empty()) {
    held_.reset();
    return Pass{};
  }
  look(people);
  const Batch batch = plan(std::move(people));
  const auto results = apply(batch.moves);
  Pass pass{batch.people.size(), 0, 0, std::nullopt};
  if (!results.empty() && std::ranges::all_of(results, [](const MoveResult& result) {
        return result.moved == Moved::Unknown;
      }))
    pass.away = results.front().error;
  std::vector<LevelAppliedRow> rows;
  for (const Tried& tried : batch.tried) {
    const auto own = std::span(results).subspan(tried.first, tried.count);
    const MoveResult outcome = outcome_of(*tried.person, own, source_);
    ++(outcome.moved == Moved::Held ? pass.done : pass.failed);
    rows.push_back(row_of(*tried.person, outcome, now));
  }
  ASSENT_CHECK(record(rows));
  return pass;
}

Result<Drift> Reconciler::compare() {
  ASSENT_TRY(const auto held, read_held(needs_.output, needs_.school.levels.levels));
  return find_drift(needs_.book, needs_.school.key, source_, held);
}

Status Reconciler::log(const Drift& drift) {
  Array people;
  for (const Astray& one : drift.astray) {
    if (people.size() >= kNamedMax) break;
    ASSENT_TRY(const PersonRow person, needs_.people.person(one.person));
    people.push_back(Object{{"id", to_text(person.id)},
                            {"login", person.login},
                            {"held", names(one.held)},
                            {"wanted", one.wanted}});
  }
  Object fields{{"school", needs_.school.name.value},
                {"output", source_},
                {"astray", drift.astray.size()},
                {"strangers", drift.strangers},
                {"people", std::move(people)}};
  const Digest finding = sha256(to_canonical_json(Value{fields}));
  if (logged_ == finding) return {};
  const auto job = [&](Transaction&, const JobContext& context) -> Result<std::vector<Draft>> {
    return std::vector<Draft>{{"level.drift", make_nonce(context.now, needs_.random), {}, fields}};
  };
  ASSENT_CHECK(write_and_wait(needs_.writer, job));
  logged_ = finding;
  return {};
}

Result<Repair> Reconciler::begin_repair() {
  ASSENT_TRY(Drift drift, compare());
  if (drift.astray.empty())
    logged_.reset();
  else
    ASSENT_CHECK(log(drift));
  Repair begun;
  begun.found = std::move(drift);
  return begun;
}

Result<std::vector<LevelMove>> Reconciler::still_to_move(std::span<const Astray> astray) const {
  std::vector<PersonKey> people;
  for (const Astray& one : astray) people.push_back(one.person);
  ASSENT_TRY(const auto now, needs_.book.of(people));
  std::vector<LevelMove> moves;
  for (std::size_t i = 0; i < astray.size(); ++i)
    if (now[i] && !now[i]->pending() && now[i]->level == astray[i].wanted)
      moves.push_back(to_move(astray[i]));
  return moves;
}

void Reconciler::go_on(Repair& repair) {
  const std::size_t count =
      std::min(repair.left(), std::max(needs_.output.batch(), std::size_t{1}));
  const auto moves = still_to_move(std::span(repair.found.astray).subspan(repair.next, count));
  repair.next += count;
  if (!moves) {
    repair.failed += count;
    if (repair.error.empty()) repair.error = moves.error().message;
    return;
  }
  const auto results = apply(*moves);
  for (const MoveResult& result : results) {
    ++(result.moved == Moved::Held ? repair.repaired : repair.failed);
    if (result.moved != Moved::Held && repair.error.empty()) repair.error = words(result);
  }
  repair.away = !results.empty() && std::ranges::all_of(results, [](const MoveResult& result) {
    return result.moved == Moved::Unknown;
  });
}

}  // namespace assent
