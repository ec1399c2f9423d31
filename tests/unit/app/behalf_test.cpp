// Answers by a signed-in person for somebody else: always with actor and method, never as a device.

#include "service/app/behalf.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using support::GateDesk;
using support::VersionText;

struct BehalfTest : testing::Test {
  BehalfTest() {
    desk.publish("student", 1);
    ann = desk.student("ann");
    device = desk.device("LIB-01", 11);
  }
  Result<Written> answer(const PersonRow& person, BehalfRequest request) {
    return GateDesk::wait<Written>(
        [&](auto then) { desk.behalf.answer(desk.ict, desk.school(), person, request, then); });
  }
  Result<Written> act(Act act, const std::string& how = "paper") {
    return answer(ann, {act, {"student"}, how, "", {}});
  }
  Result<ClassSigned> sign_class(std::vector<std::string> present, const std::string& form = "9B") {
    return GateDesk::wait<ClassSigned>([&](auto then) {
      desk.behalf.sign_class(desk.ict, desk.school(),
                             {form, {"student"}, "read aloud", "", std::move(present)}, then);
    });
  }
  static Value body(const Written& written) {
    return parse_json(written.receipts.at(0).record).value();
  }
  const Value& item(const Value& record) { return record.find("items")->array()->at(0); }
  Verdict verdict(const std::string& login) { return desk.check(device, login).verdict; }

  GateDesk desk;
  PersonRow ann;
  DeviceRow device;
};

TEST_F(BehalfTest, PaperIsTypedInByNameAndClearsTheGate) {
  const Written written =
      answer(ann, {Act::Agree, {"student"}, "paper", "form of 3 October", {}}).value();
  const Value record = body(written);
  EXPECT_EQ(*record.find("proof")->text(), "paper");
  EXPECT_EQ(*record.find("by")->find("login")->text(), "ict");
  EXPECT_EQ(*record.find("by")->find("how")->text(), "paper");
  EXPECT_EQ(*record.find("by")->find("note")->text(), "form of 3 October");
  EXPECT_EQ(record.find("attestation"), nullptr);
  EXPECT_TRUE(verify_receipt(written.receipts[0], {desk.receipts.key()}));
  EXPECT_EQ(verdict("ann"), Verdict::Clear);
  EXPECT_EQ(*body(act(Act::Agree, "with TA").value()).find("proof")->text(), "witnessed");
}

TEST_F(BehalfTest, WhatWasWithdrawnIsAskedAgain) {
  const Written signed_for = act(Act::Agree).value();
  VersionText next;
  next.mode = "editorial";
  desk.publish("student", 2, next);
  const Value record = body(act(Act::Withdraw).value());
  EXPECT_EQ(*record.find("of")->integer(), std::int64_t(signed_for.receipts[0].index));
  EXPECT_EQ(*item(record).find("version")->integer(), 1);  // what was accepted, not the newest
  EXPECT_EQ(verdict("ann"), Verdict::Ask);
  EXPECT_EQ(act(Act::Withdraw).error().code, Code::Conflict);
}

TEST_F(BehalfTest, AnEndorsementNeedsAnAcceptanceAndChangesNoVerdict) {
  EXPECT_EQ(act(Act::Endorse).error().code, Code::Conflict);
  EXPECT_EQ(act(Act::Decline).value().receipts.size(), 1u);
  EXPECT_EQ(act(Act::Endorse).error().code, Code::Conflict);
  const Written signed_for = act(Act::Agree).value();
  VersionText next;
  next.rules = {{"own", "Another rule."}};
  desk.publish("student", 2, next);
  const Value record = body(act(Act::Endorse, "phone call").value());
  EXPECT_EQ(*record.find("of")->integer(), std::int64_t(signed_for.receipts[0].index));
  EXPECT_EQ(*item(record).find("version")->integer(), 1);
  EXPECT_EQ(*item(record).find("act")->text(), "endorse");
  EXPECT_EQ(desk.facts("ann").standings.at(0).version, 1u);
  EXPECT_EQ(verdict("ann"), Verdict::Ask);  // version 2 is not signed by that
}

TEST_F(BehalfTest, TwoParentsEndorseTheSameAnswerAndNoOther) {
  const Written signed_for = act(Act::Agree).value();
  const std::uint64_t entry = signed_for.receipts[0].index;
  for (const char* parent : {"mother", "father"})
    EXPECT_EQ(*body(act(Act::Endorse, parent).value()).find("of")->integer(), std::int64_t(entry));
  EXPECT_EQ(answer(ann, {Act::Endorse, {"student"}, "paper", "", entry + 1}).error().code,
            Code::Invalid);
}

TEST_F(BehalfTest, NoOtherActIsPossible) {
  for (const Act wrong : {Act::None, Act::Defer, Act::Help, Act::Notified})
    EXPECT_EQ(act(wrong).error().code, Code::Invalid) << to_text(wrong);
  EXPECT_EQ(act(Act::Acknowledge).error().code, Code::Invalid);  // it must be agreed to
  EXPECT_EQ(answer(ann, {Act::Agree, {"none"}, "paper", "", {}}).error().code, Code::NotFound);
  EXPECT_TRUE(desk.facts("ann").standings.empty());
}

