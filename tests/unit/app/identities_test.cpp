// Linking and parting: each undoes the other, both are in the log, and no signature changes hands.
#include "service/app/identities.h"

#include <gtest/gtest.h>

#include "tests/support/roster_desk.h"

namespace assent {
namespace {

struct IdentityLinks : testing::Test {
  support::MemoryStore store;
  support::Desk desk{store};
  PersonKey old_one = 0, new_one = 0;

  const std::string head = "mis_id,login,name,role\n";
  const std::string file = head + "1,amira,Amira,student\n2,akhan,Amira Khan,student\n";
  IdentityLinks() {
    EXPECT_TRUE(desk.apply(desk.upload(file)));
    old_one = desk.with_id("1")->key;
    new_one = desk.with_id("2")->key;
  }
};

TEST_F(IdentityLinks, AReMadeAccountBecomesTheOldPerson) {
  const PersonRow kept = desk.link(new_one, old_one).value();
  EXPECT_EQ(kept.key, old_one);
  EXPECT_EQ(kept.login, "akhan");
  EXPECT_EQ(desk.with_id("1")->key, old_one);
  EXPECT_EQ(desk.with_id("2")->key, old_one);
  EXPECT_EQ(store.people.person(new_one)->state, PersonState::Left);
  const ImportReport next = desk.apply(desk.upload(head + "2,akhan,Amira Khan,student\n")).value();
  EXPECT_EQ(next.unchanged, 1u);
  EXPECT_EQ(next.joins + next.leavers, 0u);
}

TEST_F(IdentityLinks, PartingGivesTheIdBackToWhoHadIt) {
  ASSERT_TRUE(desk.link(new_one, old_one));
  ASSERT_TRUE(desk.part("2"));
  EXPECT_EQ(desk.with_id("2")->key, new_one);
  EXPECT_EQ(desk.with_id("1")->key, old_one);
  ASSERT_TRUE(desk.apply(desk.upload(file))) << "and the next roster sets both right";
  EXPECT_EQ(store.people.person(new_one)->login, "akhan");
  EXPECT_EQ(store.people.person(new_one)->state, PersonState::Active);
  EXPECT_EQ(store.people.person(old_one)->login, "amira");
}

TEST_F(IdentityLinks, AnIdThatNoLinkBroughtIsPartedToNobody) {
  EXPECT_EQ(desk.part("1").value().key, old_one);
  EXPECT_FALSE(desk.with_id("1"));
}

TEST_F(IdentityLinks, BothAreInTheLogWithWhoAndWhy) {
  ASSERT_TRUE(desk.link(new_one, old_one, "re-made account"));
  ASSERT_TRUE(desk.part("2", "was her sister"));
  const StoredRecord link = store.ledger.record(1).value(), part = store.ledger.record(2).value();
  EXPECT_EQ(link.type, "person.link");
  EXPECT_EQ(link.person, old_one);
  for (const char* text : {"re-made account", "\"ids\":[[\"mis_id\",\"2\"]]", "\"login\":\"ict\""})
    EXPECT_NE(link.body.find(text), std::string::npos) << link.body;
  EXPECT_EQ(part.type, "person.part");
  EXPECT_NE(part.body.find("was her sister"), std::string::npos);
}

TEST_F(IdentityLinks, NobodysSignatureChangesHandsA27) {
  auto state = std::make_shared<support::MemoryState>(*store.disk()->read());
  state->standings[{new_one, 1}].version = 3;
  store.disk()->write(state);
  ASSERT_TRUE(desk.link(new_one, old_one));
  EXPECT_TRUE(store.standings.find(1, "akhan")->standings.empty());
  EXPECT_EQ(store.disk()->read()->standings_of(new_one).size(), 1u);
}

TEST_F(IdentityLinks, RefusesWhatIsNoLinkAndLogsNothing) {
  EXPECT_EQ(desk.link(old_one, old_one).error().code, Code::Invalid);
  EXPECT_EQ(desk.link(new_one, old_one, "").error().code, Code::Invalid);
  EXPECT_EQ(desk.link(new_one, 999).error().code, Code::NotFound);
  EXPECT_EQ(desk.part("77").error().code, Code::NotFound);
  ASSERT_TRUE(desk.apply(desk.upload(head + "9,x,X,student\n", 2), {}, 2));
  EXPECT_EQ(desk.link(new_one, desk.with_id("9", 2)->key).error().code, Code::Invalid);
  ASSERT_TRUE(desk.link(new_one, old_one));
  EXPECT_EQ(desk.link(new_one, old_one).error().code, Code::Conflict);
  EXPECT_EQ(desk.records(), 3u);
}

}  // namespace
}  // namespace assent
