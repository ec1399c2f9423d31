// Receipts and checkpoints, good and tampered. The vectors of the formats are in tests/unit/ledger.

#include "admin-cli/receipt_file.h"
#include "core/formats/json.h"
#include "core/wire/gate.h"
#include "tests/unit/cli/service_script.h"
#include "tests/unit/ledger/signer.h"

namespace assent::cli {
namespace {

const std::string kDevice = "d_aaaaaaaaaaaaaaaaaaaaaaaaaa";
const Signer kSchool("school.example/log", 1), kWitness("witness.example", 2);

SigningKey device_signer() {
  return SigningKey(SecretKey(std::array<std::byte, 32>{std::byte{9}}));
}

std::string statement(const std::string& act) {
  wire::Statement out;
  out.device = kDevice;
  out.ticket_hash = std::string(64, 'a');
  out.shown = std::string(64, 'b');
  out.channel = "pam:sshd";
  out.answers = {{"student", act}};
  return to_statement(out);
}

struct Answer {
  std::string stated = "agree", recorded = "agree";
  std::uint64_t published = 0;  // index of the version's own record; the answer's is 1
};

Object attestation(const std::string& said) {
  const Signature signature = device_signer().sign(bytes_of(said));
  return {{"key", kDevice}, {"stmt", said}, {"sig", to_base64(signature)}};
}

std::string record(const Answer& answer) {
  return to_canonical_json(Object{
      {"v", 1},
      {"type", "accept"},
      {"t", "2026-09-01T08:00:00.000Z"},
      {"subject", Object{{"id", "p_x"}, {"login", "amira.hussain"}}},
      {"proof", "device"},
      {"device", "LIB-0039"},
      {"attestation", attestation(statement(answer.stated))},
      {"shown",
       Object{{"hash", "sha256:" + std::string(64, 'b')}, {"lang", "en-GB"}, {"style", "ks2"}}},
      {"items", Array{Object{{"policy", "student"},
                             {"version", 2},
                             {"idx", answer.published},
                             {"act", answer.recorded}}}}});
}

std::string opened_statement(const std::string& device = kDevice) {
  return to_statement(wire::OpenedStatement{device, std::string(64, 'a'), "pam:sshd", {}});
}

// The record of a session that began, with what the device signed.
std::string opened(const std::string& said) {
  return to_canonical_json(Object{{"v", 1},
                                  {"type", "opened"},
                                  {"t", "2026-09-01T08:00:05.000Z"},
                                  {"of", 0},
                                  {"proof", "device"},
                                  {"channel", "pam:sshd"},
                                  {"device", "LIB-0039"},
                                  {"attestation", attestation(said)}});
}

// A log of two entries whose second is the record.
struct Log {
  Receipt receipt;
  Checkpoint head;
};
Log log_with(const std::string& text) {
  Log log;
  log.receipt.record = text;
  log.receipt.index = 1;
  const Digest first = leaf_hash(commit(Salt{}, "first"));
  const Digest second = leaf_hash(commit(log.receipt.salt, text));
  log.receipt.proof = {first};
  log.head = {kSchool.key.name, 2, node_hash(first, second)};
  log.receipt.note = kSchool.sign(log.head);
  return log;
}

class Verify : public Desk {
 protected:
  Ran verify(const Receipt& receipt, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"receipt", "verify", folder.write("r.json", to_file(receipt)),
                                   "--key", to_text(kSchool.key)};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  void expect_not_proved(const Ran& ran, const std::string& why) {
    EXPECT_EQ(ran.exit, Exit::Found) << ran.err;
    EXPECT_HAS(ran.err, "NOT PROVED");
    EXPECT_HAS(ran.err, why);
    EXPECT_EQ(ran.out, "");
  }
};

TEST_F(Verify, SaysWhatIsProvedWhoVouchesAndWhatIsNotProved) {
  const Ran ran = verify(log_with(record({})).receipt);
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_HAS(ran.out, "PROVED: this record is entry 1 of the log school.example/log");
  EXPECT_HAS(ran.out, "signed by the school only");
  EXPECT_HAS(ran.out, "amira.hussain: student version 2, agree");
  EXPECT_HAS(ran.out, "LIB-0039 vouches for this login");
  EXPECT_HAS(ran.out, "--device-key");
  EXPECT_TRUE(script.asked.empty()) << "verify needs no service";
}

TEST_F(Verify, TheDevicesOwnSignatureIsCheckedWithItsKey) {
  const Receipt receipt = log_with(record({})).receipt;
  const std::string key = to_base64(device_signer().public_key());
  EXPECT_HAS(verify(receipt, {"--device-key", key}).out, "it signed the answer");
  expect_not_proved(verify(receipt, {"--device-key", to_base64(kSchool.key.key)}),
                    "does not fit the device key");
}

TEST_F(Verify, AWitnessIsNamed) {
  Log log = log_with(record({}));
  log.receipt.note += kWitness.line(log.head);
  const Ran ran = verify(log.receipt, {"--key", to_text(kWitness.key)});
  EXPECT_HAS(ran.out, "witnessed by witness.example");
  EXPECT_LACKS(ran.out, "school only");
}

TEST_F(Verify, AChangedRecordIsNotProved) {
  Receipt receipt = log_with(record({})).receipt;
  receipt.record.replace(receipt.record.find("amira"), 5, "admin");
  const Ran ran = verify(receipt);
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_EQ(ran.out, "");
}

TEST_F(Verify, AnotherSchoolsKeyProvesNothing) {
  const std::string file = folder.write("r.json", to_file(log_with(record({})).receipt));
  EXPECT_EQ(
      run({"receipt", "verify", file, "--key", to_text(Signer("school.example/log", 7).key)}).exit,
      Exit::Found);
}

TEST_F(Verify, ARecordThatSaysElseThanItsDeviceIsNotProved) {
  expect_not_proved(verify(log_with(record({"decline", "agree", 0})).receipt), "another answer");
  expect_not_proved(verify(log_with(record({"agree", "agree", 1})).receipt),
                    "published after this answer");
}

TEST_F(Verify, ASessionThatBeganVerifiesAsAnAnswerDoes) {
  const Receipt receipt = log_with(opened(opened_statement())).receipt;
  const Ran ran = verify(receipt);
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_HAS(ran.out, "opened");
  EXPECT_HAS(ran.out, "entry 0");
  EXPECT_HAS(ran.out, "LIB-0039 vouches for this login, by the school's record");
  EXPECT_HAS(ran.out, "That a session began, beyond who vouches");
  const std::string key = to_base64(device_signer().public_key());
  EXPECT_HAS(verify(receipt, {"--device-key", key}).out, "it signed that the session began");
  expect_not_proved(verify(receipt, {"--device-key", to_base64(kSchool.key.key)}),
                    "does not fit the device key");
}

TEST_F(Verify, ASessionThatTheDeviceStatedOtherwiseIsNotProved) {
  expect_not_proved(verify(log_with(opened(statement("acknowledge"))).receipt), "cannot be read");
  expect_not_proved(
      verify(log_with(opened(opened_statement("d_b" + std::string(25, 'a')))).receipt),
      "another device");
  std::string elsewhere = opened(opened_statement());
  elsewhere.replace(elsewhere.find(R"("channel":"pam:sshd")"), 20, R"("channel":"pam:sudo")");
  expect_not_proved(verify(log_with(elsewhere).receipt), "another channel");
}

TEST_F(Verify, TheKeyMayBeAFile) {
  const std::string file = folder.write("r.json", to_file(log_with(record({})).receipt));
  const std::string key = folder.write("school.vkey", to_text(kSchool.key) + "\n");
  EXPECT_EQ(run({"receipt", "verify", file, "--key", key}).exit, Exit::Done);
  EXPECT_EQ(run({"receipt", "verify", file, "--key", "no such thing"}).exit, Exit::Usage);
}

TEST_F(Verify, JsonSaysTheSame) {
  const Ran ran = verify(log_with(record({})).receipt, {"--json"});
  const Value said = parse_json(ran.out).value();
  EXPECT_TRUE(*said.find("verified")->boolean());
  EXPECT_FALSE(*said.find("witnessed")->boolean());
}

TEST_F(Verify, WhatIsNoReceiptIsSaidToBeNone) {
  for (const char* text : {"", "{}", "[]", "{\"record\":\"{}\",\"proof\":\"x\"}", "\x01\xff"}) {
    const Ran ran =
        run({"receipt", "verify", folder.write("r.json", text), "--key", to_text(kSchool.key)});
    expect_not_proved(ran, "no receipt");
  }
}

TEST_F(Verify, ShowWritesTheFileOnceAndNeverOver) {
  const Receipt receipt = log_with(record({})).receipt;
  script.say("GET /v1/receipts/1", to_file(receipt));
  const std::string out = folder.path("kept.json");
  EXPECT_EQ(run({"receipt", "show", "1", "--out", out}).exit, Exit::Done);
  EXPECT_EQ(folder.read("kept.json"), to_file(receipt)) << "the same bytes at every call";
  EXPECT_EQ(run({"receipt", "show", "1", "--out", out}).exit, Exit::Refused);
  EXPECT_EQ(run({"receipt", "verify", out, "--key", to_text(kSchool.key)}).exit, Exit::Done);
}

class Consistency : public Desk {
 protected:
  Consistency() {
    const Digest a = leaf_hash(commit(Salt{}, "a")), b = leaf_hash(commit(Salt{}, "b"));
    older = {kSchool.key.name, 1, a};
    newer = {kSchool.key.name, 2, node_hash(a, b)};
    script.say("GET /v1/ledger/key", to_text(kSchool.key) + "\n");
    script.say("GET /v1/ledger/checkpoint", kSchool.sign(newer));
    script.say("GET /v1/ledger/consistency", R"({"proof":[")" + to_base64(b) + R"("]})");
  }
  Ran check(const Checkpoint& kept, std::vector<std::string> more = {}) {
    std::vector<std::string> words{"log", "consistency", "--from",
                                   folder.write("kept", kSchool.sign(kept))};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  Checkpoint older, newer;
};

TEST_F(Consistency, ALogThatGrewIsConsistent) {
  const Ran ran = check(older);
  EXPECT_EQ(ran.exit, Exit::Done) << ran.err;
  EXPECT_HAS(ran.out, "CONSISTENT: the log of 2 entries continues the log of 1.");
  EXPECT_HAS(ran.out, "The key came from the service itself");
  EXPECT_LACKS(check(older, {"--key", to_text(kSchool.key)}).out, "came from the service");
  EXPECT_EQ(check(newer).exit, Exit::Done);
}

TEST_F(Consistency, AnotherPastIsFound) {
  older.root = leaf_hash(commit(Salt{}, "something else"));
  const Ran ran = check(older);
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_HAS(ran.err, "NOT CONSISTENT");
}

TEST_F(Consistency, ALogThatShrankIsFound) {
  newer.size = 9;
  const Ran ran = check(newer);
  EXPECT_EQ(ran.exit, Exit::Found);
  EXPECT_HAS(ran.err, "Was an old backup restored?");
}

}  // namespace
}  // namespace assent::cli
