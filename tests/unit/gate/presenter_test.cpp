// The conversation with a host that shows everything at once, such as a window.

#include "core/gate/presenter.h"

#include "tests/unit/gate/replies.h"

namespace assent::gate {
namespace {

// Follows a script, which must be used up by the end of a test.
class ScriptedPresenter final : public Presenter {
 public:
  explicit ScriptedPresenter(std::deque<Result<Word>> words, std::deque<Result<Word>> add_ons = {})
      : words_(std::move(words)), add_ons_(std::move(add_ons)) {}
  ~ScriptedPresenter() override {
    EXPECT_TRUE(words_.empty() && add_ons_.empty()) << "never asked for";
  }

  void show(std::string_view text) override { shown.emplace_back(text); }
  Result<Word> present(const AgentCheckReply& reply, const Choices& choices) override {
    presented.push_back(reply);
    offered.push_back(choices);
    return next(words_);
  }
  Result<Word> ask_add_on(const wire::AgentPart& part) override {
    asked.push_back(part.policy);
    return next(add_ons_);
  }

  std::vector<std::string> shown, asked;
  std::vector<AgentCheckReply> presented;
  std::vector<Choices> offered;

 private:
  static Result<Word> next(std::deque<Result<Word>>& script) {
    if (script.empty()) {
      ADD_FAILURE() << "asked once too often";
      return fail(Code::Unavailable, "script is over");
    }
    auto word = std::move(script.front());
    script.pop_front();
    return word;
  }
  std::deque<Result<Word>> words_, add_ons_;
};

AgentCheckReply for_a_window(AgentCheckReply reply = asks()) {
  reply.pages.clear();
  reply.whole = {{"a document", {}}};
  return reply;
}

wire::AgentPart add_on() {
  return {"social", "Posting", "And this?", PartMode::Agree, PartKind::Full, true};
}

TEST(Presenter, IsGivenTheWholeReplyAsItCame) {
  const auto reply = for_a_window();
  ScriptedPresenter presenter({Word::Yes});
  ScriptedGate gate({reply}, {let_in("accepted")});
  const auto outcome = converse(presenter, gate, Asking::Ask);
  EXPECT_EQ(outcome.ending, Ending::Proceed);
  EXPECT_EQ(outcome.status, "accepted");
  EXPECT_EQ(outcome.ticket, reply.ticket);
  ASSERT_EQ(presenter.presented.size(), 1u);
  EXPECT_EQ(presenter.presented[0], reply);
  ASSERT_EQ(gate.sent.size(), 1u);
  EXPECT_EQ(acts(gate.sent[0]), "student=agree ");
  EXPECT_EQ(gate.sent[0].document, reply.document);
}

// The words that a host may take for one reply: "Yes Help No".
std::string offered_for(const AgentCheckReply& reply) {
  ScriptedPresenter presenter({Word::No});
  ScriptedGate gate({reply}, {kept_out("declined")});
  EXPECT_EQ(converse(presenter, gate, Asking::Ask).ending, Ending::Declined);
  const std::pair<Word, const char*> names[] = {{Word::Enter, "Enter "}, {Word::Yes, "Yes "},
                                                {Word::Later, "Later "}, {Word::Full, "Full "},
                                                {Word::Help, "Help "},   {Word::No, "No "}};
  std::string out;
  for (const auto& [word, name] : names)
    if (presenter.offered.at(0).has(word)) out += name;
  return out;
}

TEST(Presenter, IsToldWhichWordsAreAnswers) {
  EXPECT_EQ(offered_for(for_a_window()), "Yes Help No ");
  EXPECT_EQ(offered_for(for_a_window(with_later(asks()))), "Yes Later Help No ");
  EXPECT_EQ(offered_for(for_a_window(acknowledges())), "Enter Yes Full Help No ");
}

TEST(Presenter, ThatCannotShowWhatCameIsNoAnswerOfThePerson) {
  ScriptedPresenter presenter({fail(Code::Corrupt, "no such document")});
  ScriptedGate gate({for_a_window()}, {});
  const auto outcome = converse(presenter, gate, Asking::Ask);
  EXPECT_EQ(outcome.ending, Ending::Unavailable);
  EXPECT_EQ(outcome.message, "no such document");
  EXPECT_FALSE(outcome.recorded);
}

TEST(Presenter, ThatCannotShowAnAddOnIsNoAnswerOfThePersonEither) {
  ScriptedPresenter presenter({Word::Yes}, {fail(Code::Corrupt, "no window")});
  auto parts = asks().parts;
  parts.push_back(add_on());
  ScriptedGate gate({for_a_window(asks(parts))}, {});
  EXPECT_EQ(converse(presenter, gate, Asking::Ask).ending, Ending::Unavailable);
}

TEST(Presenter, ThatThePersonLeftRecordsNothing) {
  ScriptedPresenter gone({fail(Code::Unavailable, "left")});
  ScriptedGate gate({for_a_window()}, {});
  EXPECT_EQ(converse(gone, gate, Asking::Ask).ending, Ending::CutOff);
  ScriptedPresenter gone_later({Word::Yes}, {fail(Code::Unavailable, "left")});
  auto parts = asks().parts;
  parts.push_back(add_on());
  ScriptedGate again({for_a_window(asks(parts))}, {});
  EXPECT_EQ(converse(gone_later, again, Asking::Ask).ending, Ending::CutOff);
  EXPECT_EQ(gone_later.asked, std::vector<std::string>{"social"});
}

TEST(Presenter, ThatCannotAskLeavesItToTheService_A7) {
  ScriptedPresenter presenter({fail(Code::Denied, "no screen")});
  ScriptedGate gate({for_a_window()}, {let_in("later")});
  EXPECT_EQ(converse(presenter, gate, Asking::Ask).status, "later");
  ASSERT_EQ(gate.sent.size(), 1u);
  EXPECT_TRUE(gate.sent[0].cannot_ask);
}

TEST(Presenter, IsGivenEveryRuleWhenAskedForThem) {
  auto whole = for_a_window();
  whole.ticket = "ticket-2";
  ScriptedPresenter presenter({Word::Full, Word::Yes});
  ScriptedGate gate({for_a_window(acknowledges()), whole}, {let_in("accepted")});
  EXPECT_EQ(converse(presenter, gate, Asking::Ask).ticket, "ticket-2");
  EXPECT_EQ(presenter.presented.size(), 2u);
  EXPECT_FALSE(presenter.offered.at(1).has(Word::Full));
}

TEST(Presenter, IsShownNoTextThatCouldDriveATerminal) {
  ScriptedPresenter presenter({Word::Yes});
  ScriptedGate gate({for_a_window()}, {AgentAnswerReply{true, true, "accepted", "ok\x1b[0m", 1}});
  converse(presenter, gate, Asking::Ask);
  EXPECT_EQ(presenter.shown, std::vector<std::string>{"ok\uFFFD[0m"});
}

// An agent that answers for a window is no reason for a login to crash.
TEST(PagedPresenter, HasNothingToShowOfADocumentWithoutPages) {
  ScriptedScreen screen({});
  ScriptedGate gate({for_a_window()}, {});
  EXPECT_EQ(converse(screen, gate, Asking::Ask).ending, Ending::Unavailable);
}

TEST(Presenter, TellsTheRenditionsOfPupils) {
  for (const auto& [rendition, pupil] : {std::pair("ks1", true),
                                         {"ks2", true},
                                         {"easy", true},
                                         {"std", false},
                                         {"", false},
                                         {"ks3", false}}) {
    auto reply = asks();
    reply.rendition = rendition;
    EXPECT_EQ(is_for_pupils(reply), pupil) << rendition;
  }
}

}  // namespace
}  // namespace assent::gate
