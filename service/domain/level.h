#pragma once
// The filtering level that a person should have now, pure: who they are, what they have accepted
// and what holds them back in, one level and its reason out (design decision 8; R22).
// docs/decisions/0009-grace.md says what makes somebody unsigned.

#include "service/domain/gate.h"

namespace assent {

// What is asked of the table.
struct LevelFacts {
  std::string audience;  // empty: nobody knows them
  std::string stage;
  AcceptanceState state = AcceptanceState::Unsigned;
  std::string outcome;  // the level that their own "no" or "help" leads to; empty: none
  Restriction restriction = Restriction::None;
  bool guest = false;
};

struct LevelChoice {
  std::string level;  // empty only when the table is
  std::string why;    // for ICT: "rule 4: audience student, stage ks3"
};

// Unknown people, and people whom no rule fits, get the most restrictive level. For the others the
// first of these that there is: a rule on their restriction, a rule on guests, the outcome of
// their own answer while they are unsigned, a rule that fits. Of several rules, the first.
LevelChoice choose_level(const LevelTable& table, const LevelFacts& facts);

// Where the person stands, from what the gate would decide now.
AcceptanceState acceptance_state(const Decision& decision, const Facts& facts, const School& school,
                                 Time now);
// The level named by the outcome of the newest "no" or "help" to what is owed, the most
// restrictive if there are several; empty: none.
std::string outcome_level(const Decision& decision, const Facts& facts, const School& school);

// All of it but restriction, which is known elsewhere. Who left has no audience.
LevelFacts level_facts(const Decision& decision, const Facts& facts, const Audience& audience,
                       const School& school, Time now);

// The instants at which a version moves people without anybody's doing, in order.
std::vector<Time> turning_points(const PublishedVersion& version);

struct PersonLevel {
  LevelFacts facts;
  LevelChoice choice;
};
// The school's table, asked about one person; no level at all for somebody who left.
PersonLevel level_of(const Decision& decision, const Facts& facts, const Audience& audience,
                     const School& school, Time now);
// For ICT: "nsw-ks3 (grace; rule 9: audience student)".
std::string to_text(const PersonLevel& level, const School& school);

}  // namespace assent
