// R14: no path makes a guest without an end, or one above what its kind allows. Every step, in any
// order, by anybody, at any time, also while the kind is configured anew and the clock is set back.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/unit/domain/guest_fixture.h"

namespace assent {
namespace {

// A fixed sequence for each seed, so that a failure names one number to run again.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  int up_to(int most) { return int(engine_() % unsigned(most + 1)); }
  bool coin() { return up_to(1) == 0; }
  bool one_in(int many) { return up_to(many - 1) == 0; }
  std::string any(std::vector<std::string> of) {
    return of[std::size_t(up_to(int(of.size()) - 1))];
  }

 private:
  std::mt19937 engine_;
};

GuestKind any_kind(Dice& dice) {
  GuestKind kind;
  kind.name = "any";
  kind.counts_from = GuestStart(dice.up_to(2));
  kind.longest_stay = minutes{1 + dice.up_to(3000)};
  if (kind.counts_from == GuestStart::FirstLogin) kind.use_within = minutes{1 + dice.up_to(3000)};
  if (kind.counts_from == GuestStart::Creation && dice.coin()) kind.pool = {"supply01"};
  kind.extensions = unsigned(dice.up_to(3));
  if (kind.extensions > 0) kind.longest_extension = minutes{1 + dice.up_to(300)};
  kind.issue = {"ict"};
  kind.request = {"reception", "self"};
  kind.sponsor = {"teacher"};
  if (dice.coin()) kind.hours = DailyHours{hours{8}, hours{16}};
  kind.live_per_host = 3;
  return kind;
}

// As a school may change it under its guests: everything but how a stay is counted.
void configure_anew(GuestKind& kind, Dice& dice) {
  const GuestKind fresh = any_kind(dice);
  kind.longest_stay = fresh.longest_stay;
  if (kind.counts_from == GuestStart::FirstLogin) kind.use_within = minutes{1 + dice.up_to(3000)};
  kind.extensions = fresh.extensions;
  kind.longest_extension = fresh.longest_extension;
  kind.hours = fresh.hours;
}

GuestActor anybody(Dice& dice) {
  if (dice.coin()) return {1 + dice.up_to(8), {"ict", "teacher"}};
  const auto role = [&] { return dice.any({"ict", "reception", "teacher", "self", "cleaner"}); };
  return {dice.up_to(9), {role(), role()}};
}

GuestWish any_wish(Dice& dice, Time now) {
  GuestWish out = wish();
  if (dice.coin()) return out;
  if (dice.coin()) out.host = dice.up_to(9);
  if (dice.one_in(4)) out.visits.clear();
  if (dice.one_in(10)) out.reason.clear();
  if (dice.one_in(4)) out.from = now + minutes{dice.up_to(200'000) - 1000};
  if (dice.one_in(4)) out.until = now + minutes{dice.up_to(20'000) - 1000};
  if (dice.coin()) out.stay = minutes{dice.up_to(6000) - 1000};
  out.devices = unsigned(dice.up_to(5));
  return out;
}

enum Step {
  Request,
  Approve,
  Reject,
  Issue,
  Lend,
  LogIn,
  Extend,
  AskLonger,
  RefuseLonger,
  Suspend,
  Resume,
  Revoke,
  Back,
  Purge
};

struct World {
  explicit World(std::uint32_t seed) : dice(seed), kind(any_kind(dice)) {}
  Dice dice;
  GuestKind kind;
  Time now = kEight;
  std::optional<Guest> guest;
  Step step = Request;
  bool asked_by_issuer = false;

  void pass_time() {
    now += minutes{dice.one_in(10) ? dice.up_to(1000) - 400 : dice.up_to(10)};
    if (dice.one_in(40)) now += days{400};
    if (dice.one_in(15)) configure_anew(kind, dice);
    const bool over = guest && now >= effective_end(*guest, kind);
    if (dice.one_in(over ? 6 : 100)) guest.reset();
  }

  Result<Guest> request() {
    const GuestActor by = anybody(dice);
    Result<Guest> out = request_guest(kGuestId, kind, any_wish(dice, now), by, now);
    if (out)
      asked_by_issuer = by.person != 0 && std::ranges::find(by.roles, "ict") != by.roles.end();
    return out;
  }

  Result<Guest> take_any_step() {
    step = guest ? Step(1 + dice.up_to(12)) : Request;
    const GuestActor by = anybody(dice);
    const Guest was = guest.value_or(Guest{});
    const std::string account = dice.any({"supply01", "supply01", "v-maple-042", ""});
    const std::size_t live = dice.one_in(6) ? 3 : 0;
    switch (step) {
      case Request: return request();
      case Approve: return approve_guest(was, kind, by, now);
      case Reject: return reject_guest(was, kind, by, now);
      case Issue: return issue_guest(was, kind, by, account, live, now);
      case Lend: return lend_guest(was, kind, by, account, dice.coin() ? &was : nullptr, live, now);
      case LogIn: return log_in_guest(was, kind, now);
      case Extend: return extend_guest(was, kind, by, minutes{dice.up_to(60) - 5}, now);
      case AskLonger: return ask_longer(was, kind, minutes{dice.up_to(60) - 5}, now);
      case RefuseLonger: return refuse_longer(was, kind, by, now);
      case Suspend: return suspend_guest(was, kind, by, now);
      case Resume: return resume_guest(was, kind, by, now);
      case Revoke: return revoke_guest(was, kind, by, now);
      case Back: return give_back_guest(was, kind, by, now);
      case Purge: break;
    }
    return purge_guest(was, kind, now);
  }
};

// The latest instant that the kind allows this guest, by nothing but what was granted when.
Time latest(const World& world) {
  const Guest& guest = *world.guest;
  const GuestKind& kind = world.kind;
  if (guest.issued_by == 0)
    return guest.requested_at +
           std::max(milliseconds{kBookAhead + kind.longest_stay}, milliseconds{kRequestStands});
  return guest.valid_from + kind.use_within + kind.longest_stay + kind.longest_extension;
}

void check_guest(const World& world) {
  const Guest& guest = *world.guest;
  const Time end = effective_end(guest, world.kind);
  RC_ASSERT(end <= latest(world));
  if (guest.until) RC_ASSERT(end <= *guest.until + world.kind.longest_extension);
  RC_ASSERT(device_cap(guest, world.kind) <= world.kind.devices);
  if (guest.state != GuestState::Purged) {
    const bool asked_by_self = guest.issued_by == 0 && guest.requested_by == 0;
    RC_ASSERT(guest.host > 0 || (asked_by_self && !guest.visits.empty()));
    RC_ASSERT(!guest.name.empty() && !guest.reason.empty());
  } else {
    RC_ASSERT(guest.name.empty() && guest.reason.empty() && guest.host == 0);
    RC_ASSERT(guest.visits.empty());
  }
  if (guest.state == GuestState::Issued || guest.state == GuestState::Suspended) {
    RC_ASSERT(guest.issued_by > 0 && !guest.account.empty() && guest.host > 0);
    RC_ASSERT(world.asked_by_issuer ||
              (guest.approved_by > 0 && guest.approved_by != guest.requested_by));
    RC_ASSERT(guest.valid_from <= guest.requested_at + std::max(kBookAhead, kRequestStands));
  }
}

void check_standing(World& world) {
  const Guest& guest = *world.guest;
  const OpenHours today{world.now - minutes{world.dice.up_to(60)},
                        world.now + minutes{world.dice.up_to(60)}};
  const GuestStanding standing = standing_at(guest, world.kind, world.now, today);
  RC_ASSERT((standing.until > world.now) == standing.online());
  if (!standing.online()) return;
  RC_ASSERT(guest.state == GuestState::Issued);
  RC_ASSERT(world.now < effective_end(guest, world.kind) && world.now >= guest.valid_from);
  RC_ASSERT(!world.kind.hours || standing.until <= today.until);
  const Guest in = log_in_guest(guest, world.kind, world.now).value();
  RC_ASSERT(standing.until <= effective_end(in, world.kind));
}

// What no step does to a guest whose end has come, and what moves an end to a later time.
void check_step(const World& world, const Guest& before, const Guest& after) {
  const Time was = effective_end(before, world.kind), is = effective_end(after, world.kind);
  if (world.now >= was) {
    RC_ASSERT(after.state == GuestState::Purged);
    RC_ASSERT(is == was);
  }
  if (before.state == GuestState::Ended) RC_ASSERT(after.state == GuestState::Purged);
  const bool may_be_later =
      world.step == Issue || world.step == Lend || world.step == LogIn || world.step == Extend;
  if (!may_be_later) RC_ASSERT(is <= was);
  if (after.state == GuestState::Ended) RC_ASSERT(is <= world.now);
  if (world.step != Extend) return;
  RC_ASSERT(is - was <= after.extended - before.extended);
  RC_ASSERT(after.extended <= world.kind.longest_extension);
  RC_ASSERT(after.extensions <= world.kind.extensions);
}

TEST(GuestProperty, NoPathMakesAGuestWithoutAnEndOrAboveItsKindsLimitsR14) {
  std::map<GuestState, int> seen;
  int online = 0;
  const bool held = rc::check([&](std::uint32_t seed) {
    World world(seed);
    RC_ASSERT(bool(check_guest_kind(world.kind)));
    for (int i = 0; i < 500; ++i) {
      world.pass_time();
      Result<Guest> next = world.take_any_step();
      if (next && world.guest) check_step(world, *world.guest, *next);
      if (next) world.guest = *std::move(next);
      if (!world.guest) continue;
      check_guest(world);
      check_standing(world);
      ++seen[world.guest->state];
      online += standing_at(*world.guest, world.kind, world.now, {}).online();
    }
  });
  EXPECT_TRUE(held);
  for (const GuestState state : {GuestState::Requested, GuestState::Issued, GuestState::Suspended,
                                 GuestState::Ended, GuestState::Purged})
    EXPECT_GT(seen[state], 0) << to_text(state) << ": the steps above reach every state";
  EXPECT_GT(online, 0);
}

}  // namespace
}  // namespace assent
