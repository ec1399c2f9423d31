// What only the SQLite store does: the file, its permissions, its schema, its settings.

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "service/store/journal.h"
#include "service/store/schema.h"

namespace assent::store {
namespace {

class SqliteFile : public testing::Test {
 protected:
  SqliteFile() {
    std::string name = std::filesystem::temp_directory_path() / "assent-file-XXXXXX";
    folder_ = mkdtemp(name.data());
    path_ = folder_ + "/store/assent.db";
  }
  ~SqliteFile() override { std::filesystem::remove_all(folder_); }

  static unsigned mode(const std::string& path) {
    struct stat found {};
    EXPECT_EQ(stat(path.c_str(), &found), 0) << path;
    return found.st_mode & 0777;
  }
  std::unique_ptr<Database> raw() { return Database::open(path_, Database::Use::Write).value(); }
  Code refusal() {
    auto store = open_store(path_);
    EXPECT_FALSE(store);
    return store ? Code::NotFound : store.error().code;
  }

  std::string folder_, path_;
};

TEST_F(SqliteFile, IsForItsOwnerAlone) {
  const auto store = open_store(path_).value();
  EXPECT_EQ(mode(folder_ + "/store"), 0700u);
  for (const char* part : {"", "-wal", "-shm"}) EXPECT_EQ(mode(path_ + part), 0600u) << part;
}

TEST_F(SqliteFile, IsRefusedWhenItIsOpenToOthers) {
  (void)open_store(path_).value();
  chmod(path_.c_str(), 0640);
  EXPECT_EQ(refusal(), Code::Denied);
  chmod(path_.c_str(), 0600);
  chmod((folder_ + "/store").c_str(), 0777);
  EXPECT_EQ(refusal(), Code::Denied);
}

TEST_F(SqliteFile, OfANewerProgramIsRefusedAndLeftAlone) {
  (void)open_store(path_).value();
  ASSERT_TRUE(raw()->script("PRAGMA user_version = 99"));
  const auto store = open_store(path_);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Code::Invalid);
  EXPECT_NE(store.error().message.find("newer"), std::string::npos);
  EXPECT_EQ(schema_version(*raw()).value(), 99);
}

const std::string kNoGrants = "DROP TABLE role_grant; ALTER TABLE token DROP COLUMN made_by; ";

// A file as the first version of the schema left it: what came later is taken away.
class OlderFile : public SqliteFile {
 protected:
  OlderFile() {
    {
      const auto store = open_store(path_).value();
      const std::vector<SchoolName> schools{{"kingsmead"}};
      EXPECT_TRUE(store->registers.ensure_schools(schools));
    }
    expected_ = tables();
    EXPECT_TRUE(
        raw()->script(kNoGrants +
                      "DROP TABLE guest_secret; DROP TABLE guest_session; DROP TABLE guest; DROP "
                      "TABLE level; DROP TABLE sweep; DROP INDEX person_school;"
                      "PRAGMA user_version = 1"));
  }
  std::string tables() {
    auto database = raw();
    auto query = database->use("SELECT sql FROM sqlite_schema WHERE sql <> '' ORDER BY name");
    std::string all;
    while (query.row().value()) all += query.text(0) + ";\n";
    return all;
  }
  std::string expected_;
};

TEST_F(OlderFile, IsBroughtUpToDateAndKeepsWhatItHolds) {
  {
    const auto store = open_store(path_).value();
    EXPECT_EQ(store->registers.load().value().schools.size(), 1u);
  }
  EXPECT_EQ(schema_version(*raw()).value(), kSchemaVersion);
  EXPECT_EQ(tables(), expected_);
}

TEST_F(OlderFile, OfTheSecondVersionKeepsItsLevels) {
  (void)open_store(path_).value();
  ASSERT_TRUE(raw()->script(
      kNoGrants +
      "DROP TABLE guest_secret; DROP TABLE guest_session; DROP TABLE guest; ALTER TABLE level DROP "
      "COLUMN night_level;"
      "PRAGMA foreign_keys = OFF; INSERT INTO level (person, school, level, why, decided, swept,"
      " change, applied_level, applied_change, applied) VALUES (7, 1, 'ks3', '', 1, 0, 1, 'ks3', 1,"
      " 2); PRAGMA user_version = 2"));
  const auto store = open_store(path_).value();
  const auto level = store->levels.of(7).value();
  EXPECT_EQ(level->applied_level, "ks3");
  EXPECT_EQ(level->night_level, "");
  EXPECT_EQ(schema_version(*raw()).value(), kSchemaVersion);
}

TEST_F(OlderFile, OfTheFourthVersionKeepsItsGuests) {
  GuestRow guest;
  guest.guest.kind = "visitor";
  guest.guest.name = "Ann Example";
  guest.school = 1;
  {
    const auto store = open_store(path_).value();
    EXPECT_EQ(store->journal.commit(
                  [&](Transaction& transaction) {
                    return transaction.put(guest) ? Status{} : fail(Code::Corrupt, "no guest");
                  },
                  nullptr),
              Commit::Committed);
  }
  for (const char* column :
       {"visits", "answer_by", "longer", "longer_refused", "asked_address", "asked_device"})
    ASSERT_TRUE(raw()->script("ALTER TABLE guest DROP COLUMN " + std::string(column)));
  ASSERT_TRUE(raw()->script(kNoGrants + "DROP TABLE guest_secret; PRAGMA user_version = 4"));
  const auto store = open_store(path_).value();
  EXPECT_EQ(store->guests.one(guest.guest.id).value(), guest);
  EXPECT_EQ(schema_version(*raw()).value(), kSchemaVersion);
}

TEST_F(OlderFile, StaysAsItWasWhenAStepFails) {
  ASSERT_TRUE(raw()->script("CREATE TABLE sweep (in_the_way)"));
  const auto before = tables();
  EXPECT_FALSE(open_store(path_));
  EXPECT_EQ(schema_version(*raw()).value(), 1);
  EXPECT_EQ(tables(), before);
}

TEST_F(SqliteFile, OfSomebodyElseIsRefused) {
  std::filesystem::create_directory(folder_ + "/store");
  chmod((folder_ + "/store").c_str(), 0700);
  std::ofstream(path_).close();
  chmod(path_.c_str(), 0600);
  ASSERT_TRUE(raw()->script("CREATE TABLE other (a)"));
  EXPECT_EQ(refusal(), Code::Invalid);
  std::ofstream(path_) << std::string(5'000, 'x');
  EXPECT_EQ(refusal(), Code::Corrupt);
}

TEST_F(SqliteFile, NeverChangesAnEntry) {
  (void)open_store(path_).value();
  auto database = raw();
  ASSERT_TRUE(database->script("INSERT INTO entry VALUES (0, zeroblob(33))"));
  EXPECT_FALSE(database->script("UPDATE entry SET commitment = zeroblob(33)"));
  EXPECT_FALSE(database->script("DELETE FROM entry"));
  EXPECT_FALSE(database->script("INSERT INTO entry VALUES (1, zeroblob(32))"));
  EXPECT_FALSE(database->script("INSERT INTO entry VALUES ('x', zeroblob(33))"));
}

TEST_F(SqliteFile, HasTheSettingsThatDurabilityAndErasureNeed) {
  (void)open_store(path_).value();
  auto writer = raw();
  ASSERT_TRUE(writer->prepare_to_write());
  const std::pair<const char*, std::int64_t> expected[] = {
      {"PRAGMA synchronous", 2},    {"PRAGMA secure_delete", 1},   {"PRAGMA foreign_keys", 1},
      {"PRAGMA trusted_schema", 0}, {"PRAGMA cell_size_check", 1}, {"PRAGMA mmap_size", 0},
      {"PRAGMA cache_size", -2048}};
  for (const auto& [pragma, value] : expected)
    EXPECT_EQ(writer->number(pragma).value(), value) << pragma;
  auto mode = writer->use("PRAGMA journal_mode");
  ASSERT_TRUE(mode.row().value());
  EXPECT_EQ(mode.text(0), "wal");
}

TEST_F(SqliteFile, AReaderCannotWrite) {
  const auto store = open_store(path_).value();
  auto reader = Database::open(path_, Database::Use::Read).value();
  const auto written = reader->script("INSERT INTO school (name) VALUES ('x')");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Code::Unavailable);
}

TEST_F(SqliteFile, AnEditedPersonIsCorrupt) {
  const auto store = open_store(path_).value();
  const std::vector<SchoolName> schools{{"kingsmead"}};
  ASSERT_TRUE(store->registers.ensure_schools(schools));
  ASSERT_TRUE(
      raw()->script("INSERT INTO person (ref, school, login, name, form, profile, state,"
                    " seen, home) VALUES (zeroblob(16), 1, 'ann', '', '', 0, 77, 0, '')"));
  EXPECT_EQ(store->standings.find(1, "ann").error().code, Code::Corrupt);
}

// What is erased leaves no residue in the file.
TEST_F(SqliteFile, OverwritesWhatIsErased) {
  {
    const auto store = open_store(path_).value();
    auto database = raw();
    ASSERT_TRUE(database->prepare_to_write());
    ASSERT_TRUE(
        database->script("INSERT INTO shown VALUES (zeroblob(32),"
                         " CAST('residue-marker-residue' AS BLOB))"));
    ASSERT_TRUE(database->script("DELETE FROM shown; PRAGMA wal_checkpoint(TRUNCATE)"));
  }
  std::ifstream file(path_, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  EXPECT_GT(bytes.size(), 10'000u);
  EXPECT_EQ(bytes.find("residue-marker"), std::string::npos);
}

}  // namespace
}  // namespace assent::store
