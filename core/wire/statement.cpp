// The statements that a device's key signs at the gate, for an answer and for the session that
// began: writers and readers of docs/protocol.md, "Statements". Lines of "key value", never JSON.
#include <algorithm>
#include <array>

#include "core/base/id.h"
#include "core/base/text.h"
#include "core/wire/gate.h"

namespace assent::wire {
namespace {

constexpr std::string_view kAnswer = "assent/answer/v1\n", kOpened = "assent/opened/v1\n";
constexpr std::array<std::string_view, 5> kActs{"agree", "acknowledge", "decline", "later", "help"};

std::string_view yes_no(bool value) {
  return value ? "yes" : "no";
}

void add(std::string& out, std::string_view key, std::string_view value) {
  out.append(key).append(" ").append(value).append("\n");
}

// Takes the value of the line "key value" off the front of `rest`; empty when the next line is
// another one.
std::string_view take(std::string_view& rest, std::string_view key) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return {};
  const std::string_view line = rest.substr(0, end);
  if (!line.starts_with(key) || line.size() <= key.size() + 1 || line[key.size()] != ' ') return {};
  rest.remove_prefix(end + 1);
  return line.substr(key.size() + 1);
}

Answer to_answer(std::string_view words) {
  const auto space = words.find(' ');
  if (space == std::string_view::npos) return {};
  return {std::string(words.substr(0, space)), std::string(words.substr(space + 1))};
}

// What both statements say of where they were made.
template <class T>
Status check_origin(const T& statement) {
  ASSENT_CHECK(parse_id<DeviceTag>(statement.device));
  ASSENT_CHECK(exactly<32>(from_hex(statement.ticket_hash)));
  return check_line(statement.channel, Limits::kChannel);
}

Status check(const Statement& statement) {
  ASSENT_CHECK(check_origin(statement));
  ASSENT_CHECK(exactly<32>(from_hex(statement.shown)));
  if (statement.answers.empty() || statement.answers.size() > Limits::kParts)
    return fail(Code::Invalid, "a statement has 1 to 16 answers");
  for (const Answer& answer : statement.answers) ASSENT_CHECK(check_answer(answer));
  return {};
}

}  // namespace

Status check_answer(const Answer& answer) {
  ASSENT_CHECK(check_name(answer.policy));
  if (std::ranges::find(kActs, answer.act) == kActs.end())
    return fail(Code::Invalid, "an act must be agree, acknowledge, decline, later or help");
  return {};
}

std::string to_statement(const Statement& statement) {
  std::string out(kAnswer);
  add(out, "device", statement.device);
  add(out, "ticket", statement.ticket_hash);
  add(out, "shown", statement.shown);
  add(out, "channel", statement.channel);
  add(out, "authenticated", yes_no(statement.authenticated));
  add(out, "cannot-ask", yes_no(statement.cannot_ask));
  for (const Answer& answer : statement.answers)
    add(out, "answer", answer.policy + " " + answer.act);
  add(out, "at", to_rfc3339(statement.at));
  return out;
}

Result<Statement> parse_statement(std::string_view text) {
  const Error malformed{Code::Invalid, "is not a statement of assent/answer/v1"};
  if (text.size() > Limits::kStatement || !text.starts_with(kAnswer)) return fail(malformed);
  std::string_view rest = text.substr(kAnswer.size());
  Statement out;
  out.device = take(rest, "device");
  out.ticket_hash = take(rest, "ticket");
  out.shown = take(rest, "shown");
  out.channel = take(rest, "channel");
  out.authenticated = take(rest, "authenticated") == "yes";
  out.cannot_ask = take(rest, "cannot-ask") == "yes";
  for (auto words = take(rest, "answer"); !words.empty(); words = take(rest, "answer"))
    out.answers.push_back(to_answer(words));
  ASSENT_TRY(out.at, parse_rfc3339(take(rest, "at")));
  ASSENT_CHECK(check(out));
  if (to_statement(out) != text) return fail(malformed);  // one spelling for each statement
  return out;
}

std::string to_statement(const OpenedStatement& statement) {
  std::string out(kOpened);
  add(out, "device", statement.device);
  add(out, "ticket", statement.ticket_hash);
  add(out, "channel", statement.channel);
  add(out, "at", to_rfc3339(statement.at));
  return out;
}

Result<OpenedStatement> parse_opened_statement(std::string_view text) {
  const Error malformed{Code::Invalid, "is not a statement of assent/opened/v1"};
  if (text.size() > Limits::kStatement || !text.starts_with(kOpened)) return fail(malformed);
  std::string_view rest = text.substr(kOpened.size());
  OpenedStatement out;
  out.device = take(rest, "device");
  out.ticket_hash = take(rest, "ticket");
  out.channel = take(rest, "channel");
  ASSENT_TRY(out.at, parse_rfc3339(take(rest, "at")));
  ASSENT_CHECK(check_origin(out));
  if (to_statement(out) != text) return fail(malformed);
  return out;
}

}  // namespace assent::wire
