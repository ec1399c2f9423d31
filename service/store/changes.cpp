// How each kind of change becomes rows.

#include "service/store/transaction.h"

namespace assent::store {

Result<std::int64_t> SqliteTransaction::put(const Change& change) {
  auto key = std::visit([this](const auto& row) { return store(row); }, change);
  if (!key) ASSENT_CHECK(note(fail(key.error())));
  return key;
}

Result<std::int64_t> SqliteTransaction::run_for(std::int64_t key, Statement& statement) {
  ASSENT_CHECK(run(statement));
  if (key == 0) return database_.last_key();
  if (database_.changed() != 1)
    return fail(Code::NotFound, "no row " + std::to_string(key) + " to change");
  return key;
}

Result<std::int64_t> SqliteTransaction::store(const PersonRow& row) {
  auto statement =
      row.key == 0
          ? database_.use(
                "INSERT INTO person (ref, school, login, name, form, profile, state, seen, home)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
          : database_.use(
                "UPDATE person SET ref = ?1, school = ?2, login = ?3, name = ?4, form = ?5, "
                "profile = ?6,"
                " state = ?7, seen = ?8, home = ?9 WHERE id = ?10");
  const auto login = row.login.empty() ? std::nullopt : std::optional(row.login);
  statement.bind(row.id.bytes, row.school, login, row.name, row.form, row.profile,
                 static_cast<std::uint8_t>(row.state), row.seen, row.home);
  if (row.key != 0) statement.bind_at(10, row.key);
  return run_for(row.key, statement);
}

Result<std::int64_t> SqliteTransaction::store(const IdentityRow& row) {
  if (row.person == 0) {
    auto part =
        database_.use("DELETE FROM identity WHERE school = ?1 AND source = ?2 AND external = ?3");
    ASSENT_CHECK(run(part.bind(row.school, row.source, row.external)));
    return 0;
  }
  auto link = database_.use(
      "INSERT INTO identity (school, source, external, person) VALUES (?1, ?2, ?3, ?4)"
      " ON CONFLICT (school, source, external) DO UPDATE SET person = excluded.person");
  ASSENT_CHECK(run(link.bind(row.school, row.source, row.external, row.person)));
  return 0;
}

Result<std::int64_t> SqliteTransaction::store(const ProfileRow& row) {
  const auto facts = to_text(row.profile);
  if (row.key == 0) {
    auto known = database_.use("SELECT id FROM profile WHERE school = ?1 AND facts = ?2");
    ASSENT_TRY(const bool found, known.bind(row.school, facts).row());
    if (found) return known.integer(0);
    auto made = database_.use("INSERT INTO profile (school, facts) VALUES (?1, ?2)");
    return run_for(0, made.bind(row.school, facts));
  }
  auto changed = database_.use("UPDATE profile SET school = ?1, facts = ?2 WHERE id = ?3");
  return run_for(row.key, changed.bind(row.school, facts, row.key));
}

Result<std::int64_t> SqliteTransaction::store(const StandingRow& row) {
  auto statement = database_.use(
      "INSERT INTO standing (person, policy, version, style, act, at, entry, deferred_version,"
      " deferred_count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
      " ON CONFLICT (person, policy) DO UPDATE SET version = excluded.version,"
      " style = excluded.style, act = excluded.act, at = excluded.at, entry = excluded.entry,"
      " deferred_version = excluded.deferred_version, deferred_count = excluded.deferred_count");
  const auto& s = row.standing;
  statement.bind(row.person, s.policy, s.version, static_cast<std::uint8_t>(s.style),
                 static_cast<std::uint8_t>(s.act), s.at, s.entry, s.deferred_version,
                 s.deferred_count);
  ASSENT_CHECK(run(statement));
  return 0;
}

Result<std::int64_t> SqliteTransaction::policy_key(SchoolKey school, const PolicyName& name) {
  auto known = database_.use("SELECT id FROM policy WHERE school = ?1 AND name = ?2");
  ASSENT_TRY(const bool found, known.bind(school, name.value).row());
  if (!found) return fail(Code::NotFound, "no policy " + name.value);
  return known.integer(0);
}

Result<std::int64_t> SqliteTransaction::store(const VersionRow& row) {
  auto policy = database_.use(
      "INSERT INTO policy (school, name) VALUES (?1, ?2) ON CONFLICT (school, name) DO NOTHING");
  ASSENT_CHECK(run(policy.bind(row.school, row.policy.value)));
  ASSENT_TRY(const auto key, policy_key(row.school, row.policy));
  auto version = database_.use(
      "INSERT INTO version (policy, number, effective, enforced, entry)"
      " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (policy, number) DO UPDATE SET"
      " effective = excluded.effective, enforced = excluded.enforced, entry = excluded.entry");
  ASSENT_CHECK(run(version.bind(key, row.number, row.effective, row.enforced, row.entry)));
  ASSENT_CHECK(store_files(key, row));
  return key;
}

Status SqliteTransaction::store_files(std::int64_t policy, const VersionRow& row) {
  auto clear = database_.use("DELETE FROM version_file WHERE policy = ?1 AND number = ?2");
  ASSENT_CHECK(run(clear.bind(policy, row.number)));
  for (std::size_t i = 0; i < row.files.size(); ++i) {
    auto file = database_.use(
        "INSERT INTO version_file (policy, number, place, path, bytes)"
        " VALUES (?1, ?2, ?3, ?4, ?5)");
    const auto place = static_cast<std::int64_t>(i);
    ASSENT_CHECK(
        run(file.bind(policy, row.number, place, row.files[i].path, bytes_of(row.files[i].bytes))));
  }
  return {};
}

Result<std::int64_t> SqliteTransaction::store(const RetireRow& row) {
  ASSENT_TRY(const auto key, policy_key(row.school, row.policy));
  auto statement = database_.use("UPDATE policy SET retired = ?1 WHERE id = ?2");
  ASSENT_CHECK(run(statement.bind(row.at, key)));
  return 0;
}

Result<std::int64_t> SqliteTransaction::store(const DeviceRow& row) {
  auto statement = row.key == 0
                       ? database_.use(
                             "INSERT INTO device (ref, school, name, room, class, key, code_hash, "
                             "code_expires, revoked)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
                       : database_.use(
                             "UPDATE device SET ref = ?1, school = ?2, name = ?3, room = ?4, class "
                             "= ?5, key = ?6,"
                             " code_hash = ?7, code_expires = ?8, revoked = ?9 WHERE id = ?10");
  statement.bind(row.id.bytes, row.school, row.name, row.room, row.device_class, row.public_key,
                 row.code_hash, row.code_expires, row.revoked);
  if (row.key != 0) statement.bind_at(10, row.key);
  return run_for(row.key, statement);
}

Result<std::int64_t> SqliteTransaction::store(const TokenRow& row) {
  auto statement = database_.use(
      "INSERT INTO token (ref, person, scope, hash, expires, revoked, made_by)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (ref) DO UPDATE SET"
      " person = excluded.person, scope = excluded.scope, hash = excluded.hash,"
      " expires = excluded.expires, revoked = excluded.revoked, made_by = excluded.made_by");
  ASSENT_CHECK(run(statement.bind(row.id.bytes, row.person, row.scope, row.hash, row.expires,
                                  row.revoked, row.made_by)));
  return 0;
}

Result<std::int64_t> SqliteTransaction::store(const RoleGrantRow& row) {
  auto statement = database_.use(
      "INSERT INTO role_grant (ref, school, role, person, deputy_of, begins, until, why, state,"
      " asked_by, asked_with, asked, decided_by, decided, ended_by, ended)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
      " ON CONFLICT (ref) DO UPDATE SET state = excluded.state, decided_by = excluded.decided_by,"
      " decided = excluded.decided, ended_by = excluded.ended_by, ended = excluded.ended");
  const RoleGrant& grant = row.grant;
  ASSENT_CHECK(
      run(statement.bind(grant.id.bytes, row.school, grant.role, grant.person, grant.deputy_of,
                         grant.from, grant.until, grant.why, static_cast<std::uint8_t>(grant.state),
                         grant.asked_by, grant.asked_with, grant.asked, grant.decided_by,
                         grant.decided, grant.ended_by, grant.ended)));
  return 0;
}

Result<std::int64_t> SqliteTransaction::store(const ShownRow& row) {
  auto statement = database_.use(
      "INSERT INTO shown (hash, document) VALUES (?1, ?2) ON CONFLICT (hash) DO NOTHING");
  ASSENT_CHECK(run(statement.bind(row.hash, bytes_of(row.document))));
  return 0;
}

Status SqliteTransaction::add_school(const SchoolName& name) {
  // Not AUTOINCREMENT or a bare rowid: keys are 1, 2, 3 … without a gap.
  auto statement = database_.use(
      "INSERT INTO school (id, name) SELECT 1 + count(*), ?1 FROM school"
      " WHERE true ON CONFLICT (name) DO NOTHING");
  return run(statement.bind(name.value));
}

}  // namespace assent::store
