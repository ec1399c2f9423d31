#pragma once
// A school whose guests come over Wi-Fi: two access points of its own and one of another school,
// each of which does what the test says when it is told to end a session.

#include <algorithm>

#include "service/app/guest_cutter.h"
#include "service/app/guest_network.h"
#include "service/app/guest_stays.h"
#include "tests/support/guest_rig.h"

namespace assent {

class FakeAccessPoints final : public SessionCutter {
 public:
  Status cut(const Nas& nas, const GuestSessionRow& stay, Time) override {
    const std::lock_guard lock{mutex};
    told.push_back(nas.name + " " + stay.device);
    const auto found = answers.find(nas.name);
    return found == answers.end() ? Status() : fail(found->second, "a test");
  }
  std::size_t told_count() {
    const std::lock_guard lock{mutex};
    return told.size();
  }
  std::mutex mutex;
  std::vector<std::string> told;
  std::map<std::string, Code> answers;  // none: it is done
};

inline std::map<SchoolName, std::vector<Nas>> some_nases() {
  Nas hall;
  hall.name = "ap-hall";
  hall.address = "10.0.0.5";
  hall.guest_vlan = 210;
  hall.quarantine_vlan = 299;
  Nas library = hall;
  library.name = "ap-library";
  Nas other = hall;
  other.name = "ap-oakfield";
  Nas mute = hall;
  mute.name = "ap-mute";
  mute.address.clear();
  return {{{"kingsmead"}, {hall, library, mute}}, {{"oakfield"}, {other}}};
}

inline const std::string kPhone = "02-00-00-00-00-01", kTablet = "02-00-00-00-00-02";

struct RadiusRig : GuestRig {
  explicit RadiusRig(std::vector<School> schools = guest_schools())
      : GuestRig(std::make_shared<support::MemoryDisk>(), std::move(schools)),
        nases(*registry, some_nases()),
        online(OnlineGuests::load(store.guest_sessions, registry->schools()).value()),
        network({nases, door, tries, *online, guest_key, clock, random}),
        stays({nases, door, *online, store.guest_sessions, *writer, guest_key,
               [this](const auto& stay, const auto& cause) { cutter.cut(stay, cause); }}),
        cutter(
            {nases, gateways, *online, store.guest_sessions, door, stays, access_points, clock}) {
    writer->observe([this](const auto& changes) { online->committed(changes); });
    writer->observe(cutter.observer());
  }
  ~RadiusRig() { finish(); }

  // Its end is an hour away, and it owes nothing.
  IssuedGuest online_guest() {
    const IssuedGuest guest = issue();
    accept(guest);
    return guest;
  }

  RadiusRequest asking(const IssuedGuest& guest, const std::string& device = kPhone) const {
    RadiusRequest out;
    out.nas = "ap-hall";
    out.user = guest.row.guest.account;
    out.password = guest.passphrase;
    out.device = device;
    return out;
  }
  Result<RadiusAttributes> ask(const RadiusRequest& request) {
    return wait<RadiusAttributes>([&](auto then) { network.authenticate(request, then); });
  }
  std::string log_in(const IssuedGuest& guest, const std::string& device = kPhone) {
    return class_of(ask(asking(guest, device)).value());
  }
  static std::string class_of(const RadiusAttributes& told) {
    const auto found = std::ranges::find(told, RadiusName::Class, &RadiusAttribute::name);
    return found->value;
  }

  static RadiusRequest said(RadiusStatus status, const std::string& session_class,
                            const std::string& nas_session = "A1") {
    RadiusRequest out;
    out.nas = "ap-hall";
    out.classes = {session_class};
    out.status = status;
    out.nas_session = nas_session;
    return out;
  }
  Result<bool> report(const RadiusRequest& request) {
    return wait<bool>([&](auto then) { stays.report(request, then); });
  }
  bool start(const std::string& session_class) {
    return report(said(RadiusStatus::Start, session_class)).value();
  }
  bool interim(const std::string& session_class) {
    return report(said(RadiusStatus::Interim, session_class)).value();
  }
  bool stop(const std::string& session_class) {
    return report(said(RadiusStatus::Stop, session_class)).value();
  }
  std::vector<GuestSessionRow> rows(const IssuedGuest& guest) {
    return store.guest_sessions.of(guest.row.guest.id, 10).value();
  }
  GuestSessionRow only_row(const IssuedGuest& guest) {
    const auto all = rows(guest);
    EXPECT_EQ(all.size(), 1u);
    return all.at(0);
  }

  FakeAccessPoints access_points;
  NasRegister nases;
  GatewayRegister gateways;
  std::unique_ptr<OnlineGuests> online;
  TryLimiter tries;
  GuestNetwork network;
  GuestStays stays;
  GuestCutter cutter;
};

}  // namespace assent
