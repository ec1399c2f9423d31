#pragma once
// A school that has guests, from the desk to the door: over the memory store, with rules in force.

#include "service/app/guest_asks.h"
#include "service/app/guest_cache.h"
#include "service/app/guest_desk.h"
#include "service/app/guest_door.h"
#include "service/app/guest_keeper.h"
#include "tests/support/counted_hash.h"
#include "tests/support/gate_desk.h"

namespace assent {

inline std::vector<School> guest_schools() {
  auto schools = support::gate_schools();
  for (School& school : schools) {
    school.audience.push_back({{"role:visitor"}, {{"visitor"}}, false, false, "visitor"});
    school.roles = {{"reception", {"group:Office"}}, {"teacher", {"role:staff"}}};
    GuestKind visitor;
    visitor.name = "visitor";
    visitor.audience = "visitor";
    visitor.longest_stay = hours{8};
    visitor.extensions = 1;
    visitor.longest_extension = hours{2};
    visitor.issue = {"ict", "reception"};
    visitor.request = {"teacher", "self"};
    visitor.sponsor = {"reception"};
    visitor.live_per_host = 3;
    visitor.retention = days{30};
    GuestKind supply = visitor;
    supply.name = "supply";
    supply.pool = {"supply01", "supply02"};
    supply.sponsor.clear();
    supply.request = {"teacher"};
    GuestKind evening = visitor;
    evening.name = "evening";
    evening.hours = DailyHours{hours{17}, hours{22}, 0x7F};
    school.guests = {visitor, supply, evening};
  }
  return schools;
}

// Where visitors may choose words of their own.
inline std::vector<School> wordy_schools() {
  auto schools = guest_schools();
  schools.front().guests.front().own_words = true;
  schools.front().guests.front().live_per_host = 20;
  return schools;
}

struct GuestRig : support::GateDesk {
  explicit GuestRig(
      std::shared_ptr<support::MemoryDisk> disk = std::make_shared<support::MemoryDisk>(),
      std::vector<School> schools = guest_schools())
      : GateDesk(std::move(disk), {}, std::move(schools)),
        own_words({*registry, store.guests, *writer, hash, guest_key, clock, random}),
        guests(store.guests),
        holders(AccountHolders::load(store.guests, registry->schools()).value()),
        door({*registry, guests, *holders, store.standings, calendar, *writer, guest_key, clock,
              random, nullptr, &own_words}),
        desk({*registry, store.people, store.guests, *writer, guest_key, clock, random}),
        keeper(
            {*registry, store.guests, store.guest_sessions, store.people, *writer, clock, random}),
        browser({store.standings, store.people, *registry, receipts, store.levels, calendar,
                 *writer, ticket_key, clock, random, &door}),
        asks({*registry, store.people, store.guests, ask_tries, *writer, clock, random}) {
    writer->observe([this](const auto& changes) { guests.committed(changes); });
    writer->observe([this](const auto& changes) { holders->committed(changes); });
    writer->observe(keeper.observer());
    writer->observe(asks.observer());
    host = person("r.ahmed", {{"role", "staff"}, {"group", "Office"}});
    ict.person = person("i.cote", {{"role", "staff"}});
    teacher.person = person("j.lee", {{"role", "staff"}});
    teacher.scope = "staff";
    reception.person = host;
    reception.scope = "staff";
    publish("visitor", 1);
  }

  ~GuestRig() { finish(); }

  // Until what was submitted is written.
  void settle() {
    (void)write([](Transaction&, const JobContext&) { return std::vector<Draft>{}; });
  }
  // The same, and nothing more comes. A rig of this one with observers
  // of its own calls it in its destructor, while they are there.
  void finish() {
    if (std::exchange(is_finished, true)) return;
    own_words.stop();
    settle();
  }

