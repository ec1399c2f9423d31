// Linking and parting: each undoes the other, both are in the log, and no signature changes hands.
#include "service/app/identities.h"

#include <gtest/gtest.h>

#include "tests/support/roster_desk.h"

namespace assent {
namespace {

// Amira was read once, signed, and left; the school then made her account again.
struct IdentityLinks : testing::Test {
  support::MemoryStore store;
  support::Desk desk{store};
  PersonKey old_one = 0, new_one = 0;

  const std::string head = "mis_id,login,name,role,form\n";
  const std::string before = head + "1,amira,Amira,student,7A\n";
  const std::string after = head + "2,akhan,Amira Khan,student,8B\n";
  IdentityLinks() {
    EXPECT_TRUE(desk.apply(desk.upload(before)));
    old_one = desk.with_id("1")->key;
    change([&](support::MemoryState& state) { state.standings[{old_one, 1}].version = 3; });
    EXPECT_TRUE(desk.apply(desk.upload(after), 1));
    new_one = desk.with_id("2")->key;
  }

  void change(const std::function<void(support::MemoryState&)>& how) {
    auto state = std::make_shared<support::MemoryState>(*store.disk()->read());
    how(*state);
    store.disk()->write(state);
  }
  PersonRow row(PersonKey key) { return store.people.person(key).value(); }
  // Who is let in or asked under this login now; 0: nobody.
  PersonKey behind(const std::string& login) {
    const auto facts = store.standings.find(1, login);
    return facts && facts->state == PersonState::Active ? facts->person : 0;
  }
  std::vector<IdentityRow> ids() { return store.people.identities(1, std::nullopt).value(); }
  std::string body(std::uint64_t index) { return store.ledger.record(index).value().body; }
};

TEST_F(IdentityLinks, AReMadeAccountBecomesTheOldPerson) {
  const PersonRow kept = desk.link(new_one, old_one).value();
  EXPECT_EQ(kept.key, old_one);
  EXPECT_EQ(kept.login, "akhan");
  EXPECT_EQ(behind("akhan"), old_one);
  EXPECT_EQ(desk.with_id("1")->key, old_one);
  EXPECT_EQ(desk.with_id("2")->key, old_one);
  EXPECT_EQ(row(new_one).state, PersonState::Left);
  const ImportReport next = desk.apply(desk.upload(after)).value();
  EXPECT_EQ(next.unchanged, 1u);
  EXPECT_EQ(next.joins + next.leavers, 0u);
}

TEST_F(IdentityLinks, TwoAccountsAreNotLinked) {
  ASSERT_TRUE(desk.apply(desk.upload(before + "2,akhan,Amira Khan,student,8B\n")));
  const auto rows = store.disk()->read()->people;
  const auto records = desk.records();
  for (const auto& [from, to] : {std::pair(new_one, old_one), std::pair(old_one, new_one)}) {
    const auto refused = desk.link(from, to);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::Conflict);
    EXPECT_NE(refused.error().message.find("make one of them leave"), std::string::npos);
  }
  EXPECT_EQ(store.disk()->read()->people, rows);
  EXPECT_EQ(desk.records(), records);
  EXPECT_EQ(behind("amira"), old_one);
  EXPECT_EQ(behind("akhan"), new_one);
}

TEST_F(IdentityLinks, PartingGivesEverythingBackAtOnce) {
  const auto people = store.disk()->read()->people;
  const auto named = ids();
  ASSERT_TRUE(desk.link(new_one, old_one));
  const Parting parting = desk.part("2").value();
  EXPECT_EQ(parting.from, people.at(old_one));
  EXPECT_EQ(parting.to, people.at(new_one));
  EXPECT_EQ(store.disk()->read()->people, people);
  EXPECT_EQ(ids(), named);
  EXPECT_EQ(behind("akhan"), new_one) << "and owes what she has not signed herself";
  EXPECT_TRUE(store.standings.find(1, "akhan")->standings.empty());
  EXPECT_EQ(behind("amira"), 0);
  EXPECT_EQ(desk.apply(desk.upload(after)).value().unchanged, 1u);
}

TEST_F(IdentityLinks, WhatMovedNoAccountTakesNoneBack) {
  const auto people = store.disk()->read()->people;
  ASSERT_TRUE(desk.link(old_one, new_one));
  EXPECT_EQ(behind("akhan"), new_one);
  EXPECT_EQ(store.disk()->read()->people, people);
  ASSERT_TRUE(desk.part("1"));
  EXPECT_EQ(behind("akhan"), new_one);
  EXPECT_EQ(desk.with_id("1")->key, old_one);
}

TEST_F(IdentityLinks, OnePartingUndoesTheWholeLink) {
  change([&](support::MemoryState& state) {
    ASSERT_TRUE(state.put(IdentityRow{"upn", "U2", new_one, 1}));
  });
  const auto named = ids();
  ASSERT_TRUE(desk.link(new_one, old_one));
  EXPECT_EQ(desk.part("2").value().ids.size(), 2u);
  EXPECT_EQ(ids(), named);
}

TEST_F(IdentityLinks, TheAccountGoesBackAsTheRosterHasKeptIt) {
  const PersonRow old_before = row(old_one);
  ASSERT_TRUE(desk.link(new_one, old_one));
  ASSERT_TRUE(desk.apply(desk.upload(head + "2,akhan,Amira Khan,student,9C\n")));
  ASSERT_TRUE(desk.part("2"));
  EXPECT_EQ(row(new_one).form, "9C");
  EXPECT_EQ(row(old_one), old_before);
  EXPECT_EQ(behind("akhan"), new_one);
}

TEST_F(IdentityLinks, AnAccountThatIsNotTheLinksIsGivenToNobody) {
  ASSERT_TRUE(desk.link(new_one, old_one));
  ASSERT_TRUE(desk.apply(desk.upload(head + "1,amira,Amira,student,8B\n")));
  const auto people = store.disk()->read()->people;
  EXPECT_EQ(desk.part("2").error().code, Code::Conflict);
  EXPECT_EQ(store.disk()->read()->people, people);
  // As the refusal says: leave, part, and come back.
  ASSERT_TRUE(desk.apply(desk.upload(head + "9,zoe,Zoe,student,7A\n"), 1));
  ASSERT_TRUE(desk.part("2"));
  EXPECT_EQ(behind("amira"), 0);
  ASSERT_TRUE(desk.apply(desk.upload(before + "2,akhan,Amira Khan,student,8B\n"), 1));
  EXPECT_EQ(behind("amira"), old_one);
  EXPECT_EQ(behind("akhan"), new_one);
}

TEST_F(IdentityLinks, ALoginThatIsUsedAgainIsNotTakenBackA27) {
  ASSERT_TRUE(desk.link(new_one, old_one));
  ASSERT_TRUE(desk.apply(desk.upload(after + "3,amira,Amira Shah,student,7A\n")));
  ASSERT_TRUE(desk.part("2"));
  EXPECT_EQ(behind("amira"), desk.with_id("3")->key);
  EXPECT_EQ(row(old_one).login, "");
  EXPECT_EQ(behind("akhan"), new_one);
}

TEST_F(IdentityLinks, ALinkIsUndoneOnce) {
  ASSERT_TRUE(desk.link(new_one, old_one));
  ASSERT_TRUE(desk.part("2"));
  change([&](support::MemoryState& state) {  // a row of the roster names both
    ASSERT_TRUE(state.put(IdentityRow{"mis_id", "2", old_one, 1}));
  });
  EXPECT_FALSE(desk.part("2").value().to);
}

TEST_F(IdentityLinks, AnIdThatNoLinkBroughtIsPartedToNobody) {
  change([&](support::MemoryState& state) {
    ASSERT_TRUE(state.put(IdentityRow{"upn", "U2", new_one, 1}));
  });
  const Parting first = desk.part("2").value();
  EXPECT_EQ(first.from.key, new_one);
  EXPECT_FALSE(first.to);
  EXPECT_FALSE(desk.with_id("2"));
  EXPECT_EQ(behind("akhan"), new_one) << "another id is theirs";
  change([&](support::MemoryState& state) {
    ASSERT_TRUE(state.put(IdentityRow{"mis_id", "2", new_one, 1}));
    ASSERT_TRUE(state.put(IdentityRow{"upn", "U2", 0, 1}));
  });
  ASSERT_TRUE(desk.part("2"));
  EXPECT_EQ(behind("akhan"), 0) << "nothing names them: the account may be anybody's";
  ASSERT_TRUE(desk.apply(desk.upload(after)));
  EXPECT_NE(behind("akhan"), 0);
  EXPECT_NE(behind("akhan"), new_one);
  ASSERT_TRUE(desk.link(behind("akhan"), new_one)) << "which a link undoes";
  EXPECT_EQ(behind("akhan"), new_one);
}

TEST_F(IdentityLinks, ADryRunSaysWhatPartingWouldDo) {
  ASSERT_TRUE(desk.link(new_one, old_one));
  const auto records = desk.records();
  const Parting planned = desk.identities.to_part(1, "mis_id", "2").value();
  EXPECT_EQ(planned.from.key, old_one);
  EXPECT_EQ(planned.to->key, new_one);
  EXPECT_EQ(desk.identities.to_part(1, "mis_id", "77").error().code, Code::NotFound);
  EXPECT_EQ(desk.records(), records);
  EXPECT_EQ(desk.with_id("2")->key, old_one);
}

TEST_F(IdentityLinks, BothAreInTheLogWithWhoAndWhy) {
  const auto first = desk.records();
  ASSERT_TRUE(desk.link(new_one, old_one, "re-made account"));
  ASSERT_TRUE(desk.part("2", "was her sister"));
  ASSERT_TRUE(desk.part("2", "and not of this school"));
  const StoredRecord link = store.ledger.record(first).value();
  EXPECT_EQ(link.type, "person.link");
  EXPECT_EQ(link.person, old_one);
  for (const char* text : {"re-made account", "\"ids\":[[\"mis_id\",\"2\"]]", "\"login\":\"ict\"",
                           "\"from_had\":{\"form\":\"8B\"", "\"to_had\":{\"form\":\"7A\""})
    EXPECT_NE(link.body.find(text), std::string::npos) << link.body;
  EXPECT_EQ(store.ledger.record(first + 1)->type, "person.part");
  EXPECT_NE(body(first + 1).find("was her sister"), std::string::npos);
  EXPECT_NE(body(first + 1).find("\"to\":\"" + to_text(row(new_one).id)), std::string::npos);
  EXPECT_EQ(body(first + 2).find("\"to\""), std::string::npos) << "left out, never null";
}

TEST_F(IdentityLinks, RefusesWhatIsNoLinkAndLogsNothing) {
  EXPECT_EQ(desk.link(old_one, old_one).error().code, Code::Invalid);
  EXPECT_EQ(desk.link(new_one, old_one, "").error().code, Code::Invalid);
  EXPECT_EQ(desk.link(new_one, 999).error().code, Code::NotFound);
  EXPECT_EQ(desk.part("77").error().code, Code::NotFound);
  ASSERT_TRUE(desk.apply(desk.upload(head + "9,x,X,student,7A\n", 2), {}, 2));
  EXPECT_EQ(desk.link(new_one, desk.with_id("9", 2)->key).error().code, Code::Invalid);
  ASSERT_TRUE(desk.link(new_one, old_one));
  EXPECT_EQ(desk.link(new_one, old_one).error().code, Code::Conflict);
  EXPECT_EQ(desk.records(), 4u);
}

}  // namespace
}  // namespace assent
