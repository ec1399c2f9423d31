#pragma once
// The gate as a use case: check says what a login owes, answer records what the person said,
// opened completes an acknowledgement. Devices are identified by the caller (service/http).

#include <memory>
#include <set>

#include "service/app/level_ports.h"
#include "service/app/opening.h"
#include "service/app/presentations.h"
#include "service/app/receipts.h"
#include "service/app/registry.h"
#include "service/app/ticket.h"

namespace assent {

class GuestDoor;
struct GuestEntry;

struct CheckQuestion {
  std::string login;     // as typed
  std::string language;  // empty: the school's
  bool full = false;
  std::optional<Style> style{};  // another than the audience's, where the person asked for it
};

struct Shown {
  std::string ticket;
  std::shared_ptr<const Rendered> rendered;
  std::vector<std::string> add_ons;
  unsigned deferrals_left = 0;
  std::string later_until;  // in the school's time; empty when "later" has no end
  Time expires{};
};

struct CheckAnswer {
  Verdict verdict = Verdict::Refuse;
  std::string school, message;
  std::optional<Shown> shown;
};

struct BannerAnswer {
  std::string school;                                          // its title
  std::vector<std::shared_ptr<const PolicyVersion>> versions;  // banners_in_force()
};

struct GivenAnswer {
  std::string policy;
  Act act = Act::None;
  bool add_on = false;  // set from the ticket
};

struct AnswerQuestion {
  std::string ticket;
  std::vector<GivenAnswer> answers;  // one for each part, in order
  bool cannot_ask = false;
  bool authenticated = false;  // as the signed statement says
  std::string channel;
  std::string shown;  // the document's hash as the device says it, hex
  std::string statement;
  Signature signature{};
  PersonKey self = 0;  // the service itself signed this person in, in a browser: no device vouches
};

struct AnswerOutcome {
  bool let_in = false;
  std::string outcome, level, message;
  Receipt receipt;
};

// That the session began, after an answer.
struct OpenedQuestion {
  std::string ticket;
  std::string channel;  // as the signed statement says
  std::string statement;
  Signature signature{};
};

// Why an answer, or a session's beginning, was not taken. Each is a problem type on the wire.
enum class Refusal : std::uint8_t {
  None,
  BadTicket,
  Expired,
  OtherDevice,
  BadSignature,
  Unproven,
  NotOffered,
  NoMoreLater,
  Overtaken,
  AnsweredOtherwise,
  NotWritten
};
struct AnswerFailure {
  Refusal refusal = Refusal::None;
  Error error;
  std::optional<CheckAnswer> now;  // where it was overtaken: what is owed now
};
using AnswerDone = std::function<void(std::variant<AnswerOutcome, AnswerFailure>)>;
using OpenedDone = std::function<void(std::variant<Written, AnswerFailure>)>;

class GateService {
 public:
  struct Needs {
    const Standings& standings;
    const People& people;
    const Registry& registry;
    const Receipts& receipts;
    const LevelBook& levels;
    const Calendar& calendar;
    LedgerWriter& writer;
    const SecretKey& ticket_key;
    const Clock& clock;
    Random& random;
    const GuestDoor* guests = nullptr;  // none: a guest's account is refused
  };
  explicit GateService(Needs needs) : needs_(needs) {}

  // Any thread. Writes nothing and signs nothing. A login that nobody has is refused, or let in
  // where the school says so; the answer names nobody and gives no reason.
  Result<CheckAnswer> check(const DeviceRow& device, const CheckQuestion& question);

  // Any thread. The rules in short of the device's school, now.
  Result<BannerAnswer> banner(const DeviceRow& device) const;

  // Any thread; `done` is called later, on the writer's thread, or at once on a refusal.
  void answer(const DeviceRow& device, const AnswerQuestion& question, AnswerDone done);

  // The same for a person whom the service itself has signed in, in a browser: the record's proof
  // is "self". A ticket of another person is refused. `statement`, `signature` and `authenticated`
  // of the question are not looked at.
  Result<CheckAnswer> check_in_browser(const School& school, const PersonRow& person,
                                       const CheckQuestion& question);
  // Likewise for a guest whom the door has just found to be one.
  Result<CheckAnswer> check_guest(const GuestEntry& here, const CheckQuestion& question);
  void answer_in_browser(const School& school, const PersonRow& person, AnswerQuestion question,
                         AnswerDone done);

  // The session began. Writes a record only where it completes an acknowledgement, and only once;
  // what is not signed by the device is refused in any case. `done` as for an answer.
  void opened(const DeviceRow& device, const OpenedQuestion& question, OpenedDone done);

 private:
  struct Answering;
  Result<CheckAnswer> judge(const DeviceRow& device, const School& school, const Facts& facts,
                            const Audience& audience, const CheckQuestion& question);
  Result<CheckAnswer> show(const DeviceRow& device, const School& school, const Facts& facts,
                           const Audience& audience, Decision decision,
                           const std::shared_ptr<const Catalogue>& catalogue,
                           const CheckQuestion& question);
  bool may_be_here(const School& school, const std::string& account) const;
  std::optional<AnswerFailure> examine(Answering& answering) const;
  Result<std::vector<Draft>> record(Answering& answering, Transaction& transaction,
                                    const JobContext& context);
  void finish(Answering& answering, Result<Written> written);
  void keep_out_till_night(const Answering& answering, AnswerOutcome& outcome) const;

  Needs needs_;
  Presentations presentations_;
  ToldOpenings told_;  // the writer's thread
};

}  // namespace assent
