// Guests: one end, and what each step does and refuses. R14, R15, R16, decision 9 and 14.
#include "service/domain/guest.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/guest_fixture.h"

namespace assent {
namespace {

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "" : result.error().message;
}

TEST(Guest, HasAHostAndAReasonR14R15) {
  const auto ask = [](auto spoil) {
    GuestWish of = wish();
    spoil(of);
    return refusal(request_guest(kGuestId, visitor_kind(), of, kReception, kEight));
  };
  EXPECT_EQ(ask([](GuestWish&) {}), "");
  EXPECT_NE(ask([](GuestWish& w) { w.host = 0; }), "");
  EXPECT_NE(ask([](GuestWish& w) { w.reason.clear(); }), "");
  EXPECT_NE(ask([](GuestWish& w) { w.reason = std::string(201, 'x'); }), "");
  EXPECT_NE(ask([](GuestWish& w) { w.name.clear(); }), "");
  EXPECT_NE(ask([](GuestWish& w) { w.name = "a\nb"; }), "");
}

TEST(Guest, IsIssuedByWhomTheSchoolSaysAndOnlyAskedForByOthersR14) {
  const GuestKind kind = visitor_kind();
  EXPECT_EQ(refusal(request_guest(kGuestId, kind, wish(), kCleaner, kEight)),
            "You may not ask for a guest of kind visitor: ask ict.");
  EXPECT_FALSE(request_guest(kGuestId, kind, wish(), kVisitorSelf, kEight));
  EXPECT_TRUE(request_guest(kGuestId, kind, wish(), kIct, kEight));
  EXPECT_EQ(refusal(issue_guest(asked(kind), kind, kReception, "v-maple-042", 0, kEight)),
            "Only ict may issue a guest of kind visitor. Your request is kept for them.");
  EXPECT_EQ(issued(kind).state, GuestState::Issued);
  EXPECT_EQ(issued(kind).issued_by, kIct.person);
}

TEST(Guest, ASignedInPersonIsNotTheVisitorThemself) {
  const GuestActor pretender{7, {"self"}};
  EXPECT_FALSE(request_guest(kGuestId, sponsored_kind(), wish(), pretender, kEight));
  EXPECT_TRUE(request_guest(kGuestId, sponsored_kind(), wish(), kVisitorSelf, kEight));
}

TEST(Guest, IsApprovedBySomebodyElseThanWhoAskedR14) {
  const GuestKind kind = sponsored_kind();
  const Guest waiting = request_guest(kGuestId, kind, wish(), kVisitorSelf, kEight).value();
  EXPECT_EQ(refusal(issue_guest(waiting, kind, kIct, "v-maple-042", 0, kEight)),
            "This guest waits for approval by teacher.");
  EXPECT_FALSE(approve_guest(waiting, kind, kIct, kEight));
  EXPECT_FALSE(approve_guest(waiting, kind, kVisitorSelf, kEight));
  const Guest approved = approve_guest(waiting, kind, kTeacher, kEight).value();
  EXPECT_FALSE(approve_guest(approved, kind, kTeacher, kEight)) << "once";
  EXPECT_TRUE(issue_guest(approved, kind, kTeacher, "v-maple-042", 0, kEight));
  EXPECT_FALSE(issue_guest(approved, kind, {5, {"teacher"}}, "v-maple-042", 0, kEight));

  const GuestActor both{3, {"reception", "teacher"}};
  const Guest own = request_guest(kGuestId, kind, wish(), both, kEight).value();
  EXPECT_EQ(refusal(approve_guest(own, kind, both, kEight)),
            "You asked for this guest: somebody else has to approve.");
  EXPECT_FALSE(approve_guest(asked(visitor_kind()), visitor_kind(), kTeacher, kEight));

  const Guest by_ict = request_guest(kGuestId, kind, wish(), kIct, kEight).value();
  EXPECT_TRUE(issue_guest(by_ict, kind, kIct, "v-maple-042", 0, kEight)) << "who may issue anyway";
}

TEST(Guest, AVisitorAsksForThemselfAndWhoApprovesMayBeTheHostA21) {
  const GuestKind kind = sponsored_kind();
  GuestWish own = wish();
  own.host = 0;
  own.visits.clear();
  EXPECT_EQ(request_guest(kGuestId, kind, own, kVisitorSelf, kEight).error().code, Code::Invalid);
  own.visits = "Ms Ahmed";
  EXPECT_FALSE(request_guest(kGuestId, kind, own, kReception, kEight));
  const Guest asked = request_guest(kGuestId, kind, own, kVisitorSelf, kEight).value();
  EXPECT_TRUE(asked.needs_approval);
  EXPECT_EQ(effective_end(asked, kind), later(kOwnRequestStands));
  EXPECT_FALSE(issue_guest(asked, kind, kIct, "v-maple-042", 0, kEight));
  const Guest approved = approve_guest(asked, kind, kTeacher, kEight).value();
  EXPECT_EQ(approved.host, kTeacher.person);
  const Guest made = issue_guest(approved, kind, kTeacher, "v-maple-042", 0, kEight).value();
  EXPECT_EQ(effective_end(made, kind), later(kind.longest_stay));
  EXPECT_FALSE(approve_guest(asked, kind, kTeacher, later(kOwnRequestStands)));
}

TEST(Guest, AsksForMoreTimeAndGetsNoneByAsking) {
  const GuestKind kind = visitor_kind();
  const Guest guest = issued(kind);
  EXPECT_EQ(longer_left(guest, kind), kind.longest_extension);
  EXPECT_FALSE(ask_longer(guest, kind, kind.longest_extension + minutes{1}, kEight));
  EXPECT_FALSE(ask_longer(guest, kind, minutes{0}, kEight));
  EXPECT_FALSE(ask_longer(guest, kind, minutes{30}, later(kind.longest_stay)));
  const Guest asking = ask_longer(guest, kind, minutes{30}, kEight).value();
  EXPECT_EQ(effective_end(asking, kind), effective_end(guest, kind));
  EXPECT_FALSE(ask_longer(asking, kind, minutes{30}, kEight));
  EXPECT_FALSE(refuse_longer(asking, kind, kCleaner, kEight));
  const Guest refused = refuse_longer(asking, kind, kHost, kEight).value();
  EXPECT_EQ(longer_left(refused, kind), milliseconds{0});
  const Guest extended = extend_guest(refused, kind, kHost, minutes{30}, kEight).value();
  EXPECT_EQ(longer_left(extended, kind), kind.longest_extension - minutes{30});
}

TEST(Guest, ARequestEndsToo) {
  const GuestKind kind = visitor_kind();
  EXPECT_EQ(effective_end(asked(kind), kind), later(kRequestStands));
  EXPECT_FALSE(issue_guest(asked(kind), kind, kIct, "v-a-1", 0, later(kRequestStands)));
  GuestWish booked = wish();
  booked.from = later(days{3});
  EXPECT_EQ(effective_end(asked(window_kind(), booked), window_kind()), later(days{3} + hours{8}));
  const Guest refused = reject_guest(asked(kind), kind, kIct, later(hours{1})).value();
  EXPECT_EQ(standing_at(refused, kind, later(hours{1}), {}).why, GuestWhy::Rejected);
  EXPECT_FALSE(issue_guest(refused, kind, kIct, "v-a-1", 0, later(hours{1})));
  EXPECT_TRUE(reject_guest(asked(kind), kind, kReception, kEight)) << "who asked takes it back";
  EXPECT_FALSE(reject_guest(asked(kind), kind, kCleaner, kEight));
}

TEST(Guest, EndsAtTheEarliestOfAllThatEndsIt) {
  EXPECT_EQ(effective_end(issued(visitor_kind()), visitor_kind()), later(hours{8}));
  GuestWish until = wish();
  until.until = later(hours{7} + minutes{30});
  until.stay = hours{8};
  EXPECT_EQ(effective_end(issued(visitor_kind(), until), visitor_kind()), *until.until);
  until.stay = hours{1};
  EXPECT_EQ(effective_end(issued(visitor_kind(), until), visitor_kind()), later(hours{1}));
  GuestKind tighter = visitor_kind();
  tighter.longest_stay = minutes{30};
  EXPECT_EQ(effective_end(issued(visitor_kind()), tighter), later(minutes{30}));
}

TEST(Guest, OfAFirstLoginIsCountedFromThereAndUnusedEndsToo) {
  const GuestKind kind = code_kind();
  const Guest unused = issued(kind);
  EXPECT_EQ(effective_end(unused, kind), later(days{7}));
  EXPECT_EQ(standing_at(unused, kind, later(days{1}), {}).until, later(days{1} + hours{8}));
  const Guest used = log_in_guest(unused, kind, later(days{1})).value();
  EXPECT_EQ(effective_end(used, kind), later(days{1} + hours{8}));
  EXPECT_EQ(log_in_guest(used, kind, later(days{1} + hours{1})).value(), used) << "only the first";
  EXPECT_FALSE(log_in_guest(unused, kind, later(days{7})));
  GuestKind tighter = kind;
  tighter.use_within = hours{2};
  EXPECT_EQ(effective_end(used, tighter), later(hours{10})) << "as if it had been used in time";
}

TEST(Guest, OfAWindowBeginsThen) {
  const GuestKind kind = window_kind();
  GuestWish booked = wish();
  booked.from = later(days{2});
  const Guest guest = issued(kind, booked);
  EXPECT_EQ(standing_at(guest, kind, later(days{1}), {}).why, GuestWhy::NotYet);
  EXPECT_FALSE(log_in_guest(guest, kind, later(days{1})));
  EXPECT_EQ(standing_at(guest, kind, later(days{2}), {}),
            (GuestStanding{GuestWhy::Online, later(days{2} + hours{8})}));
  const Guest late =
      issue_guest(asked(kind, booked), kind, kIct, "v-a-1", 0, later(days{2} + hours{7})).value();
  EXPECT_EQ(effective_end(late, kind), later(days{2} + hours{8})) << "not from when it was issued";
}

TEST(Guest, IsRefusedWithTheLimitWhenMoreIsAskedForR14) {
  const auto ask = [](const GuestKind& kind, auto change) {
    GuestWish of = wish();
    change(of);
    return refusal(request_guest(kGuestId, kind, of, kReception, kEight));
  };
  const std::string longest =
      "A guest of kind visitor stays at most 8 hours: ask for less, or for another kind.";
  EXPECT_EQ(ask(visitor_kind(), [](GuestWish& w) { w.stay = hours{9}; }), longest);
  EXPECT_EQ(ask(visitor_kind(), [](GuestWish& w) { w.until = later(hours{9}); }), longest);
  EXPECT_EQ(ask(visitor_kind(), [](GuestWish& w) { w.until = later(hours{8}); }), "");
  EXPECT_NE(ask(visitor_kind(), [](GuestWish& w) { w.stay = hours{-1}; }), "");
  EXPECT_NE(ask(visitor_kind(), [](GuestWish& w) { w.until = kEight; }), "");
  EXPECT_NE(ask(visitor_kind(), [](GuestWish& w) { w.from = later(hours{1}); }), "");
  EXPECT_NE(ask(window_kind(), [](GuestWish& w) { w.from = later(hours{-1}); }), "");
  EXPECT_NE(ask(window_kind(), [](GuestWish& w) { w.from = later(days{91}); }), "");
  EXPECT_EQ(refusal(issue_guest(asked(visitor_kind()), visitor_kind(), kIct, "v-a-1", 20, kEight)),
            "The host has 20 guests already: end one first, or name another host.");
}

TEST(Guest, HasTheDevicesOfItsKindAtMostK13R18) {
  const GuestKind kind = visitor_kind();
  GuestWish of = wish();
  EXPECT_EQ(device_cap(issued(kind, of), kind), 2u);
  of.devices = 1;
  EXPECT_EQ(device_cap(issued(kind, of), kind), 1u);
  of.devices = 9;
  EXPECT_EQ(device_cap(issued(kind, of), kind), 2u);
}

TEST(Guest, IsExtendedSoOftenAndSoLongAsItsKindSays) {
  const GuestKind kind = visitor_kind();
  const Time now = later(hours{7});
  Guest guest = extend_guest(issued(kind), kind, kHost, minutes{30}, now).value();
  EXPECT_EQ(effective_end(guest, kind), later(hours{8} + minutes{30}));
  EXPECT_EQ(refusal(extend_guest(guest, kind, kIct, hours{2}, now)),
            "A guest of kind visitor can be extended by 2 hours in all.");
  guest = extend_guest(guest, kind, kIct, minutes{90}, now).value();
  EXPECT_EQ(effective_end(guest, kind), later(hours{10}));
  EXPECT_EQ(refusal(extend_guest(guest, kind, kIct, minutes{1}, now)),
            "A guest of kind visitor can be extended 2 times and no more: issue a new one.");
  EXPECT_FALSE(extend_guest(issued(kind), kind, kReception, minutes{30}, now));
  EXPECT_FALSE(extend_guest(issued(kind), kind, kHost, milliseconds{0}, now));
  EXPECT_EQ(refusal(extend_guest(issued(kind), kind, kHost, minutes{30}, later(hours{8}))),
            "This guest has come to the end.");
}

TEST(Guest, SuspendedOrRevokedIsOffAtOnceR16) {
  const GuestKind kind = visitor_kind();
  const Time now = later(hours{1});
  const Guest held = suspend_guest(issued(kind), kind, kReception, now).value();
  EXPECT_EQ(standing_at(held, kind, now, {}).why, GuestWhy::Suspended);
  EXPECT_FALSE(log_in_guest(held, kind, now));
  EXPECT_FALSE(extend_guest(held, kind, kIct, minutes{30}, now));
  EXPECT_FALSE(resume_guest(held, kind, kReception, now)) << "taking is easier than giving";
  EXPECT_FALSE(resume_guest(held, kind, kHost, now));
  EXPECT_EQ(resume_guest(held, kind, kIct, now).value(), issued(kind));
  const Guest gone = revoke_guest(held, kind, kReception, now).value();
  EXPECT_EQ(standing_at(gone, kind, now, {}).why, GuestWhy::Revoked);
  EXPECT_EQ(effective_end(gone, kind), now);
  for (const auto& again :
       {resume_guest(gone, kind, kIct, now), log_in_guest(gone, kind, now),
        extend_guest(gone, kind, kIct, minutes{1}, now), suspend_guest(gone, kind, kIct, now)})
    EXPECT_EQ(refusal(again), "This guest was revoked.");
  EXPECT_FALSE(revoke_guest(issued(kind), kind, kCleaner, now));
  EXPECT_FALSE(revoke_guest(issued(kind), kind, kVisitorSelf, now));
}

TEST(Guest, FromAPoolIsLentToOneAtATimeAndGivenBackR14) {
  const GuestKind kind = pool_kind();
  EXPECT_FALSE(issue_guest(asked(kind), kind, kIct, "supply01", 0, kEight));
  EXPECT_FALSE(lend_guest(asked(kind), kind, kIct, "supply09", nullptr, 0, kEight));
  const Guest first = lend_guest(asked(kind), kind, kIct, "supply01", nullptr, 0, kEight).value();
  EXPECT_EQ(refusal(lend_guest(asked(kind), kind, kIct, "supply01", &first, 0, later(hours{1}))),
            "supply01 is lent to Dr A. Okafor: take another.");
  const Guest back = give_back_guest(first, kind, kReception, later(hours{2})).value();
  EXPECT_EQ(standing_at(back, kind, later(hours{2}), {}).why, GuestWhy::GivenBack);
  EXPECT_TRUE(lend_guest(asked(kind), kind, kIct, "supply01", &back, 0, later(hours{2})));
  EXPECT_TRUE(lend_guest(asked(kind), kind, kIct, "supply01", &first, 0, later(hours{8})))
      << "not given back, but at its end";
  EXPECT_EQ(back.account, "supply01") << "who had it stays recorded";
}

TEST(Guest, IsOnlineOnlyInTheHoursOfItsKind) {
  GuestKind kind = visitor_kind();
  kind.hours = DailyHours{hours{9}, hours{15}, 0b0111110};
  EXPECT_TRUE(kind.hours->on(std::chrono::Monday));
  EXPECT_FALSE(kind.hours->on(std::chrono::Sunday));
  const Guest guest = issued(kind);
  const OpenHours today{later(hours{1}), later(hours{7})};
  EXPECT_EQ(standing_at(guest, kind, later(hours{1}) - milliseconds{1}, today).why,
            GuestWhy::Closed);
  EXPECT_EQ(standing_at(guest, kind, later(hours{1}), today),
            (GuestStanding{GuestWhy::Online, later(hours{7})}));
  EXPECT_EQ(standing_at(guest, kind, later(hours{7}), today).why, GuestWhy::Closed);
  EXPECT_EQ(standing_at(guest, kind, later(hours{2}), std::nullopt).why, GuestWhy::Closed);
  const OpenHours late{later(hours{1}), later(hours{12})};
  EXPECT_EQ(standing_at(guest, kind, later(hours{2}), late).until, later(hours{8}));
  EXPECT_EQ(standing_at(guest, kind, later(hours{8}), late).why, GuestWhy::Expired);
}

TEST(Guest, IsForgottenWhenItsTimeHasPassedAndNotBefore) {
  const GuestKind kind = visitor_kind();
  const Guest guest = issued(kind);
  const Time due = later(hours{8} + days{365});
  EXPECT_EQ(purge_due(guest, kind), due);
  EXPECT_FALSE(purge_guest(guest, kind, due - milliseconds{1}));
  const Guest gone = purge_guest(guest, kind, due).value();
  EXPECT_EQ(gone.name + gone.reason, "");
  EXPECT_EQ(gone.host, 0);
  EXPECT_EQ(gone.account, "v-maple-042");
  EXPECT_EQ(effective_end(gone, kind), later(hours{8}));
  EXPECT_FALSE(purge_guest(gone, kind, due));
  EXPECT_EQ(standing_at(gone, kind, due, {}).why, GuestWhy::Purged);
}

TEST(Guest, IsJudgedByItsOwnKindAlone) {
  EXPECT_FALSE(log_in_guest(issued(visitor_kind()), code_kind(), kEight));
  EXPECT_FALSE(purge_guest(issued(visitor_kind()), code_kind(), later(days{1000})));
}

}  // namespace
}  // namespace assent
