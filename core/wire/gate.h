#pragma once
// The gate protocol as plain structs, with their JSON codecs. docs/protocol.md is normative.
// Decoders refuse unknown members, wrong types and anything over a limit (Code::Invalid).

#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/base/value.h"

namespace assent::wire {

struct Limits {
  static constexpr std::size_t kLogin = 256, kChannel = 64, kTicket = 2048, kParts = 16;
  static constexpr std::size_t kBody = 64 * 1024, kDocument = 64 * 1024, kReply = 256 * 1024;
  static constexpr std::size_t kLanguage = 35, kTitle = 256, kMessage = 1024, kWhen = 64;
  static constexpr std::size_t kStatement = 4096, kMarkLists = 1024, kMarks = 4096;
  static constexpr std::size_t kRecord = 64 * 1024, kProof = 16 * 1024;
};

enum class Verdict : std::uint8_t { Refuse, Clear, Ask, Acknowledge };  // default: fail safe

struct CheckRequest {  // POST /v1/gate/check
  std::string login;
  std::string channel;                  // "pam:sshd"
  std::optional<std::string> language;  // BCP 47; default: the school's
  bool full = false;                    // whole texts, where an amendment would do
};

struct MarkSpan {   // see core/presentation/marks.h
  char kind = '=';  // '=' keep, '-' delete, '+' insert
  std::uint32_t bytes = 0;
  friend bool operator==(const MarkSpan&, const MarkSpan&) = default;
};

struct Presentation {
  std::string ticket;                        // sealed: hand it back with the answer
  std::string document;                      // canonical text, docs/presentation.md
  Digest hash{};                             // its SHA-256
  std::vector<std::vector<MarkSpan>> marks;  // one list for each changed rule
  std::vector<std::string> add_ons;          // policies that may be declined one by one
  unsigned deferrals_left = 0;               // 0: "later" is not offered
  std::string later_until;                   // the school's time, "01 Dec 00:00"; empty: no end
  Time expires{};
};

struct CheckReply {
  Verdict verdict = Verdict::Refuse;
  std::string school;                        // its title, for the heading
  std::string message;                       // neutral, for the person; may be empty
  std::optional<Presentation> presentation;  // for Ask and Acknowledge
  // By people as they were read before: the last try to hear or read them failed, or none ended.
  bool stale = false;
};

struct Answer {
  std::string policy;
  std::string act;  // agree, acknowledge, decline, later, help
};

// Invalid unless the policy is a name and the act one of the five.
Status check_answer(const Answer& answer);

struct AnswerRequest {  // POST /v1/gate/answer
  std::string ticket;
  std::vector<Answer> answers;  // one for each part, in the document's order
  bool cannot_ask = false;      // no prompt was possible; every act is then "later"
  std::string statement;        // to_statement(), as signed
  Signature signature{};        // by the device's key, over the statement
};

struct AnswerReply {
  bool let_in = false;
  bool recorded = false;
  std::string outcome;  // "accepted", "later", "declined", "help"
  std::string level;    // where an outcome says so, such as "supervised"; else empty
  std::string message;  // neutral, for the person; may be empty
  std::uint64_t index = 0;
  std::string record;  // canonical JSON, as committed to
  std::string proof;   // C2SP tlog-proof
};

struct OpenedRequest {  // POST /v1/gate/opened: the session began
  std::string login, channel;
  std::string ticket;  // of the presentation answered; empty after a clear check
  // With a ticket, and never without:
  std::string statement;  // to_statement(), as signed
  Signature signature{};  // by the device's key, over the statement
};

// What the device's key signs for an answer (docs/protocol.md, "Statements").
struct Statement {
  std::string device;       // id, "d_…"
  std::string ticket_hash;  // SHA-256 of the ticket's text, hex
  std::string shown;        // SHA-256 of the document, hex
  std::string channel;
  bool authenticated = false;  // this transaction proved who the person is
  bool cannot_ask = false;
  std::vector<Answer> answers;
  Time at{};  // the device's clock: a claim
};
// What it signs when the session began: the ticket says who answered what.
struct OpenedStatement {
  std::string device;       // id, "d_…"
  std::string ticket_hash;  // SHA-256 of the ticket's text, hex
  std::string channel;
  Time at{};  // the device's clock: a claim
};
// Every text must be one line within its limit; the writer does not look. A reader does.
std::string to_statement(const Statement& statement);
std::string to_statement(const OpenedStatement& statement);
// Invalid unless `text` is byte for byte what to_statement() writes for what it says.
Result<Statement> parse_statement(std::string_view text);
Result<OpenedStatement> parse_opened_statement(std::string_view text);

std::string to_json(const CheckRequest&);
std::string to_json(const CheckReply&);
std::string to_json(const AnswerRequest&);
std::string to_json(const AnswerReply&);
std::string to_json(const OpenedRequest&);
Result<CheckRequest> parse_check_request(std::string_view json);
Result<CheckReply> parse_check_reply(std::string_view json);
Result<AnswerRequest> parse_answer_request(std::string_view json);
Result<AnswerReply> parse_answer_reply(std::string_view json);
Result<OpenedRequest> parse_opened_request(std::string_view json);

}  // namespace assent::wire