// A dry run must not approve what the real thing refuses: every pair is asked for both.
TEST_F(BehalfTest, AnAnswerMayBeGivenExactlyWhenItIs) {
  const PersonRow shared = desk.person("y1class", {{"kind", "shared"}, {"role", "student"}});
  PersonRow infant = desk.student("bo");
  infant.login = "";
  desk.put(infant);
  const auto before = desk.records();
  for (const PersonRow& person : {ann, shared, infant})
    for (const Act act : {Act::Help, Act::Acknowledge, Act::Endorse, Act::Withdraw, Act::Agree})
      for (const char* policy : {"student", "none"}) {
        const BehalfRequest request{act, {policy}, "paper", "", {}};
        const auto records = desk.records();
        const Status may =
            desk.behalf.may_answer(desk.ict, desk.school(), person, request, desk.clock.time);
        EXPECT_EQ(desk.records(), records);
        const auto done = answer(person, request);
        ASSERT_EQ(bool(may), bool(done)) << person.name << to_text(act) << policy;
        EXPECT_EQ(may ? "" : may.error().message, done ? "" : done.error().message);
      }
  EXPECT_EQ(desk.records(), before + 2);
}

TEST_F(BehalfTest, AClassThatWouldSignIsTheClassThatSigns) {
  desk.student("ben");
  PersonRow infant = desk.student("cat");
  infant.login = "";
  desk.put(infant);
  ASSERT_TRUE(act(Act::Agree));
  const auto plan = [&](std::vector<std::string> present, const std::string& form,
                        const std::string& policy) {
    return desk.behalf.to_sign(desk.ict, desk.school(),
                               {form, {policy}, "read aloud", "", std::move(present)},
                               desk.clock.time);
  };
  const auto before = desk.records();
  const std::vector<std::string> present{"ann", "ben", "Name of cat", "nobody", "ben"};
  const ClassSigned planned = plan(present, "9B", "student").value();
  EXPECT_EQ(plan(present, "9Z", "student").error().code, Code::NotFound);
  EXPECT_EQ(plan(present, "9B", "none").error().code, Code::NotFound);
  EXPECT_EQ(desk.records(), before);
  const ClassSigned done = sign_class(present).value();
  EXPECT_EQ(planned.entries.size(), done.entries.size());
  EXPECT_EQ(done.entries.size(), 2u);
  EXPECT_EQ(planned.missing, done.missing);
}

// A33: one click never signs for thirty.
TEST_F(BehalfTest, A33_ASharedAccountIsRefused) {
  const PersonRow shared = desk.person("y1class", {{"kind", "shared"}, {"role", "student"}});
  EXPECT_EQ(answer(shared, {Act::Agree, {"student"}, "paper", "", {}}).error().code, Code::Denied);
  const auto before = desk.records();
  EXPECT_EQ(sign_class({"ann", "y1class"}).error().code, Code::Denied);
  EXPECT_EQ(desk.records(), before);  // nor anybody beside it
  EXPECT_EQ(verdict("ann"), Verdict::Ask);
}

TEST_F(BehalfTest, AClassIsOneRecordAChildUnderOneCheckpoint) {
  desk.student("ben");
  desk.student("cat");
  PersonRow elsewhere = desk.student("dan");
  elsewhere.form = "9C";
  desk.put(elsewhere);
  const auto checkpoints = desk.store.disk()->read()->checkpoints.size();
  const ClassSigned result = sign_class({"ann", "ben", "dan", "nobody", "ann"}).value();
  EXPECT_EQ(result.entries.size(), 2u);
  EXPECT_EQ(result.missing, (std::vector<std::string>{"dan", "nobody"}));
  EXPECT_EQ(desk.store.disk()->read()->checkpoints.size(), checkpoints + 1);
  for (const char* login : {"ann", "ben"}) EXPECT_EQ(verdict(login), Verdict::Clear) << login;
  for (const char* login : {"cat", "dan"}) EXPECT_EQ(verdict(login), Verdict::Ask) << login;
  for (const std::uint64_t entry : result.entries)
    EXPECT_TRUE(verify_receipt(desk.receipts.receipt(entry).value(), {desk.receipts.key()}));
  EXPECT_EQ(desk.facts("ben").standings.at(0).entry, result.entries[1]);
}

TEST_F(BehalfTest, AClassThatHasSignedSignsNothingAgain) {
  ASSERT_EQ(sign_class({"ann"}).value().entries.size(), 1u);
  const auto before = desk.records();
  const ClassSigned again = sign_class({"ann"}).value();
  EXPECT_TRUE(again.entries.empty());
  EXPECT_EQ(again.missing, std::vector<std::string>{"ann"});
  EXPECT_EQ(desk.records(), before);
}

TEST_F(BehalfTest, AClassHasAnEnd) {
  EXPECT_EQ(sign_class(std::vector<std::string>(OnBehalf::kClassMax + 1, "ann")).error().code,
            Code::Invalid);
  EXPECT_EQ(sign_class({"ann"}, "9Z").error().code, Code::NotFound);
}

TEST_F(BehalfTest, AFaultInTheMiddleOfAClassSignsNobody) {
  int statements = 0;
  GateDesk failing(desk.store.disk(), [&](store::FaultPoint at) {
    return at == store::FaultPoint::Statement && ++statements == 4 ? store::Fault::Lost
                                                                   : store::Fault::None;
  });
  desk.student("ben");
  const auto before = failing.store.disk()->read();
  const auto result = GateDesk::wait<ClassSigned>([&](auto then) {
    failing.behalf.sign_class(failing.ict, failing.school(),
                              {"9B", {"student"}, "read aloud", "", {"ann", "ben"}}, then);
  });
  EXPECT_EQ(result.error().code, Code::Unavailable);
  EXPECT_EQ(failing.store.disk()->read(), before);
}

}  // namespace
}  // namespace assent
