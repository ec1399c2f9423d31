// Tokens of signed-in persons: given, listed and ended, each with a record.

#include "service/app/tokens.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using support::GateDesk;

struct TokensTest : testing::Test {
  TokensTest()
      : tokens({*desk.registry, desk.store.people, *desk.writer, desk.access_key, desk.clock,
                desk.random}),
        ann(desk.student("ann")) {
    ann = desk.store.people.person(desk.facts("ann").person).value();
  }
  Result<IssuedToken> issue(const PersonRow& person, const std::string& scope = "report:read",
                            days life = kTokenLife) {
    return GateDesk::wait<IssuedToken>([&](auto then) {
      tokens.issue(desk.ict, desk.school(), person, {scope, life}, then);
    });
  }
  Result<Tokens::Held> revoke(const std::string& id, SchoolKey in = 1) {
    return GateDesk::wait<Tokens::Held>(
        [&](auto then) { tokens.revoke(desk.ict, desk.school(in), id, then); });
  }
  Value newest_record() {
    return parse_json(desk.store.ledger.record(desk.records() - 1).value().body).value();
  }

  GateDesk desk;
  Tokens tokens;
  PersonRow ann;
};

TEST_F(TokensTest, ATokenIsGoodUntilItIsRevokedAndNotAMomentLonger) {
  const IssuedToken made = issue(ann).value();
  const Actor actor = desk.access.actor(made.bearer).value();
  EXPECT_EQ(actor.person.login, "ann");
  EXPECT_EQ(actor.scope, "report:read");
  const std::string id = to_text(made.row.id);
  EXPECT_TRUE(tokens.to_revoke(desk.school(), id));
  EXPECT_TRUE(desk.access.actor(made.bearer));  // that was a dry run
  EXPECT_EQ(revoke(id).value().token.revoked, desk.clock.time);
  EXPECT_EQ(desk.access.actor(made.bearer).error().code, Code::Denied);
  EXPECT_EQ(revoke(id).error().code, Code::Conflict);
}

TEST_F(TokensTest, ATokenLivesAsLongAsWasSaid) {
  const IssuedToken made = issue(ann, "admin", days{2}).value();
  desk.clock.time += days{2} - milliseconds{1};
  EXPECT_TRUE(desk.access.actor(made.bearer));
  EXPECT_TRUE(tokens.list(desk.school()).value().at(0).live);
  desk.clock.time += milliseconds{1};
  EXPECT_FALSE(desk.access.actor(made.bearer));
  EXPECT_FALSE(tokens.list(desk.school()).value().at(0).live);
}

TEST_F(TokensTest, EachStepIsARecordOfWhoDidItToWhom) {
  const IssuedToken made = issue(ann).value();
  bool made_end = false;
  for (const char* what : {"new", "revoke"}) {
    const Value record = newest_record();
    EXPECT_EQ(*record.find("type")->text(), "admin.token");
    EXPECT_EQ(*record.find("what")->text(), what);
    EXPECT_EQ(*record.find("token")->text(), to_text(made.row.id));
    EXPECT_EQ(*record.find("scope")->text(), "report:read");
    EXPECT_EQ(*record.find("subject")->find("login")->text(), "ann");
    EXPECT_EQ(*record.find("by")->find("login")->text(), "ict");
    EXPECT_EQ(to_json(record).find(made.bearer.substr(made.bearer.rfind('_'))), std::string::npos);
    if (!made_end) made_end = bool(revoke(to_text(made.row.id)));
  }
}

TEST_F(TokensTest, ASchoolHasItsOwnAlone) {
  const std::string id = to_text(issue(ann).value().row.id);
  EXPECT_EQ(tokens.list(desk.school()).value().size(), 1u);
  EXPECT_TRUE(tokens.list(desk.school(2)).value().empty());
  EXPECT_EQ(revoke(id, 2).error().code, Code::NotFound);
  for (const char* none : {"", "x", "t_", "t_aaaaaaaaaaaaaaaaaaaaaaaaaa"})
    EXPECT_EQ(revoke(none).error().code, Code::NotFound) << none;
}

TEST_F(TokensTest, ATokenBelongsToOnePersonWhoIsHere) {
  PersonRow shared = desk.person("y1class", {{"kind", "shared"}, {"role", "student"}});
  PersonRow gone = ann;
  gone.state = PersonState::Left;
  const auto before = desk.records();
  EXPECT_EQ(issue(shared).error().code, Code::Denied);
  EXPECT_EQ(tokens.may_have(desk.school(), shared).error().code, Code::Denied);
  EXPECT_EQ(issue(gone).error().code, Code::Conflict);
  EXPECT_EQ(tokens.may_have(desk.school(), gone).error().code, Code::Conflict);
  EXPECT_TRUE(tokens.may_have(desk.school(), ann));
  EXPECT_EQ(desk.records(), before);
}

}  // namespace
}  // namespace assent
