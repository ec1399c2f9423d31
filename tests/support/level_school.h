#pragma once
// The gate's desk with a table of filtering levels, pupils whom an output knows, and what stands
// between the two: sweeps and a reconciler. oakfield has no table.

#include "service/app/level_sweep.h"
#include "service/app/reconciler.h"
#include "tests/support/fake_groups.h"
#include "tests/support/gate_desk.h"

namespace assent::support {

inline std::vector<School> level_schools() {
  auto schools = gate_schools();
  School& one = schools.front();
  one.levels.levels = {"unsigned", "supervised", "ks3", "ks4", "staff"};
  const auto rule = [](std::vector<std::string> audience, std::vector<std::string> stage,
                       std::optional<AcceptanceState> state, std::string level) {
    LevelRule out;
    out.audience = std::move(audience);
    out.stage = std::move(stage);
    out.state = state;
    out.level = std::move(level);
    return out;
  };
  one.levels.rules = {rule({}, {}, AcceptanceState::Unsigned, "unsigned"),
                      rule({"student"}, {"ks4"}, {}, "ks4"), rule({"student"}, {}, {}, "ks3"),
                      rule({"staff"}, {}, {}, "staff")};
  return schools;
}

struct LevelSchool : GateDesk {
  explicit LevelSchool(std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>(),
                       store::FaultHook faults = {})
      : GateDesk(std::move(disk), std::move(faults), level_schools()) {}

  static std::string id_of(const std::string& login) { return "id-" + login; }
  // A pupil of the roster whom the output knows too.
  PersonRow pupil(const std::string& login, FakeOutput& output, const std::string& stage = "ks3") {
    const PersonRow row = person(login, {{"role", "student"}, {"stage", stage}});
    put(IdentityRow{"dir", id_of(login), row.key, 1});
    output.add_person(id_of(login));
    return row;
  }
  // Many, in one transaction; "p1", "p2", …
  std::vector<PersonKey> pupils(std::size_t count, FakeOutput& output) {
    const Profile profile{{"role", "student"}, {"stage", "ks3"}};
    put(ProfileRow{0, 1, profile});
    std::vector<PersonKey> keys;
    change([&](Transaction& transaction, Time) -> Status {
      for (std::size_t i = 1; i <= count; ++i) {
        PersonRow row;
        row.id.bytes = random.bytes<16>();
        row.school = 1;
        row.login = "p" + std::to_string(i);
        row.profile = registry->profile_key(1, profile).value();
        ASSENT_TRY(keys.emplace_back(), transaction.put(row));
        ASSENT_CHECK(transaction.put(IdentityRow{"dir", id_of(row.login), keys.back(), 1}));
        output.add_person(id_of(row.login));
      }
      return {};
    });
    return keys;
  }
  void change(const std::function<Status(Transaction&, Time)>& work) {
    (void)write([&](Transaction& transaction, const JobContext& context) {
      const Status done = work(transaction, context.now);
      return done ? Result<std::vector<Draft>>(std::vector<Draft>{}) : fail(done.error());
    }).value();
  }
  void sweep_is_due(const std::string& cause, bool from_roster = false) {
    change([&](Transaction& transaction, Time now) {
      return put_sweep(transaction, school(), now, cause, from_roster);
    });
  }
  // What a new roster says of people: all of them of this stage now.
  void roster_says(const std::vector<PersonKey>& people, const std::string& stage) {
    const Profile profile{{"role", "student"}, {"stage", stage}};
    put(ProfileRow{0, 1, profile});
    change([&](Transaction& transaction, Time) -> Status {
      for (const PersonKey key : people) {
        PersonRow row = store.people.person(key).value();
        row.profile = registry->profile_key(1, profile).value();
        ASSENT_CHECK(transaction.put(row));
      }
      return put_sweep(transaction, school(), clock.time, "roster csv", true);
    });
  }
  // By somebody signed in, as on paper.
  void says(const PersonRow& who, Act act, const std::string& policy = "student") {
    (void)wait<Written>([&](auto then) {
      behalf.answer(ict, school(), who, {act, {policy}, "paper", "", {}}, then);
    }).value();
  }
  // All that is due.
  void sweep_all() {
    while (sweeps.step(clock.time).value()) continue;
  }
  Reconciler reconciler(LevelOutput& output) {
    return Reconciler({school(), store.levels, store.people, *writer, output, calendar, random});
  }
  std::string level(PersonKey person) {
    const auto state = store.levels.of(person).value();
    return state ? state->level : "none";
  }
  LevelState state(PersonKey person) { return store.levels.of(person).value().value(); }
  Result<Confirmation> confirm(const Actor& actor, std::size_t moves) {
    return wait<Confirmation>([&](auto then) { sweeps.confirm(actor, 1, moves, then); });
  }
  Actor other_admin() {
    Actor other = ict;
    other.person.id.bytes.fill(std::byte{7});
    other.person.login = "deputy";
    return other;
  }

  LevelSweeps sweeps{{*registry, store.people, store.levels, store.sweeps, *writer, random}};
};

}  // namespace assent::support
