// What every store owes the roster and the gate: people, standings, external ids, searching.

#include "tests/contract/stores.h"

namespace assent::contract {
namespace {

class PeopleStore : public StoreTest {
 protected:
  std::vector<PersonKey> found(const std::string& text, SchoolKey school = 1) {
    std::vector<PersonKey> keys;
    auto people = store_->people.search({school, text, 20});
    EXPECT_TRUE(people) << text;
    if (people)
      for (const auto& row : *people) keys.push_back(row.key);
    return keys;
  }
};
INSTANTIATE_TEST_SUITE_P(All, PeopleStore, kStores, name_of);

using Keys = std::vector<PersonKey>;

Standing standing(PolicyKey policy, std::uint32_t version) {
  return {policy, version, Style::Ks2, Act::Agree, at(version), 40 + version, version + 1, 2};
}

TEST_P(PeopleStore, FindsThePersonsFactsByLoginWithinTheSchool) {
  const auto ann = put({person(1, "ann")});
  put({person(2, "ann", "Ann Other", "8A", 2)});
  put({StandingRow{ann, standing(2, 7), 1, "ann"}, StandingRow{ann, standing(1, 3), 1, "ann"}});
  reopen();
  const Facts expected{ann, 1, 3, PersonState::Active, {standing(1, 3), standing(2, 7)}};
  EXPECT_EQ(store_->standings.find(1, "ann").value(), expected);
  EXPECT_TRUE(store_->standings.find(2, "ann").value().standings.empty());
  EXPECT_EQ(store_->standings.find(1, "bob").error().code, Code::NotFound);
  EXPECT_EQ(store_->standings.find(3, "ann").error().code, Code::NotFound);
}

TEST_P(PeopleStore, ReplacesAStanding) {
  const auto ann = put({person(1, "ann")});
  put({StandingRow{ann, standing(1, 3), 1, "ann"}});
  put({StandingRow{ann, standing(1, 4), 1, "ann"}});
  EXPECT_EQ(store_->standings.find(1, "ann").value().standings, std::vector{standing(1, 4)});
}

TEST_P(PeopleStore, SeesItsOwnChangesInsideATransaction) {
  const auto refused = outcome([&](Transaction& transaction) -> Status {
    ASSENT_TRY(const auto key, transaction.put(person(1, "ann")));
    ASSENT_CHECK(transaction.put(StandingRow{key, standing(1, 3), 1, "ann"}));
    ASSENT_TRY(const auto facts, transaction.facts(key));
    EXPECT_EQ(facts.standings, std::vector{standing(1, 3)});
    EXPECT_EQ(transaction.facts(key + 1).error().code, Code::NotFound);
    return {};
  });
  EXPECT_EQ(refused, std::nullopt);
}

TEST_P(PeopleStore, KeepsAPersonExactly) {
  for (const std::string text : {"O'Brien \"Bob\"", "Si\xC3\xB4n Ll\xC5\xB5yd \xF0\x9F\x8E\x93",
                                 "'; DROP TABLE person;--", "50% _wild\\card"}) {
    auto row = person(1, "ann", text, text);
    row.home = text;
    row.state = PersonState::Left;
    reopen();
    row.key = put({row});
    EXPECT_EQ(store_->people.person(row.key).value(), row);
    row.id.bytes = filled<16>(99);  // out of the way of the next
    row.login = "";
    put({row});
    EXPECT_EQ(store_->people.person(row.key).value(), row);
    row.id.bytes = filled<16>(100 + static_cast<unsigned>(row.key));
    put({row});
  }
}

TEST_P(PeopleStore, ALoginIsOnePersonsWithinASchoolUntilItHasGone) {
  auto ann = person(1, "ann");
  ann.key = put({ann});
  EXPECT_EQ(refusal({person(2, "ann")}), Code::Conflict);
  EXPECT_EQ(refusal({person(1, "other")}), Code::Conflict);  // the same id
  ann.login = "";
  put({ann});
  const auto heir = put({person(2, "ann")});
  EXPECT_EQ(store_->standings.find(1, "ann").value().person, heir);
  put({person(3, "")});  // any number of people without one
  EXPECT_EQ(store_->standings.find(1, "").error().code, Code::NotFound);
}

TEST_P(PeopleStore, RefusesRowsThatPointNowhere) {
  auto unknown = person(1, "ann");
  unknown.key = 44;
  EXPECT_EQ(refusal({unknown}), Code::NotFound);
  EXPECT_EQ(refusal({person(1, "ann", "Ann", "9B", 9)}), Code::Invalid);
  EXPECT_EQ(refusal({StandingRow{44, standing(1, 1), 1, "ann"}}), Code::Invalid);
  EXPECT_EQ(refusal({IdentityRow{"mis", "1", 44, 1}}), Code::Invalid);
}

TEST_P(PeopleStore, LinksMovesAndPartsExternalIds) {
  const auto ann = put({person(1, "ann")});
  const auto bob = put({person(2, "bob")});
  put({IdentityRow{"mis", "4711", ann, 1}, IdentityRow{"entra", "a-b", ann, 1}});
  EXPECT_EQ(store_->people.identities(1, ann).value(),
            (std::vector<IdentityRow>{{"entra", "a-b", ann, 1}, {"mis", "4711", ann, 1}}));
  put({IdentityRow{"mis", "4711", bob, 1}});
  EXPECT_EQ(store_->people.identities(1, bob).value(),
            (std::vector<IdentityRow>{{"mis", "4711", bob, 1}}));
  put({IdentityRow{"mis", "4711", 0, 1}});
  put({IdentityRow{"mis", "never there", 0, 1}});
  EXPECT_EQ(store_->people.identities(1, std::nullopt).value(),
            (std::vector<IdentityRow>{{"entra", "a-b", ann, 1}}));
  EXPECT_TRUE(store_->people.identities(2, std::nullopt).value().empty());
}

TEST_P(PeopleStore, TheSameExternalIdInTwoSchoolsIsTwoPeoples) {
  const auto here = put({person(1, "ann")});
  const auto there = put({person(2, "ann", "Ann", "9B", 2)});
  put({IdentityRow{"mis", "1", here, 1}, IdentityRow{"mis", "1", there, 2}});
  EXPECT_EQ(found("1", 1), Keys{here});
  EXPECT_EQ(found("1", 2), Keys{there});
}

TEST_P(PeopleStore, SearchesByLoginExternalIdAndPersonId) {
  const auto ann = put({person(1, "ann", "Ann Jones")});
  const auto bob = put({person(2, "bjones", "Bob Jones")});
  put({IdentityRow{"mis", "47-11", ann, 1}});
  EXPECT_EQ(found("ann"), Keys{ann});
  EXPECT_EQ(found(" BJones "), Keys{bob});
  EXPECT_EQ(found("47-11"), Keys{ann});
  EXPECT_EQ(found(to_text(person(2, "").id)), Keys{bob});
  EXPECT_EQ(found("ann", 2), Keys{});
}

TEST_P(PeopleStore, SearchesByPartOfANameAndForm) {
  const auto ann = put({person(1, "a1", "Ann Jones", "9B")});
  const auto bob = put({person(2, "b2", "Bob Jones", "8A")});
  const auto sion = put({person(3, "s3", "Si\xC3\xB4n Ll\xC5\xB5yd", "8A")});
  EXPECT_EQ(found("jones"), (Keys{ann, bob}));
  EXPECT_EQ(found("jones 8a"), Keys{bob});
  EXPECT_EQ(found("JONES 7C"), Keys{});
  EXPECT_EQ(found("SI\xC3\x94N"), Keys{sion});
  EXPECT_EQ(found("%"), Keys{});
  EXPECT_EQ(found("'; DROP TABLE person;--"), Keys{});
  EXPECT_EQ(store_->people.search({1, "jones", 1}).value().size(), 1u);
}

TEST_P(PeopleStore, ANameIsLookedThroughOnlyWhenNobodyIsNamedExactly) {
  const auto ann = put({person(1, "ann", "Zoe Smith")});
  put({person(2, "j2", "Joanna Jones")});
  EXPECT_EQ(found("ann"), Keys{ann});
}

TEST_P(PeopleStore, RefusesASearchForNothing) {
  EXPECT_EQ(store_->people.search({1, "  ", 20}).error().code, Code::Invalid);
  EXPECT_EQ(store_->people.search({1, "a\nb", 20}).error().code, Code::Invalid);
  EXPECT_EQ(store_->people.search({1, std::string(300, 'a'), 20}).error().code, Code::Invalid);
}

TEST_P(PeopleStore, WalksASchoolInOrderAndStopsWhenTold) {
  const auto ann = put({person(1, "ann")});
  put({person(2, "carol", "Carol", "9B", 2)});
  const auto bob = put({person(3, "bob")});
  put({StandingRow{bob, standing(1, 3), 1, "bob"}, StandingRow{bob, standing(2, 4), 1, "bob"}});
  Keys seen;
  ASSERT_TRUE(store_->people.each(1, [&](const PersonRow& row, const std::vector<Standing>& has) {
    seen.push_back(row.key);
    EXPECT_EQ(has.size(), row.key == bob ? 2u : 0u);
    // A reader inside a reader: neither waits for the other.
    EXPECT_TRUE(store_->people.person(row.key));
    return true;
  }));
  EXPECT_EQ(seen, (Keys{ann, bob}));
  int calls = 0;
  ASSERT_TRUE(store_->people.each(1, [&](const auto&, const auto&) { return ++calls, false; }));
  EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace assent::contract
