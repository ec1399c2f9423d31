#include "service/app/access_register.h"

#include <algorithm>
#include <tuple>

#include "core/base/text.h"

namespace assent {
namespace {

using Who = std::unordered_map<PersonKey, PersonRow>;
using Held = std::unordered_map<std::string, std::vector<HeldLevel>>;  // by the output's id

Result<Who> everybody(const People& people, SchoolKey school) {
  Who out;
  ASSENT_CHECK(people.each(school, [&](const PersonRow& row, const std::vector<Standing>&) {
    out.emplace(row.key, row);
    return true;
  }));
  return out;
}

AccessRow row_of(const OutputLevel& one, const Who& who) {
  AccessRow row;
  if (const auto found = who.find(one.state.person); found != who.end()) {
    row.login = found->second.login;
    row.name = found->second.name;
    row.form = found->second.form;
  }
  row.wanted = one.state.level;
  row.waiting = one.state.pending();
  return row;
}

// What the output holds of one person; takes it out of `held`.
std::vector<AccessRow> rows_of(const OutputLevel& one, const Who& who, Held& held) {
  std::vector<AccessRow> rows;
  for (const std::string& external : one.externals) {
    const auto found = held.find(external);
    if (found == held.end()) continue;
    for (const HeldLevel& has : found->second) {
      rows.push_back(row_of(one, who));
      rows.back().level = has.level;
      rows.back().account = one_line(has.name);
    }
    held.erase(found);
  }
  if (rows.empty() && !one.state.level.empty()) rows.push_back(row_of(one, who));
  return rows;
}

// Where there is no output: at the level that is wanted, whatever the filter knows of it.
std::vector<AccessRow> wanted_of(const OutputLevel& one, const Who& who) {
  if (one.state.level.empty()) return {};
  std::vector rows{row_of(one, who)};
  rows.front().level = one.state.level;
  rows.front().waiting = false;
  return rows;
}

void add_strangers(const Held& held, std::vector<AccessRow>& rows) {
  for (const auto& [id, levels] : held)
    for (const HeldLevel& has : levels) {
      AccessRow& row = rows.emplace_back();
      row.level = has.level;
      row.account = has.name.empty() ? id : one_line(has.name);
      row.known = false;
    }
}

void sort(std::vector<AccessRow>& rows, const std::vector<std::string>& levels) {
  const auto key = [&](const AccessRow& row) {
    return std::tuple(std::ranges::find(levels, row.level) - levels.begin(), !row.known,
                      std::string_view(row.login), std::string_view(row.account),
                      std::string_view(row.name));
  };
  std::ranges::sort(rows, {}, key);
}

}  // namespace

void AccessRegister::read(const School& school, Then then) {
  if (school.levels.empty())
    return then(fail(Code::Conflict,
                     school.title + " has no levels: write levels and level into its file"));
  const auto status = needs_.keeper ? needs_.keeper->status(school.key) : std::nullopt;
  if (!status) return then(join(school, "", {}));
  needs_.keeper->read(school.key, [this, &school, source = status->id_source,
                                   then = std::move(then)](Result<std::vector<HeldLevel>> read) {
    if (read) return then(join(school, source, *std::move(read)));
    then(fail(read.error().code,
              "who is in the groups cannot be read now, and an older list is not given in its "
              "place: " +
                  read.error().message));
  });
}

Result<AccessRegister::Reading> AccessRegister::join(const School& school,
                                                     const std::string& source,
                                                     std::vector<HeldLevel> read) {
  ASSENT_TRY(const Who who, everybody(needs_.people, school.key));
  Held held;
  for (HeldLevel& one : read) held[one.id].push_back(std::move(one));
  AccessReading reading{0, needs_.clock.now(), source, {}};
  const auto add = [&](const OutputLevel& one) {
    auto rows = source.empty() ? wanted_of(one, who) : rows_of(one, who, held);
    std::ranges::move(rows, std::back_inserter(reading.rows));
    return true;
  };
  ASSENT_CHECK(needs_.book.each(school.key, source, add));
  add_strangers(held, reading.rows);
  sort(reading.rows, school.levels.levels);
  return keep(school, std::move(reading));
}

Result<AccessRegister::Reading> AccessRegister::keep(const School& school, AccessReading reading) {
  const std::lock_guard lock{mutex_};
  reading.number = ++last_;
  kept_.push_back({school.key, std::make_shared<const AccessReading>(std::move(reading))});
  if (kept_.size() > kKept) kept_.pop_front();
  return kept_.back().reading;
}

Result<AccessRegister::Reading> AccessRegister::find(const School& school, std::uint64_t number) {
  const Time oldest = needs_.clock.now() - kKeptFor;
  const std::lock_guard lock{mutex_};
  std::erase_if(kept_, [&](const Kept& kept) { return kept.reading->at < oldest; });
  for (const Kept& kept : kept_)
    if (kept.school == school.key && kept.reading->number == number) return kept.reading;
  return fail(Code::Conflict, "this reading is kept no longer: read again, without a number");
}

}  // namespace assent
