// What every store owes to guests: who they are, who has an account, and where they were online.

#include <random>

#include "service/app/account_holders.h"
#include "tests/contract/stores.h"

namespace assent::contract {
namespace {

class GuestsStore : public StoreTest {
 protected:
  GuestRow guest(unsigned number, GuestState state = GuestState::Requested,
                 const std::string& account = "") {
    GuestRow row;
    row.guest.id.bytes = filled<16>(number);
    row.guest.kind = "visitor";
    row.guest.name = "Ann Example " + std::to_string(number);
    row.guest.reason = "careers talk";
    row.guest.host = 7;
    row.guest.state = state;
    row.guest.account = account;
    row.guest.requested_at = at(number);
    row.guest.stay = hours{2};
    row.school = 1;
    return row;
  }
  GuestSessionRow stay(unsigned number, unsigned who) {
    GuestSessionRow row;
    row.id.bytes = filled<16>(number);
    row.guest.bytes = filled<16>(who);
    row.school = 1;
    row.device = "02-00-00-00-00-01";
    row.nas = "ap-hall";
    row.nas_session = "A1";
    row.started = row.seen = at(number);
    return row;
  }
  std::vector<unsigned> found(std::vector<GuestState> states = {}, PersonKey host = 0,
                              const std::string& text = "", std::size_t limit = 100) {
    const GuestQuery query{1, std::move(states), host, text, limit};
    std::vector<unsigned> out;
    for (const GuestRow& row : store_->guests.search(query).value())
      out.push_back(unsigned(row.guest.id.bytes[0]));
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(All, GuestsStore, kStores, name_of);

using Numbers = std::vector<unsigned>;

TEST_P(GuestsStore, KeepsEverythingOfAGuest) {
  GuestRow row = guest(1, GuestState::Ended, "v-maple-042");
  Guest& g = row.guest;
  g.ending = GuestEnding::Revoked;
  g.needs_approval = true;
  g.requested_by = 1;
  g.approved_by = 2;
  g.issued_by = 3;
  g.from = at(10);
  g.valid_from = at(11);
  g.until = at(12);
  g.first_login = at(13);
  g.ended_at = at(14);
  g.extended = hours{1};
  g.extensions = 2;
  g.devices = 3;
  g.visits = "Ms Ahmed";
  g.answer_by = at(15);
  g.longer = hours{2};
  g.longer_refused = true;
  row.asked_address = "10.1.0.7";
  row.asked_device = "02-00-00-00-00-21";
  row.person = 5;
  row.passphrase = filled<32>(8);
  row.voucher = filled<32>(9);
  put({row});
  reopen();
  EXPECT_EQ(store_->guests.one(g.id).value(), row);
  EXPECT_EQ(store_->guests.of_voucher(filled<32>(9)).value(), row);
  EXPECT_EQ(store_->guests.of_account(1, "v-maple-042").value(), row);
}

TEST_P(GuestsStore, KeepsTheWordsThatAGuestChoseUntilTheyEnd) {
  GuestRow row = guest(1, GuestState::Issued, "v-maple-042");
  row.words = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
  put({row, guest(2)});
  reopen();
  EXPECT_EQ(store_->guests.one(row.guest.id).value(), row);
  EXPECT_EQ(store_->guests.of_account(1, "v-maple-042").value(), row);
  EXPECT_EQ(store_->guests.search({1, {}, 0, "", 100}).value(), (std::vector{guest(2), row}));
  row.words = "another";
  put({row});
  EXPECT_EQ(store_->guests.one(row.guest.id)->words, "another");
  row.words.clear();
  put({row});
  reopen();
  EXPECT_EQ(store_->guests.one(row.guest.id).value(), row);
}

TEST_P(GuestsStore, KeepsWhatMschapv2NeedsUntilItEnds) {
  GuestRow row = guest(1, GuestState::Issued, "v-maple-042");
  row.passphrase = filled<32>(8);
  row.nt = Blob(56, std::byte{0});
  put({row, guest(2)});
  reopen();
  EXPECT_EQ(store_->guests.one(row.guest.id).value(), row);
  EXPECT_EQ(store_->guests.of_account(1, "v-maple-042").value(), row);
  EXPECT_EQ(store_->guests.search({1, {}, 0, "", 100}).value(), (std::vector{guest(2), row}));
  row.words = "another";
  row.nt.clear();
  put({row});
  reopen();
  EXPECT_EQ(store_->guests.one(row.guest.id).value(), row);
}

TEST_P(GuestsStore, ReplacesAGuestThatIsThere) {
  put({guest(1)});
  put({guest(1, GuestState::Issued, "v-a-001")});
  EXPECT_EQ(store_->guests.one(guest(1).guest.id)->guest.state, GuestState::Issued);
  EXPECT_EQ(found(), Numbers{1});
}

TEST_P(GuestsStore, FindsNobodyWhereThereIsNobody) {
  put({guest(1)});
  EXPECT_EQ(store_->guests.one(guest(2).guest.id).error().code, Code::NotFound);
  EXPECT_EQ(store_->guests.of_account(1, "").error().code, Code::NotFound);
  EXPECT_EQ(store_->guests.of_account(2, "v-a-001").error().code, Code::NotFound);
  EXPECT_EQ(store_->guests.of_voucher(filled<32>(1)).error().code, Code::NotFound);
}

TEST_P(GuestsStore, AnAccountIsWhoseItIsNowElseWhoseItWasLast) {
  GuestRow first = guest(1, GuestState::Ended, "supply01");
  first.guest.valid_from = at(100);
  GuestRow second = guest(2, GuestState::Ended, "supply01");
  second.guest.valid_from = at(200);
  put({second, first});
  EXPECT_EQ(store_->guests.of_account(1, "supply01").value(), second);
  first.guest.state = GuestState::Suspended;
  put({first});
  EXPECT_EQ(store_->guests.of_account(1, "supply01").value(), first);
}

// What is held in memory is what the store would say of whoever has an account.
TEST_P(GuestsStore, AgreesWithWhatIsHeldOfAccounts) {
  std::vector<School> schools(2);
  schools[0].key = 1;
  schools[1].key = 2;
  const auto held = AccountHolders::load(store_->guests, schools).value();
  const auto check = [&](const AccountHolders& said, const std::string& account) {
    auto kept = store_->guests.of_account(1, account);
    if (kept && kept->guest.state != GuestState::Issued &&
        kept->guest.state != GuestState::Suspended)
      kept = fail(Code::NotFound, "no more");
    const auto found = said.of(1, account);
    ASSERT_EQ(found != nullptr, bool(kept)) << account;
    if (found) {
      ASSERT_EQ(*found, *kept);
    }
  };
  std::mt19937 draw(7);
  for (unsigned i = 0; i < 300; ++i) {
    const auto number = unsigned(draw() % 6);
    GuestRow row = guest(number, GuestState(draw() % 5), "pool-" + std::to_string(number % 2));
    row.guest.valid_from = at(number + 10 * unsigned(draw() % 9));
    put({row});
    held->committed({{row, 0}});
    for (const char* account : {"pool-0", "pool-1"}) {
      check(*held, account);
      if (i % 30 == 0) check(*AccountHolders::load(store_->guests, schools).value(), account);
    }
  }
}

TEST_P(GuestsStore, TwoGuestsNeverHaveOneVoucher) {
  GuestRow first = guest(1), second = guest(2);
  first.voucher = second.voucher = filled<32>(9);
  put({first});
  EXPECT_EQ(refusal({second}), Code::Conflict);
  EXPECT_EQ(refusal({first}), std::nullopt);
}

TEST_P(GuestsStore, IsSearchedByStateHostAndPartOfAName) {
  GuestRow other = guest(3, GuestState::Issued, "v-birch-100");
  other.guest.host = 8;
  other.guest.name = "Łukasz Żak";
  GuestRow elsewhere = guest(4);
  elsewhere.school = 2;
  put({guest(1), guest(2, GuestState::Suspended), other, elsewhere});
  EXPECT_EQ(found(), (Numbers{3, 2, 1}));
  EXPECT_EQ(found({GuestState::Issued, GuestState::Suspended}), (Numbers{3, 2}));
  EXPECT_EQ(found({}, 8), Numbers{3});
  EXPECT_EQ(found({}, 0, "łukasz"), Numbers{3});
  EXPECT_EQ(found({}, 0, "v-birch-100"), Numbers{3});
  EXPECT_EQ(found({}, 0, "example", 1), Numbers{2});
}

TEST_P(GuestsStore, KeepsWhereAGuestWas) {
  GuestSessionRow row = stay(1, 1);
  put({guest(1), row, stay(2, 1), stay(3, 2)});
  row.address = "10.0.0.7";
  row.ended = at(50);
  row.cause = "revoked";
  put({row});
  reopen();
  EXPECT_EQ(store_->guest_sessions.one(row.id).value(), row);
  EXPECT_EQ(store_->guest_sessions.of(row.guest, 10).value(), (std::vector{stay(2, 1), row}));
  EXPECT_EQ(store_->guest_sessions.of(row.guest, 1).value(), (std::vector{stay(2, 1)}));
  EXPECT_EQ(store_->guest_sessions.open(1).value(), (std::vector{stay(3, 2), stay(2, 1)}));
  EXPECT_TRUE(store_->guest_sessions.open(2)->empty());
  EXPECT_EQ(store_->guest_sessions.one(stay(9, 1).id).error().code, Code::NotFound);
}

TEST_P(GuestsStore, NobodyIsAGuestOfASchoolThatThereIsNot) {
  GuestRow row = guest(1);
  row.school = 9;
  EXPECT_TRUE(refusal({row}));
  GuestSessionRow where = stay(1, 1);
  where.school = 9;
  EXPECT_TRUE(refusal({where}));
}

}  // namespace
}  // namespace assent::contract
