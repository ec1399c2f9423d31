#include "core/gate/conversation.h"

#include <algorithm>
#include <optional>

#include "core/base/text.h"
#include "core/gate/words.h"

namespace assent::gate {
namespace {

constexpr int kRounds = 4;  // presentations in one login: ALL, or rules that changed meanwhile

constexpr std::string_view kRefused =
    "You cannot log in here just now. Please talk to the ICT team.";
constexpr std::string_view kCutOff = "Nothing was recorded. Please log in again.";
constexpr std::string_view kDeclined =
    "You said no, and that is recorded. Please talk to the ICT team.";
constexpr std::string_view kNotDeclined =
    "You said no, but it could not be recorded. Please talk to the ICT team.";
constexpr std::string_view kReadFirst =
    "There are school rules for you to read first. Please log in at a screen where you can answer.";
constexpr std::string_view kNoFull = "Every rule cannot be shown just now.";
constexpr std::string_view kOvertaken = "The rules have just changed. Here they are.";

std::string message_or(const std::string& message, std::string_view otherwise) {
  return message.empty() ? std::string(otherwise) : terminal_safe(message);
}

bool can_be_shown(const wire::AgentCheckReply& reply) {
  const bool has_text = !reply.pages.empty() || !reply.whole.empty();
  return has_text && !reply.parts.empty() && !reply.ticket.empty();
}

Choices ways_out(const wire::AgentCheckReply& reply) {
  const auto is_amendment = [](const auto& part) { return part.kind == wire::PartKind::Amendment; };
  Choices choices{Word::Help};
  if (reply.deferrals_left > 0) choices.add(Word::Later);
  if (std::ranges::any_of(reply.parts, is_amendment)) choices.add(Word::Full);
  return choices;
}

// Enter is an answer only where nothing but a prompt answered is asked for.
Choices answers_to(const wire::AgentCheckReply& reply) {
  Choices choices = ways_out(reply);
  bool any_main = false, any_agree = false;
  for (const auto& part : reply.parts) {
    any_main = any_main || !part.add_on;
    any_agree = any_agree || (!part.add_on && part.mode == wire::PartMode::Agree);
  }
  if (!any_agree) choices.add(Word::Enter);
  if (any_main) choices.add(Word::Yes);
  if (any_main) choices.add(Word::No);
  return choices;
}

std::string accepting_act(const wire::AgentPart& part) {
  return part.mode == wire::PartMode::Agree ? "agree" : "acknowledge";
}

class Conversation {
 public:
  Conversation(Presenter& presenter, Gate& gate) : presenter_(presenter), gate_(gate) {}

  Outcome run(Asking asking) {
    auto reply = gate_.check(false);
    for (int round = 0; round < kRounds && reply; ++round) {
      if (auto outcome = settle(*reply, asking)) return *std::move(outcome);
      reply = gate_.check(full_);
    }
    return unavailable(reply ? "the rules changed too often" : reply.error().message);
  }

 private:
  static Outcome unavailable(std::string message) {
    return {Ending::Unavailable, "", "", std::move(message), false};
  }

  // Whatever could not be shown was not refused by anybody.
  static Outcome without_answer(const Error& why) {
    if (why.code == Code::Corrupt) return unavailable(why.message);
    return {Ending::CutOff, "", "", std::string(kCutOff), false};
  }

  // Nothing when the gate must be asked again.
  std::optional<Outcome> settle(wire::AgentCheckReply& reply, Asking asking) {
    if (reply.verdict == wire::Verdict::Refuse)
      return Outcome{Ending::Refused, "", "", message_or(reply.message, kRefused), false};
    if (reply.verdict == wire::Verdict::Clear) return clear(reply);
    if (!can_be_shown(reply)) return unavailable("the gate sent nothing to show");
    if (asking == Asking::VerdictOnly) return Outcome{Ending::Proceed, "unproven", "", "", false};
    if (asking == Asking::CannotAsk) return send_cannot_ask(reply);
    return ask_and_send(reply);
  }

  Outcome clear(const wire::AgentCheckReply& reply) {
    if (!reply.message.empty()) presenter_.show(terminal_safe(reply.message));
    return {Ending::Proceed, "clear", "", "", false};
  }