  GuestOrder order(const std::string& kind = "visitor") const {
    GuestOrder out;
    out.kind = kind;
    out.wish.name = "Dr A. Okafor";
    out.wish.reason = "science week";
    out.wish.host = host.key;
    return out;
  }
  Result<std::vector<IssuedGuest>> issue_all(const GuestOrder& of, const Actor& by) {
    return wait<std::vector<IssuedGuest>>([&](auto then) { desk.issue(by, school(), of, then); });
  }
  IssuedGuest issue(const GuestOrder& of) { return issue_all(of, ict).value().front(); }
  IssuedGuest issue(const std::string& kind = "visitor") { return issue(order(kind)); }
  Result<GuestRow> request(const GuestOrder& of, const Actor& by) {
    return wait<GuestRow>([&](auto then) { desk.request(by, school(), of, then); });
  }
  Result<GuestRow> take(const GuestId& guest, GuestStep::What what, const Actor& by,
                        milliseconds longer = {}, const std::string& reason = "a test") {
    return wait<GuestRow>([&](auto then) {
      desk.take(by, school(), guest, {what, longer, reason}, then);
    });
  }
  Result<GuestEntry> enter(const std::string& account, const std::string& typed) {
    return wait<GuestEntry>([&](auto then) { door.enter(school(), account, typed, then); });
  }
  Result<GuestEntry> enter(const IssuedGuest& guest) {
    return enter(guest.row.guest.account, guest.passphrase);
  }
  Result<GuestEntry> enter_by(const std::string& code, SchoolKey in = 1) {
    return wait<GuestEntry>([&](auto then) { door.enter_by_voucher(school(in), code, then); });
  }
  // From a visitor's device, signed in nowhere.
  Result<AskedFor> ask(const std::string& address, const GuestAsk& asked, SchoolKey at = 1) {
    return wait<AskedFor>([&](auto then) {
      asks.ask(school(at), {address, "", "", ""}, asked, then);
    });
  }
  Result<AskedFor> ask(const std::string& address = "10.1.0.7",
                       const std::string& visits = "r.ahmed") {
    return ask(address, {"visitor", "Mx B. Walker", visits, "interview"});
  }
  Result<IssuedGuest> let_in(const GuestId& guest, const Actor& by) {
    return wait<IssuedGuest>([&](auto then) { desk.let_in(by, school(), guest, then); });
  }
  Result<GuestRow> choose(const GuestId& guest, const std::string& chosen) {
    return wait<GuestRow>([&](auto then) { own_words.choose(guest, chosen, then); });
  }
  GuestRow row(const GuestId& guest) { return store.guests.one(guest).value(); }
  PersonRow person_of(const IssuedGuest& guest) {
    return store.people.person(guest.row.person).value();
  }

  CheckAnswer show(const PersonRow& whom) {
    return browser.check_in_browser(school(), whom, {}).value();
  }
  support::AnswerResult say(const PersonRow& whom, const Shown& shown, Act act) {
    AnswerQuestion said;
    said.ticket = shown.ticket;
    said.shown = to_hex(shown.rendered->hash);
    said.channel = "portal";
    said.answers = {{"visitor", act, false}};
    const auto promise = std::make_shared<std::promise<support::AnswerResult>>();
    browser.answer_in_browser(school(), whom, said, [promise](support::AnswerResult result) {
      promise->set_value(std::move(result));
    });
    return promise->get_future().get();
  }
  void accept(const IssuedGuest& guest) {
    const PersonRow whom = person_of(guest);
    const auto said = say(whom, show(whom).shown.value(), Act::Agree);
    ASSERT_TRUE(std::holds_alternative<AnswerOutcome>(said));
  }

  SecretKey guest_key = support::secret(9);
  support::CountedHash hash;
  OwnWords own_words;
  GuestCache guests;
  std::unique_ptr<AccountHolders> holders;
  GuestDoor door;
  GuestDesk desk;
  GuestKeeper keeper;
  GateService browser;
  TryLimiter ask_tries;
  GuestAsks asks;
  PersonRow host;
  Actor teacher, reception;
  bool is_finished = false;
};

}  // namespace assent
