// Sealed statements: tickets, sessions and challenges are believed only as they were given out.

#include "service/app/ticket.h"

#include <gtest/gtest.h>

#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using support::secret;

Ticket ticket() {
  Ticket out;
  out.nonce.fill(std::byte{0xA5});
  out.person = 4'000'000'000;
  out.school = 7;
  out.device = 12;
  out.style = Style::Ks2;
  out.language = "cy-GB";
  out.full = true;
  out.shown.fill(std::byte{0x5A});
  out.issued = Time{days{20'000}};
  out.expires = out.issued + kTicketLife;
  out.parts = {{1, 0, 3, Mode::Agree, false}, {2, 1, 4, Mode::Acknowledge, true}};
  return out;
}

TEST(Ticket, ComesBackAsItWasSealed) {
  const SecretKey key = secret(1);
  EXPECT_EQ(open_ticket(key, seal_ticket(key, ticket())).value(), ticket());
  Ticket most = ticket();
  most.parts.assign(16, {65'535, 1'000'000, 1'000'000, Mode::Agree, true});
  const std::string sealed = seal_ticket(key, most);
  EXPECT_EQ(open_ticket(key, sealed).value(), most);
  EXPECT_LE(sealed.size(), 2048u);  // wire::Limits::kTicket
  Ticket bare = ticket();
  bare.parts.clear();
  bare.language.clear();
  EXPECT_EQ(open_ticket(key, seal_ticket(key, bare)).value(), bare);
}

TEST(Ticket, ATamperedTicketIsRefusedAtEveryByte) {
  const SecretKey key = secret(1);
  const Blob whole = from_base64url(seal_ticket(key, ticket())).value();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    Blob bad = whole;
    bad[i] ^= std::byte{1};
    EXPECT_EQ(open_ticket(key, to_base64url(bad)).error().code, Code::Denied) << i;
  }
  for (const std::size_t length : {std::size_t{0}, std::size_t{31}, whole.size() - 1}) {
    const Bytes cut = Bytes(whole).first(length);
    EXPECT_EQ(open_ticket(key, to_base64url(cut)).error().code, Code::Denied) << length;
  }
}

TEST(Ticket, AnotherSpellingOrKeyIsRefused) {
  const SecretKey key = secret(1);
  const std::string sealed = seal_ticket(key, ticket());
  for (const std::string& wrong : {std::string(), std::string("?"), sealed + "A", sealed + "=",
                                   " " + sealed, to_base64(bytes_of(sealed))})
    EXPECT_EQ(open_ticket(key, wrong).error().code, Code::Denied) << wrong;
  EXPECT_EQ(open_ticket(secret(2), sealed).error().code, Code::Denied);
}

TEST(Sealed, TypesAreKeptApart) {
  const SecretKey key = secret(1);
  const std::string session = seal(key, "assent/session/v1", "content");
  EXPECT_EQ(unseal(key, "assent/session/v1", session).value(), "content");
  EXPECT_EQ(unseal(key, "assent/challenge/v1", session).error().code, Code::Denied);
  EXPECT_EQ(open_ticket(key, session).error().code, Code::Denied);
  // The end of the type is sealed too: no letter moves between type and content.
  EXPECT_EQ(unseal(key, "ab", seal(key, "a", "bc")).error().code, Code::Denied);
}

TEST(Sealed, WhatIsLeftOverOrMissingIsNoTicket) {
  const SecretKey key = secret(1);
  const auto content = unseal(key, "assent/ticket/v1", seal_ticket(key, ticket())).value();
  for (const std::string& other :
       {content + "x", content.substr(0, content.size() - 1), std::string()})
    EXPECT_EQ(open_ticket(key, seal(key, "assent/ticket/v1", other)).error().code, Code::Denied);
}

TEST(Sealed, FieldsComeBackAndRunningOverTheEndIsSeen) {
  Packer out;
  out.number(0).text("").number(~std::uint64_t{0}).text(std::string(65'535, 'x'));
  const std::string packed = out.take();
  Unpacker in{packed};
  EXPECT_EQ(in.number(), 0u);
  EXPECT_EQ(in.text(), "");
  EXPECT_EQ(in.number(), ~std::uint64_t{0});
  EXPECT_FALSE(in.ok());  // not at the end yet
  EXPECT_EQ(in.text().size(), 65'535u);
  EXPECT_TRUE(in.ok());
  EXPECT_EQ(in.number(), 0u);
  EXPECT_FALSE(in.good());
}

TEST(Nonce, IsOrderedByTimeAndNeverTheSame) {
  support::DeskRandom random;
  const Time now{milliseconds{1'790'000'000'123}};
  const Nonce first = make_nonce(now, random), same_time = make_nonce(now, random);
  EXPECT_NE(first, same_time);
  EXPECT_TRUE(std::equal(first.begin(), first.begin() + 6, same_time.begin()));
  EXPECT_LT(std::max(first, same_time), make_nonce(now + milliseconds{1}, random));
  EXPECT_LT(first, make_nonce(now + days{365}, random));
}

}  // namespace
}  // namespace assent
