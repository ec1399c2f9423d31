#pragma once
// What the record of an answer says, and what an answer leads to. docs/ledger.md lists the fields.

#include "service/app/gate_service.h"

namespace assent {

struct AnswerRecord {
  const School& school;
  const PersonRow& person;
  const Audience& audience;
  const DeviceRow& device;
  const Ticket& ticket;
  const std::vector<Owed>& shown;
  const Rendered* rendered = nullptr;  // what the words came out as; null: as was asked for

  Object body(const AnswerQuestion& question) const;
};

// "subject" of a record: whom it is about.
Object subject_of(const PersonRow& person, const Audience& audience);
// One item of a record: which version of which policy, how it was shown, and what was answered.
Object record_item(const Owed& owed, Kind kind, Act act);
// "shown" of a record: the document in the language and style that it had on the screen.
Object shown_of(const Rendered& rendered);

// True if a stored record holds these answers, given on this device.
bool same_answer(const std::string& body, const std::vector<GivenAnswer>& answers,
                 const DeviceId& device);
// True if some item of a stored record was acknowledged.
bool was_acknowledged(const std::string& body);

// What follows: declined before help before later before accepted; add-ons do not keep anybody out.
AnswerOutcome outcome_of(const std::vector<GivenAnswer>& answers, const School& school);

Nonce opened_nonce(const Nonce& answered);
Object opened_body(std::uint64_t answered, const School& school, const DeviceRow& device,
                   const OpenedQuestion& question);

}  // namespace assent
