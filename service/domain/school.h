#pragma once
// What a school has configured: who owes which policies, how each is enforced, and what a "no"
// leads to. Values, read once at start (service/config); nothing here does I/O.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/policy/policy.h"
#include "service/domain/filter.h"
#include "service/domain/guest_kind.h"
#include "service/domain/level_table.h"

namespace assent {

using SchoolKey = std::uint16_t;  // the store's short key for a school; never leaves the service

// observe: nobody is asked, the report says what would have happened. ask: a person may always
// answer "later". enforce: only until the version is enforced, a limited number of times.
enum class Enforcement : std::uint8_t { Observe, Ask, Enforce };
Result<Enforcement> parse_enforcement(std::string_view text);
std::string_view to_text(Enforcement enforcement);

// What follows an answer that is not a yes. Never "no lesson" by default.
struct Outcome {
  bool let_in = true;
  std::string level = "supervised";  // told to the client and to `why`; empty: unchanged
  std::string tell;                  // who is told, such as "head"; may be empty
};

struct PolicySettings {
  Enforcement enforcement = Enforcement::Observe;
  Mode first = Mode::Agree;  // how a first acceptance is made, at least
  unsigned later_times = 3;  // "later" answers for one version while it is not enforced
  Outcome on_decline;
  Outcome on_help{true, "unsigned", "tutor"};
};

// One ordered rule: the first whose `who` matches decides. A matcher is "key:value" over a
// person's facts ("role:student", "group:SM-Requested", "year:7"), or "*" for everybody.
struct AudienceRule {
  std::vector<std::string> who;  // any of these
  std::vector<PolicyName> owes;
  bool exempt = false;  // never asked: service and exam accounts
  bool shared = false;  // a class login: never accepts by itself
  std::string name;     // shown by `why` and stored in records as the audience; "student"
};
// What its people's audience is called: its name, or what stands in for one. Never empty.
std::string audience_name(const AudienceRule& rule);

// Who has a role beside those to whom it was granted (role_grant.h): any of these, as an audience
// rule matches them, or "login:NAME".
struct RoleRule {
  std::string role;              // "reception", as kinds of guest name it
  std::vector<std::string> who;  // none: it has to be granted
};

struct School {
  SchoolKey key = 0;
  SchoolName name;
  std::string title;  // "Kingsmead School"
  std::string zone = "Europe/London";
  std::string help;  // who to talk to, one line, for screens
  std::string language = "en-GB";
  std::vector<AudienceRule> audience;
  std::vector<AudienceRule> add_on;             // every match adds its policies
  std::map<std::string, Style> style_of_stage;  // "ks2" -> ks2; others read std
  std::map<PolicyName, PolicySettings> policies;
  bool unknown_let_in = false;  // the verdict for a login that nobody knows
  unsigned stop_if_leavers_over_percent = 5;
  // Of the people who have a level, how many a new roster may move without being asked about, and
  // how many at one person's word.
  unsigned hold_moves_over_percent = 5, two_people_over_percent = 25;
  LevelTable levels;  // empty: the school leaves its filter alone
  FilterSettings filter;
  std::vector<GuestKind> guests;     // by name; often none
  bool guests_in_directory = false;  // each has an account there, and so a level in the output
  std::vector<RoleRule> roles;
  std::string wifi;  // name of the network that guests join, for their slips; empty: none

  const PolicySettings& settings(const PolicyName& policy) const;
  const GuestKind* guest_kind(std::string_view called) const;  // nullptr: there is none
};

// What the roster says of people like this one, shared by all who are alike: "role", "year",
// "stage", and "group" any number of times. Canonical text is "key=value" lines, sorted.
using Profile = std::vector<std::pair<std::string, std::string>>;
std::string to_text(const Profile& profile);
Profile parse_profile(std::string_view text);
// What a guest's profile is: no roster can say it.
Profile guest_profile(const std::string& kind);
// The roles that somebody has by the file of `school`, by its own names.
std::vector<std::string> roles_of(const School& school, const std::string& login,
                                  const Profile& profile);

struct Audience {
  std::string name;  // of the rule that matched; empty: no rule did, so the person is unknown
  bool exempt = false, shared = false;
  std::vector<PolicyName> owes;  // main policies first, then add-ons, no doubles
  std::size_t main_count = 0;    // the first so many are not add-ons
  std::string stage;             // as the roster says, such as "ks3"
  Style style = Style::Std;
  std::string guest = {};  // the kind of guest; empty: they are none
};
// First match in `school.audience`; add-ons are added. No match: nothing owed and no name. A guest
// has the audience of their kind, or none once there is no such kind.
Audience resolve(const School& school, const Profile& profile);

}  // namespace assent