  std::optional<Outcome> ask_and_send(wire::AgentCheckReply& reply) {
    auto word = presenter_.present(reply, answers_to(reply));
    while (word && *word == Word::Full) {
      if (auto outcome = fetch_full(reply)) return outcome;
      word = presenter_.present(reply, answers_to(reply));
    }
    if (!word && word.error().code == Code::Denied) return send_cannot_ask(reply);
    if (!word) return without_answer(word.error());
    const auto answers = answers_for(reply, *word);
    if (!answers) return without_answer(answers.error());
    return send(reply, *answers, *word == Word::No);
  }

  // The person stays at what they were shown when the whole text cannot be had.
  std::optional<Outcome> fetch_full(wire::AgentCheckReply& reply) {
    auto whole = gate_.check(true);
    full_ = full_ || whole;
    if (whole && !can_be_shown(*whole)) return settle(*whole, Asking::VerdictOnly);
    if (whole) {
      reply = *std::move(whole);
    } else {
      presenter_.show(kNoFull);
    }
    // Asked for once a login: a gate that still sends changes only would be asked for ever.
    for (auto& part : reply.parts) part.kind = wire::PartKind::Full;
    return std::nullopt;
  }

  Result<std::vector<wire::Answer>> answers_for(const wire::AgentCheckReply& reply, Word word) {
    std::vector<wire::Answer> answers;
    for (const auto& part : reply.parts) {
      ASSENT_TRY(std::string act, act_for(part, word));
      answers.push_back({part.policy, std::move(act)});
    }
    return answers;
  }

  Result<std::string> act_for(const wire::AgentPart& part, Word word) {
    if (word == Word::Help) return std::string("help");
    if (word == Word::Later) return std::string("later");
    if (word == Word::No) return std::string("decline");
    if (!part.add_on) return accepting_act(part);
    return ask_add_on(part);
  }

  Result<std::string> ask_add_on(const wire::AgentPart& part) {
    ASSENT_TRY(const Word word, presenter_.ask_add_on(part));
    if (word == Word::No) return std::string("decline");
    if (word == Word::Help) return std::string("help");
    return accepting_act(part);
  }

  std::optional<Outcome> send_cannot_ask(const wire::AgentCheckReply& reply) {
    std::vector<wire::Answer> answers;
    for (const auto& part : reply.parts) answers.push_back({part.policy, "later"});
    return send(reply, std::move(answers), false, true);
  }

  std::optional<Outcome> send(const wire::AgentCheckReply& shown, std::vector<wire::Answer> answers,
                              bool declined, bool cannot_ask = false) {
    wire::AgentAnswer answer;
    answer.ticket = shown.ticket;
    answer.document = shown.document;
    answer.answers = std::move(answers);
    answer.cannot_ask = cannot_ask;
    const auto reply = gate_.answer(answer);
    if (!reply) return unavailable(reply.error().message);
    if (reply->outcome == "overtaken") return start_again();
    if (reply->let_in) return let_in(shown, *reply, cannot_ask);
    return keep_out(*reply, declined, cannot_ask ? kReadFirst : kRefused);
  }

  Outcome keep_out(const wire::AgentAnswerReply& reply, bool declined, std::string_view why) {
    if (declined) why = reply.recorded ? kDeclined : kNotDeclined;
    return {declined ? Ending::Declined : Ending::Refused, reply.outcome, "",
            message_or(reply.message, why), reply.recorded};
  }

  std::optional<Outcome> start_again() {
    presenter_.show(kOvertaken);
    return std::nullopt;
  }

  Outcome let_in(const wire::AgentCheckReply& shown, const wire::AgentAnswerReply& reply,
                 bool cannot_ask) {
    const bool wants_help = reply.outcome == "help" && !shown.help.empty();
    if (!reply.message.empty()) presenter_.show(terminal_safe(reply.message));
    if (wants_help) presenter_.show(terminal_safe(shown.help));
    if (cannot_ask && reply.message.empty()) presenter_.show(kReadFirst);
    return {Ending::Proceed, one_line(reply.outcome), shown.ticket, "", reply.recorded};
  }

  Presenter& presenter_;
  Gate& gate_;
  bool full_ = false;
};

}  // namespace

bool is_for_pupils(const wire::AgentCheckReply& reply) {
  return reply.rendition == "ks1" || reply.rendition == "ks2" || reply.rendition == "easy";
}

Outcome converse(Presenter& presenter, Gate& gate, Asking asking) {
  return Conversation(presenter, gate).run(asking);
}

Outcome converse(Screen& screen, Gate& gate, Asking asking) {
  PagedPresenter presenter(screen);
  return converse(presenter, gate, asking);
}

}  // namespace assent::gate
