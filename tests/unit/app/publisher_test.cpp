// Publishing: what is refused, what the record says, and that nothing extra gets in.

#include "service/app/publisher.h"

#include <gtest/gtest.h>

#include "core/formats/json.h"
#include "tests/support/gate_desk.h"

namespace assent {
namespace {

using support::GateDesk;
using support::policy_files;
using support::VersionText;

struct PublisherTest : testing::Test {
  Code refused(std::uint32_t number, std::vector<File> files) {
    const auto before = desk.records();
    const auto result = desk.try_publish("student", number, std::move(files));
    EXPECT_EQ(desk.records(), before);
    EXPECT_FALSE(result);
    return result ? Code::Corrupt : result.error().code;
  }
  Result<Time> retire(const std::string& policy) {
    return GateDesk::wait<Time>([&](auto then) {
      desk.publisher.retire(desk.ict, desk.school(), {policy}, "no longer used", then);
    });
  }
  static std::vector<File> without(std::vector<File> files, const std::string& what) {
    for (File& file : files) {
      const auto at = file.bytes.find(what);
      if (at == std::string::npos) continue;
      file.bytes.erase(at, file.bytes.find('\n', at) - at);
    }
    return files;
  }

  GateDesk desk;
};

TEST_F(PublisherTest, NumbersFollowEachOther) {
  EXPECT_EQ(refused(2, policy_files(2, {})), Code::Conflict);
  desk.publish("student", 1);
  EXPECT_EQ(refused(1, policy_files(1, {})), Code::Conflict);
  EXPECT_EQ(refused(3, policy_files(3, {})), Code::Conflict);
  EXPECT_EQ(refused(0, policy_files(0, {})), Code::Conflict);
  EXPECT_EQ(desk.publish("student", 2).version.number(), 2u);
}

TEST_F(PublisherTest, TwoAtOnceOfOneNumberMakeOneVersion) {
  std::vector<std::future<bool>> outcomes;
  for (int i = 0; i < 2; ++i) {
    const auto promise = std::make_shared<std::promise<bool>>();
    outcomes.push_back(promise->get_future());
    desk.publisher.publish(desk.ict, desk.school(), {{"student"}, 1, policy_files(1, {})},
                           [promise](const auto& made) { promise->set_value(bool(made)); });
  }
  EXPECT_NE(outcomes[0].get(), outcomes[1].get());
  EXPECT_EQ(desk.registry->catalogue()->policies.at(0).versions.size(), 1u);
}

// R37, K25, R36: no approval or no next review, no version.
TEST_F(PublisherTest, K25_R36_R37_WithoutItsApprovalsOrANextReviewAVersionIsDenied) {
  const auto files = policy_files(1, {});
  EXPECT_EQ(refused(1, without(files, "next_review")), Code::Denied);
  EXPECT_EQ(refused(1, without(files, "approvals")), Code::Denied);
  auto other_body = files;
  other_body[1].bytes.replace(other_body[1].bytes.find("governors"), 9, "caretaker");
  EXPECT_EQ(refused(1, other_body), Code::Denied);
}

TEST_F(PublisherTest, FilesThatDoNotBelongAreRefusedOrLeftOut) {
  auto files = policy_files(1, {});
  auto extra = files;
  extra.push_back({"1/notes.txt", "hidden"});
  EXPECT_EQ(refused(1, extra), Code::Invalid);
  extra = files;
  extra.push_back({"1/../../etc/passwd", "root"});
  EXPECT_EQ(refused(1, extra), Code::Invalid);
  extra = files;
  extra.push_back(files.back());  // one path twice
  EXPECT_EQ(refused(1, extra), Code::Invalid);
  extra = files;
  extra.resize(PublisherLimits::kFiles + 1, {"x", ""});
  EXPECT_EQ(refused(1, extra), Code::Invalid);
  EXPECT_EQ(refused(1, {}), Code::NotFound);

  files.push_back({"2/en-GB.std.md", "another version's"});
  files.push_back({"README", "nobody's"});
  files.push_back({"11/version.toml", "not version 1's"});
  (void)desk.try_publish("student", 1, files).value();
  const auto stored = desk.store.registers.load().value().versions.at(0).files;
  EXPECT_EQ(stored.size(), 3u);
  for (const File& file : stored)
    EXPECT_TRUE(file.path == "policy.toml" || file.path.starts_with("1/")) << file.path;
}

TEST_F(PublisherTest, TheRecordSaysWhatWhoAndByWhoseApproval) {
  const auto made = desk.publish("student", 1);
  const StoredRecord record = desk.store.ledger.record(made.version.entry).value();
  EXPECT_EQ(record.type, "publish");
  const Value body = parse_json(record.body).value();
  EXPECT_EQ(*body.find("hash")->text(), "sha256:" + to_hex(made.version.text->manifest_hash));
  EXPECT_EQ(*body.find("by")->find("login")->text(), "ict");
  EXPECT_EQ(*body.find("approvals")->array()->at(0).find("body")->text(), "governors");
  EXPECT_EQ(*body.find("effective")->text(), "2024-01-01T00:00:00.000Z");
}

TEST_F(PublisherTest, APlanChangesNothingAndCountsWhoWillBeAsked) {
  desk.student("ann");
  desk.student("ben");
  PersonRow left = desk.student("leaver");
  left.state = PersonState::Left;
  desk.put(left);
  desk.person("y1class", {{"kind", "shared"}, {"role", "student"}});
  desk.person("teacher", {{"role", "staff"}});
  desk.student("oak", 2);
  const auto before = desk.store.disk()->read();
  const auto plan =
      desk.publisher.plan(desk.school(), {{"student"}, 1, policy_files(1, {})}).value();
  EXPECT_EQ(plan.asked, 2u);
  EXPECT_EQ(plan.changes.size(), 1u);
  EXPECT_EQ(desk.store.disk()->read(), before);
}

TEST_F(PublisherTest, ShowsWhatChangedAgainstTheVersionBefore) {
  VersionText text;
  text.rules = {{"own", "My own login."}, {"lock", "I lock my screen."}, {"old", "No floppies."}};
  desk.publish("student", 1, text);
  text.rules = {{"own", "My own login."}, {"lock", "I lock every screen."}, {"new", "No phones."}};
  const auto made = desk.publish("student", 2, text);
  ASSERT_EQ(made.changes.size(), 3u);
  EXPECT_EQ(made.unchanged, 1u);
  EXPECT_EQ(made.changes[0].change, DocumentRule::Change::Changed);
  EXPECT_EQ(made.changes[1].change, DocumentRule::Change::Added);
  EXPECT_EQ(made.changes[2].change, DocumentRule::Change::Removed);
}

TEST_F(PublisherTest, ATextThatNoScreenCouldShowIsRefused) {
  VersionText text;
  text.rules.clear();
  for (int i = 0; i < 40; ++i)
    text.rules.emplace_back("rule" + std::to_string(i), std::string(2'000, 'a'));
  EXPECT_EQ(refused(1, policy_files(1, text)), Code::Invalid);
}

TEST_F(PublisherTest, ARetiredPolicyIsOwedByNobodyAndStaysRetired) {
  const auto may_retire = [&] { return desk.publisher.may_retire(desk.school(), {"student"}); };
  EXPECT_EQ(retire("student").error().code, Code::NotFound);
  EXPECT_EQ(may_retire().error().code, Code::NotFound);
  desk.publish("student", 1);
  EXPECT_TRUE(may_retire());
  desk.student("ann");
  const DeviceRow device = desk.device("LIB-01", 11);
  EXPECT_EQ(desk.check(device, "ann").verdict, Verdict::Ask);
  EXPECT_EQ(retire("student").value(), desk.clock.time);
  EXPECT_EQ(desk.check(device, "ann").verdict, Verdict::Clear);
  EXPECT_EQ(retire("student").error().code, Code::Conflict);
  EXPECT_EQ(may_retire().error().code, Code::Conflict);
  EXPECT_EQ(refused(2, policy_files(2, {})), Code::Conflict);
}

TEST_F(PublisherTest, OneSchoolsPolicyIsNotAnothers) {
  desk.publish("student", 1);
  desk.student("oak", 2);
  EXPECT_EQ(desk.check(desk.device("OAK-01", 12, 2), "oak").verdict, Verdict::Clear);
  EXPECT_TRUE(desk.try_publish("student", 1, policy_files(1, {}), 2));
}

}  // namespace
}  // namespace assent
