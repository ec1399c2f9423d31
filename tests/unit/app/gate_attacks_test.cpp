// Every way to answer for somebody else, twice, too late, or without being asked.

#include "tests/unit/app/answer_fixture.h"

namespace assent::answer_test {
namespace {

// A1: the record says who vouches, with statement and signature; place and class come from the key.
TEST_F(GateAnswer, A1_TheRecordKeepsWhoVouchedAndWhatItSigned) {
  const Shown shown = show();
  const AnswerQuestion asked = says(shown, Act::Agree);
  const Value body = record(good(send(asked)));
  EXPECT_EQ(*body.find("proof")->text(), "device");
  EXPECT_EQ(*body.find("device")->text(), "LIB-01");
  EXPECT_EQ(*body.find("room")->text(), "LIB");
  EXPECT_EQ(*body.find("school")->text(), "kingsmead");
  const Value& attestation = *body.find("attestation");
  EXPECT_EQ(*attestation.find("key")->text(), to_text(device.id));
  const auto signature = exactly<64>(from_base64(*attestation.find("sig")->text())).value();
  const std::string& statement = *attestation.find("stmt")->text();
  EXPECT_EQ(statement, asked.statement);
  EXPECT_TRUE(verify(*device.public_key, bytes_of(statement), signature));
  EXPECT_EQ(body.find("by"), nullptr);
  EXPECT_EQ(*body.find("shown")->find("hash")->text(), "sha256:" + asked.shown);
}

// A1: a stolen session is not the key, and another device's key is not this one's.
TEST_F(GateAnswer, A1_AnAnswerWithoutTheDevicesSignatureIsRefused) {
  const AnswerQuestion honest = says(show(), Act::Agree);
  AnswerQuestion forged = honest;
  forged.signature = {};
  EXPECT_EQ(refused(forged), Refusal::BadSignature);
  forged.signature = GateDesk::device_key(12).sign(bytes_of(honest.statement));
  EXPECT_EQ(refused(forged), Refusal::BadSignature);
  forged = honest;
  forged.statement += " ";
  EXPECT_EQ(refused(forged), Refusal::BadSignature);
  DeviceRow without = device;
  without.public_key.reset();
  EXPECT_EQ(refused_at(without, honest), Refusal::BadSignature);
}

// A3: nobody proved who they are, so nothing is recorded.
TEST_F(GateAnswer, A3_WithoutAnAuthenticationNothingIsRecorded) {
  for (const Act act : {Act::Agree, Act::Decline, Act::Help, Act::Defer}) {
    AnswerQuestion asked = says(show(), act);
    asked.authenticated = false;
    EXPECT_EQ(refused(asked), Refusal::Unproven) << to_text(act);
  }
  EXPECT_TRUE(desk.facts("jsmith").standings.empty());
}

// A8: where no prompt could be answered, nothing but "later" can be said.
TEST_F(GateAnswer, A8_WhereNobodyWasAskedNobodyAgreed) {
  publish_later(2);
  for (const bool authenticated : {false, true})
    for (const Act act : {Act::Agree, Act::Acknowledge, Act::Decline, Act::Help}) {
      AnswerQuestion asked = says(show(), act);
      asked.cannot_ask = true;
      asked.authenticated = authenticated;
      EXPECT_EQ(refused(asked), Refusal::NotOffered) << to_text(act);
    }
}

// A7: a login that can never be asked is deferred three times, and never past enforced-from.
TEST_F(GateAnswer, A7_ADeferralWithoutAPromptEndsByNumberAndByDate) {
  publish_later(2);
  const auto defer = [&](const std::string& login) {
    AnswerQuestion asked = says(show(login), Act::Defer);
    asked.cannot_ask = true;
    asked.authenticated = false;
    return asked;
  };
  for (int i = 0; i < 3; ++i) {
    const AnswerOutcome outcome = good(send(defer("jsmith")));
    EXPECT_TRUE(outcome.let_in);
    EXPECT_EQ(outcome.outcome, "later");
  }
  EXPECT_EQ(refused(defer("jsmith")), Refusal::NoMoreLater);
  EXPECT_EQ(desk.check(device, "jsmith").shown->deferrals_left, 0u);

  desk.student("other");
  EXPECT_EQ(good(send(defer("other"))).outcome, "later");
  desk.clock.time = parse_rfc3339("2025-01-01T00:00:00.000Z").value();
  EXPECT_EQ(refused(defer("other")), Refusal::NoMoreLater);
  // A ticket from before the instant does not carry it over.
  desk.clock.time -= minutes{1};
  const auto before = defer("other");
  desk.clock.time += minutes{1};
  EXPECT_EQ(refused(before), Refusal::NoMoreLater);
}

// A7: the school's own number is for those who can answer.
TEST_F(GateAnswer, A7_ADeferralWithoutAPromptEndsByNumberWhereThePolicyIsOnlyAsked) {
  auto schools = support::gate_schools();
  schools[0].policies[{"student"}].enforcement = Enforcement::Ask;
  GateDesk asking{std::make_shared<support::MemoryDisk>(), {}, schools};
  asking.publish("student", 1);
  asking.student("jsmith");
  const DeviceRow at = asking.device("LIB-01", 11);
  const auto defer = [&](bool cannot_ask) {
    const Shown shown = asking.check(at, "jsmith").shown.value();
    AnswerQuestion asked = asking.question(shown, {{"student", Act::Defer}}, 11);
    asked.cannot_ask = cannot_ask;
    return asking.answer(at, asked);
  };
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(good(defer(true)).let_in);
  EXPECT_EQ(std::get<AnswerFailure>(defer(true)).refusal, Refusal::NoMoreLater);
  EXPECT_TRUE(good(defer(false)).let_in);  // with a prompt they may, as before
}

// A ticket that asked to carry on is not enough once a yes is owed to the same text.
TEST_F(GateAnswer, AnAnswerToAWeakerQuestionIsOvertaken) {
  VersionText both;
  both.renditions = {"en-GB.std", "en-GB.ks2"};
  desk.publish("student", 2, both);
  good(send(says(show(), Act::Agree)));
  PersonRow younger = desk.store.people.person(desk.facts("jsmith").person).value();
  const Profile ks2{{"role", "student"}, {"stage", "ks2"}};
  desk.put(ProfileRow{0, 1, ks2});
  younger.profile = desk.registry->profile_key(1, ks2).value();
  desk.put(younger);
  const AnswerQuestion carry_on = says(show(), Act::Acknowledge);
  (void)GateDesk::wait<Written>([&](auto then) {
    desk.behalf.answer(desk.ict, desk.school(), younger,
                       {Act::Withdraw, {"student"}, "paper", "", {}}, then);
  }).value();
  EXPECT_EQ(refused(carry_on), Refusal::Overtaken);
}

// A12: a repeat renders the first receipt, and only to the same answer of the same device.
TEST_F(GateAnswer, A12_TheSameAnswerAgainGivesTheFirstReceiptByteForByte) {
  const AnswerQuestion asked = says(show(), Act::Agree);
  const AnswerOutcome first = good(send(asked));
  desk.student("ann");
  (void)good(send(says(show("ann"), Act::Agree)));  // the log has grown since
  const auto size = desk.records();
  for (int i = 0; i < 3; ++i) {
    const AnswerOutcome again = good(send(asked));
    EXPECT_EQ(to_file(again.receipt), to_file(first.receipt));
    EXPECT_EQ(again.let_in, first.let_in);
    EXPECT_EQ(again.outcome, first.outcome);
  }
  EXPECT_EQ(desk.records(), size);

  GateDesk restarted(desk.store.disk());
  const auto same = restarted.registry->device(device.id).value();
  EXPECT_EQ(to_file(good(restarted.answer(same, asked)).receipt), to_file(first.receipt));
}

TEST_F(GateAnswer, A12_ADeclineIsNotTurnedIntoAnAgreementByTheSameTicket) {
  const Shown shown = show();
  const AnswerOutcome first = good(send(says(shown, Act::Decline)));
  EXPECT_EQ(refused(says(shown, Act::Agree)), Refusal::AnsweredOtherwise);
  EXPECT_EQ(to_file(good(send(says(shown, Act::Decline))).receipt), to_file(first.receipt));
  EXPECT_EQ(desk.facts("jsmith").standings.at(0).version, 0u);
}

TEST_F(GateAnswer, A12_AnotherDeviceOrSchoolCannotUseATicket) {
  const AnswerQuestion asked = says(show(), Act::Agree);
  const DeviceRow neighbour = desk.device("LIB-02", 12), oak = desk.device("OAK-01", 13, 2);
  for (const auto& [thief, key] : {std::pair{neighbour, 12}, std::pair{oak, 13}}) {
    AnswerQuestion stolen = asked;
    stolen.signature =
        GateDesk::device_key(static_cast<unsigned char>(key)).sign(bytes_of(asked.statement));
    EXPECT_EQ(refused_at(thief, stolen), Refusal::OtherDevice);
  }
  (void)good(send(asked));
  EXPECT_EQ(refused_at(neighbour, asked), Refusal::OtherDevice);  // and learns nothing of it
  DeviceRow moved = device;
  moved.school = 2;
  EXPECT_EQ(refused_at(moved, asked), Refusal::OtherDevice);
}

TEST_F(GateAnswer, ATicketThatWasChangedOrIsNoneIsRefused) {
  const AnswerQuestion honest = says(show(), Act::Agree);
  for (const std::string& ticket :
       {std::string(), std::string("AAAA"), honest.ticket + "A", "B" + honest.ticket.substr(1)}) {
    AnswerQuestion asked = honest;
    asked.ticket = ticket;
    EXPECT_EQ(refused(asked), Refusal::BadTicket);
  }
}

TEST_F(GateAnswer, AStatementAboutAnotherDocumentIsRefused) {
  AnswerQuestion asked = says(show(), Act::Agree);
  for (const std::string& shown : {std::string(), to_hex(Digest{}), asked.shown + "00"}) {
    asked.shown = shown;
    EXPECT_EQ(refused(asked), Refusal::BadTicket) << shown;
  }
}

TEST_F(GateAnswer, ATicketLivesSixtyMinutes) {
  const AnswerQuestion asked = says(show(), Act::Agree);
  desk.clock.time += kTicketLife;
  EXPECT_EQ(refused(asked), Refusal::Expired);
  desk.clock.time -= milliseconds{1};
  (void)good(send(asked));
}

TEST_F(GateAnswer, OnlyWhatWasOfferedCanBeAnswered) {
  const Shown shown = show();
  for (const std::vector<GivenAnswer>& answers :
       std::vector<std::vector<GivenAnswer>>{{},
                                             {{"student", Act::Agree}, {"student", Act::Agree}},
                                             {{"staff", Act::Agree}},
                                             {{"", Act::Agree}},
                                             {{"student", Act::None}},
                                             {{"student", Act::Acknowledge}},  // it must be agreed
                                             {{"student", Act::Endorse}},
                                             {{"student", Act::Withdraw}},
                                             {{"student", Act::Notified}}})
    EXPECT_EQ(refused(desk.question(shown, answers, 11)), Refusal::NotOffered);
}

// A13: no act that belongs to a signed-in actor, and nothing about an actor, comes from a device.
TEST_F(GateAnswer, A13_ADeviceCannotAnswerOnBehalfOfAnybody) {
  for (const Act act : {Act::Endorse, Act::Withdraw, Act::Notified})
    EXPECT_EQ(refused(says(show(), act)), Refusal::NotOffered) << to_text(act);
  AnswerQuestion asked = says(show(), Act::Agree);
  asked.statement += "proof paper\nby Mrs Jones\n";
  asked.signature = GateDesk::device_key(11).sign(bytes_of(asked.statement));
  const Value body = record(good(send(asked)));
  EXPECT_EQ(*body.find("proof")->text(), "device");
  EXPECT_EQ(body.find("by"), nullptr);
}

}  // namespace
}  // namespace assent::answer_test
