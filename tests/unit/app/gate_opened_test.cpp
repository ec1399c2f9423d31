// The session began: a record only where it completes an acknowledgement, once, and signed.

#include "tests/unit/app/answer_fixture.h"

namespace assent::answer_test {
namespace {

struct GateOpened : GateAnswer {
  GateOpened() {
    (void)good(send(says(show(), Act::Agree)));
    VersionText read_only;
    read_only.mode = "acknowledge";
    read_only.rules = {{"own", "I use my own login. Always."}};
    desk.publish("student", 2, read_only);
  }
  // An acknowledgement that the session's beginning would complete.
  Shown acknowledged() {
    const Shown shown = show();
    answer = good(send(says(shown, Act::Acknowledge)));
    return shown;
  }
  OpenedQuestion tells(const Shown& shown) { return desk.opening(shown, 11); }
  std::size_t written(const OpenedQuestion& told) {
    const OpenedResult result = desk.open(device, told).get();
    if (const auto* failure = std::get_if<AnswerFailure>(&result))
      ADD_FAILURE() << failure->error.message;
    return std::get<Written>(result).receipts.size();
  }
  // The refusal; nothing may have been written.
  Refusal refuses(const OpenedQuestion& told) { return refuses_at(device, told); }
  Refusal refuses_at(const DeviceRow& at, const OpenedQuestion& told) {
    const auto before = desk.records();
    const OpenedResult result = desk.open(at, told).get();
    EXPECT_EQ(desk.records(), before);
    const auto* failure = std::get_if<AnswerFailure>(&result);
    return failure ? failure->refusal : Refusal::None;
  }
  AnswerOutcome answer;
};

TEST_F(GateOpened, A8_RecordsAnOpeningOnlyAfterAnAcknowledgement) {
  const Shown shown = show();
  EXPECT_EQ(desk.check(device, "jsmith").verdict, Verdict::Acknowledge);
  EXPECT_EQ(written(tells(shown)), 0u);  // shown, never answered
  EXPECT_EQ(desk.facts("jsmith").standings.at(0).version, 1u);
  const AnswerOutcome outcome = good(send(says(shown, Act::Acknowledge)));
  EXPECT_EQ(outcome.outcome, "accepted");
  EXPECT_EQ(written(tells(shown)), 1u);
}

TEST_F(GateOpened, AfterAnAgreementThereIsNothingToComplete) {
  const Shown shown = show();
  (void)good(send(says(shown, Act::Agree)));  // more than was asked
  EXPECT_EQ(written(tells(shown)), 0u);
}

// A1: who vouches that the session began, as for an answer.
TEST_F(GateOpened, A1_TheRecordKeepsWhoVouchedAndWhatItSigned) {
  const OpenedQuestion told = tells(acknowledged());
  const Written done = std::get<Written>(desk.open(device, told).get());
  ASSERT_EQ(done.receipts.size(), 1u);
  const Value body = parse_json(done.receipts[0].record).value();
  EXPECT_EQ(*body.find("type")->text(), "opened");
  EXPECT_EQ(*body.find("of")->integer(), std::int64_t(answer.receipt.index));
  EXPECT_EQ(*body.find("proof")->text(), "device");
  EXPECT_EQ(*body.find("channel")->text(), "pam:login");
  EXPECT_EQ(*body.find("device")->text(), "LIB-01");
  EXPECT_EQ(*body.find("room")->text(), "LIB");
  EXPECT_EQ(*body.find("school")->text(), "kingsmead");
  const Value& attestation = *body.find("attestation");
  EXPECT_EQ(*attestation.find("key")->text(), to_text(device.id));
  EXPECT_EQ(*attestation.find("stmt")->text(), told.statement);
  EXPECT_EQ(*attestation.find("sig")->text(), to_base64(told.signature));
}

// A1: a stolen session is not the key, and another device's key is not this one's.
TEST_F(GateOpened, A1_AnOpeningWithoutTheDevicesSignatureIsRefused) {
  const Shown shown = acknowledged();
  const OpenedQuestion honest = tells(shown);
  OpenedQuestion forged = honest;
  forged.signature = {};
  EXPECT_EQ(refuses(forged), Refusal::BadSignature);
  EXPECT_EQ(refuses(desk.opening(shown, 12)), Refusal::BadSignature);
  forged = honest;
  forged.statement += " ";
  EXPECT_EQ(refuses(forged), Refusal::BadSignature);
  DeviceRow without = device;
  without.public_key.reset();
  EXPECT_EQ(refuses_at(without, honest), Refusal::BadSignature);
  EXPECT_EQ(written(honest), 1u);  // no refusal used it up
}

TEST_F(GateOpened, A1_TheSignatureOverAnAnswerIsNoneOverAnOpeningNorTheOtherWayRound) {
  const Shown shown = show();
  const AnswerQuestion asked = says(shown, Act::Acknowledge);
  AnswerQuestion turned = asked;
  turned.signature = tells(shown).signature;
  EXPECT_EQ(refused(turned), Refusal::BadSignature);
  (void)good(send(asked));
  OpenedQuestion forged = tells(shown);
  forged.signature = asked.signature;
  EXPECT_EQ(refuses(forged), Refusal::BadSignature);
}

// A12: in one transaction or in many, signed anew or not.
TEST_F(GateOpened, A12_AHundredOpeningsAreOneRecord) {
  const Shown shown = acknowledged();
  const auto size = desk.records();
  std::vector<std::future<OpenedResult>> waiting;
  for (int i = 0; i < 100; ++i) {
    OpenedQuestion told = tells(shown);
    told.statement += "at " + std::to_string(i / 2) + "\n";
    told.signature = GateDesk::device_key(11).sign(bytes_of(told.statement));
    waiting.push_back(desk.open(device, told));
  }
  std::size_t receipts = 0;
  for (auto& result : waiting) receipts += std::get<Written>(result.get()).receipts.size();
  EXPECT_EQ(receipts, 1u);
  EXPECT_EQ(desk.records(), size + 1);
  EXPECT_EQ(written(tells(shown)), 0u);
}

TEST_F(GateOpened, A12_AnotherDeviceOrSchoolCannotSayThatASessionBegan) {
  const Shown shown = acknowledged();
  const DeviceRow neighbour = desk.device("LIB-02", 12), oak = desk.device("OAK-01", 13, 2);
  EXPECT_EQ(refuses_at(neighbour, desk.opening(shown, 12)), Refusal::OtherDevice);
  EXPECT_EQ(refuses_at(oak, desk.opening(shown, 13)), Refusal::OtherDevice);
  EXPECT_EQ(refuses_at(neighbour, tells(shown)), Refusal::OtherDevice);
  DeviceRow moved = device;
  moved.school = 2;
  EXPECT_EQ(refuses_at(moved, tells(shown)), Refusal::OtherDevice);
}

TEST_F(GateOpened, ATicketThatWasChangedOrIsNoneIsRefused) {
  const OpenedQuestion honest = tells(acknowledged());
  for (const std::string& ticket : {std::string(), std::string("AAAA"), honest.ticket + "A"}) {
    OpenedQuestion told = honest;
    told.ticket = ticket;
    EXPECT_EQ(refuses(told), Refusal::BadTicket) << ticket;
  }
}

}  // namespace
}  // namespace assent::answer_test
