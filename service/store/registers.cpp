// The small tables that are read whole at start.

#include "service/store/journal.h"
#include "service/store/rows.h"
#include "service/store/transaction.h"

namespace assent::store {
namespace {

using EachRow = std::function<Status(const Statement&)>;

Status for_rows(Database& database, std::string_view sql, const EachRow& each) {
  auto query = database.use(sql);
  for (;;) {
    ASSENT_TRY(const bool more, query.row());
    if (!more) return {};
    ASSENT_CHECK(each(query));
  }
}

Status load_schools(Database& database, SmallTables& tables) {
  return for_rows(database, "SELECT id, name FROM school ORDER BY id",
                  [&](const Statement& row) -> Status {
                    tables.schools.push_back({row.text(1)});
                    if (row.integer(0) == std::int64_t(tables.schools.size())) return {};
                    return fail(Code::Corrupt, "the schools of the store are not 1, 2, 3 …");
                  });
}

Status load_profiles(Database& database, SmallTables& tables) {
  return for_rows(database, "SELECT id, school, facts FROM profile ORDER BY id",
                  [&](const Statement& row) -> Status {
                    tables.profiles.push_back({static_cast<std::uint32_t>(row.integer(0)),
                                               static_cast<SchoolKey>(row.integer(1)),
                                               parse_profile(row.text(2))});
                    return {};
                  });
}

Status load_policies(Database& database, SmallTables& tables) {
  return for_rows(database, "SELECT id, school, name, retired FROM policy ORDER BY id",
                  [&](const Statement& row) -> Status {
                    const auto school = static_cast<SchoolKey>(row.integer(1));
                    const PolicyName name{row.text(2)};
                    tables.policies.emplace_back(static_cast<PolicyKey>(row.integer(0)),
                                                 std::pair(school, name));
                    if (!row.null(3)) tables.retired.push_back({school, name, row.time(3)});
                    return {};
                  });
}

Status load_versions(Database& database, SmallTables& tables) {
  constexpr std::string_view kSql =
      "SELECT p.school, p.name, v.number, v.effective, v.enforced, v.entry, f.path, f.bytes,"
      " f.place FROM version v JOIN policy p ON p.id = v.policy"
      " LEFT JOIN version_file f ON f.policy = v.policy AND f.number = v.number"
      " ORDER BY p.school, p.name, v.number, f.place";
  return for_rows(database, kSql, [&](const Statement& row) -> Status {
    if (row.null(8) || row.integer(8) == 0) {
      tables.versions.push_back({static_cast<SchoolKey>(row.integer(0)),
                                 {row.text(1)},
                                 static_cast<std::uint32_t>(row.integer(2)),
                                 row.time(3),
                                 row.time(4),
                                 static_cast<std::uint64_t>(row.integer(5)),
                                 {}});
    }
    if (!row.null(8)) tables.versions.back().files.push_back({row.text(6), row.text(7)});
    return {};
  });
}

Result<DeviceRow> read_device(const Statement& row) {
  DeviceRow device;
  device.key = row.integer(0);
  ASSENT_CHECK(row.fixed(1, device.id.bytes));
  device.school = static_cast<SchoolKey>(row.integer(2));
  device.name = row.text(3);
  device.room = row.text(4);
  device.device_class = row.text(5);
  if (!row.null(6)) ASSENT_CHECK(row.fixed(6, device.public_key.emplace()));
  ASSENT_CHECK(row.fixed(7, device.code_hash));
  device.code_expires = row.time(8);
  device.revoked = row.optional_time(9);
  return device;
}

Status load_devices(Database& database, SmallTables& tables) {
  constexpr std::string_view kSql =
      "SELECT id, ref, school, name, room, class, key, code_hash, code_expires, revoked"
      " FROM device ORDER BY id";
  return for_rows(database, kSql, [&](const Statement& row) -> Status {
    ASSENT_TRY(tables.devices.emplace_back(), read_device(row));
    return {};
  });
}

Status load_tokens(Database& database, SmallTables& tables) {
  constexpr std::string_view kSql =
      "SELECT ref, person, scope, hash, expires, revoked, made_by FROM token ORDER BY ref";
  return for_rows(database, kSql, [&](const Statement& row) -> Status {
    auto& token = tables.tokens.emplace_back();
    ASSENT_CHECK(row.fixed(0, token.id.bytes));
    token.person = row.integer(1);
    token.scope = row.text(2);
    ASSENT_CHECK(row.fixed(3, token.hash));
    token.expires = row.time(4);
    token.revoked = row.optional_time(5);
    token.made_by = row.integer(6);
    return {};
  });
}

Status load_grants(Database& database, SmallTables& tables) {
  constexpr std::string_view kSql =
      "SELECT ref, school, role, person, deputy_of, begins, until, why, state, asked_by,"
      " asked_with, asked, decided_by, decided, ended_by, ended FROM role_grant ORDER BY ref";
  return for_rows(database, kSql, [&](const Statement& row) -> Status {
    auto& [school, grant] = tables.grants.emplace_back();
    ASSENT_CHECK(row.fixed(0, grant.id.bytes));
    school = static_cast<SchoolKey>(row.integer(1));
    grant.role = row.text(2);
    grant.person = row.integer(3);
    grant.deputy_of = row.integer(4);
    grant.from = row.time(5);
    grant.until = row.time(6);
    grant.why = row.text(7);
    grant.state = static_cast<RoleGrantState>(row.integer(8));
    grant.asked_by = row.integer(9);
    grant.asked_with = row.integer(10);
    grant.asked = row.time(11);
    grant.decided_by = row.integer(12);
    grant.decided = row.optional_time(13);
    grant.ended_by = row.integer(14);
    grant.ended = row.optional_time(15);
    return {};
  });
}

}  // namespace

Status SqliteRegisters::ensure_schools(std::span<const SchoolName> names) {
  Error error{Code::Unavailable, ""};
  const auto done = journal_.commit(
      [&](Transaction& transaction) -> Status {
        for (const auto& name : names)
          ASSENT_CHECK(static_cast<SqliteTransaction&>(transaction).add_school(name));
        return {};
      },
      &error);
  if (done == Commit::Committed) return {};
  return fail(error);
}

Result<SmallTables> SqliteRegisters::load() const {
  ASSENT_TRY(const auto lease, readers_.borrow_snapshot());
  auto& database = *lease.operator->();
  SmallTables tables;
  ASSENT_CHECK(load_schools(database, tables));
  ASSENT_CHECK(load_profiles(database, tables));
  ASSENT_CHECK(load_policies(database, tables));
  ASSENT_CHECK(load_versions(database, tables));
  ASSENT_CHECK(load_devices(database, tables));
  ASSENT_CHECK(load_tokens(database, tables));
  ASSENT_CHECK(load_grants(database, tables));
  return tables;
}

}  // namespace assent::store
