#pragma once
// A presentation as a sealed ticket: what was shown to whom, on which device, until when. It costs
// no write, survives a restart and works on any node.

#include "service/app/sealed.h"
#include "service/domain/gate.h"

namespace assent {

struct TicketPart {
  PolicyKey policy = 0;
  std::uint32_t from = 0, to = 0;
  Mode mode = Mode::Agree;
  bool add_on = false;
  friend bool operator==(const TicketPart&, const TicketPart&) = default;
};

struct Ticket {
  Nonce nonce{};
  PersonKey person = 0;
  SchoolKey school = 0;
  std::int64_t device = 0;  // the store's key; 0 for answers on behalf
  Style style = Style::Std;
  std::string language;
  bool full = false;
  Digest shown{};  // of the canonical document
  Time issued{}, expires{};
  std::vector<TicketPart> parts;
  friend bool operator==(const Ticket&, const Ticket&) = default;
};

constexpr minutes kTicketLife{60};

std::string seal_ticket(const SecretKey& key, const Ticket& ticket);
// Denied unless we sealed it. Does not look at the clock.
Result<Ticket> open_ticket(const SecretKey& key, std::string_view sealed);

// Time-ordered, so that indexes over it are written at their end: 48 bits of milliseconds, then
// 80 random bits.
Nonce make_nonce(Time now, Random& random);

}  // namespace assent
