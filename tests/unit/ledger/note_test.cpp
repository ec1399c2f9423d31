// Signed notes and checkpoints against the specification's examples and against meddling.
#include "core/ledger/note.h"

#include <gtest/gtest.h>

#include "tests/unit/ledger/signer.h"

namespace assent {
namespace {

// c2sp.org/signed-note, "Example".
constexpr std::string_view kExampleKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
constexpr std::string_view kExampleNote =
    "This is an example message.\n"
    "\n"
    "— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";
constexpr std::string_view kStranger =
    "— quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/"
    "5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

const Checkpoint kHead{"assent.example.sch.uk/log", 5000, leaf_hash(bytes_of("x"))};

template <class T>
std::string code_of(const Result<T>& result) {
  if (result) return "ok";
  return result.error().code == Code::Denied ? "denied" : "invalid";
}

TEST(VerifierKey, ReadsAndWritesTheSpecificationsExample) {
  const auto key = parse_verifier_key(kExampleKey).value();
  EXPECT_EQ(key.name, "example.com/foo");
  EXPECT_EQ(key.hash(), 0x530d903au);
  EXPECT_EQ(to_text(key), kExampleKey);
}

TEST(VerifierKey, IsRefusedInAnyOtherSpelling) {
  const std::string good(kExampleKey);
  const auto with = [&](std::string_view from, std::string_view to) {
    auto text = good;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const auto& bad :
       {std::string(), good + "=", good + "\n", good.substr(1), with("530d", "530D"),
        with("530d", "530e"), with("foo", "foO"), with("foo", "fo o"), with("foo", "fo+o"),
        with("foo", "fo\xc2\xa0o"), with("foo", "f\xff"), with("+Aek", "+Bek"), with("U2k", "U2l"),
        with("example.com/foo", ""), std::string(4096, 'a') + good})
    EXPECT_EQ(code_of(parse_verifier_key(bad)), "invalid") << bad;
}

TEST(Note, OpensTheSpecificationsExample) {
  const auto key = parse_verifier_key(kExampleKey).value();
  const auto opened = open_text(kExampleNote, {key}).value();
  EXPECT_EQ(opened.text, "This is an example message.\n");
  EXPECT_EQ(opened.signers, std::vector<std::string>{"example.com/foo"});
  EXPECT_EQ(code_of(open_note(kExampleNote, {key})), "invalid");  // signed, but no checkpoint
}

TEST(Note, IgnoresSignaturesOfStrangersWhereverTheyStand) {
  const auto key = parse_verifier_key(kExampleKey).value();
  auto note = std::string(kExampleNote);
  note.insert(note.find("\n\n") + 2, kStranger);
  note += kStranger;
  EXPECT_EQ(open_text(note, {key}).value().signers.size(), 1u);
  EXPECT_EQ(code_of(open_text(note, {})), "denied");
}

TEST(Note, IgnoresALineThatSharesOnlyNameOrHashWithAKnownKey) {
  const Signer a("assent.example.sch.uk/log", 1), b("assent.example.sch.uk/log", 2);
  const auto note = a.sign(kHead);
  EXPECT_EQ(code_of(open_note(note, {b.key})), "denied");  // same name, another key
  EXPECT_EQ(code_of(open_note(note, {b.key, a.key})), "ok");
  EXPECT_EQ(code_of(open_note(note + b.line(kHead), {a.key})), "ok");
}

TEST(Note, CarriesTwoSignaturesWhileAKeyIsReplaced) {
  const Signer old_key("assent.example.sch.uk/log", 1), new_key("assent.example.sch.uk/log", 2);
  const auto note = old_key.sign(kHead) + new_key.line(kHead);
  for (const auto& keys :
       {std::vector{old_key.key}, std::vector{new_key.key}, std::vector{old_key.key, new_key.key}})
    EXPECT_EQ(open_note(note, keys).value().signers, std::vector<std::string>{kHead.origin});
}

TEST(Note, IsDeniedForAWrongSignatureByAKnownKey) {
  const Signer a("assent.example.sch.uk/log", 1), b("witness.example.org/w", 2);
  auto other = kHead;
  other.size = 4999;
  const auto note = a.sign(kHead) + b.line(other);
  EXPECT_EQ(code_of(open_note(note, {a.key})), "ok");
  EXPECT_EQ(code_of(open_note(note, {a.key, b.key})), "denied");
}

TEST(Note, IsDeniedWhenAKeyAnswersForAnotherLog) {
  const Signer other("other.example.org/log", 3);
  EXPECT_EQ(code_of(open_note(other.sign(kHead), {other.key})), "denied");
}

TEST(Note, IsDeniedForASignatureOfAnotherLength) {
  const Signer a("assent.example.sch.uk/log", 1);
  const auto hash = from_hex(to_text(a.key).substr(a.key.name.size() + 1, 8)).value();
  auto note = to_text(kHead) + "\n— " + a.key.name + " ";
  EXPECT_EQ(code_of(open_note(note + to_base64(hash) + "\n", {a.key})), "invalid");
  auto longer = hash;
  longer.resize(hash.size() + 65);
  EXPECT_EQ(code_of(open_note(note + to_base64(longer) + "\n", {a.key})), "denied");
}

TEST(Note, IsRefusedWhenMalformed) {
  const Signer a("assent.example.sch.uk/log", 1);
  const auto good = a.sign(kHead);
  ASSERT_EQ(code_of(open_note(good, {a.key})), "ok");
  const auto body = to_text(kHead);
  auto crlf = good;
  for (std::size_t at = 0; (at = crlf.find('\n', at)) != crlf.npos; at += 2) crlf.insert(at, "\r");
  std::string many = good;
  for (int i = 0; i < 64; ++i) many += kStranger;
  for (const auto& bad : {std::string(),
                          body,
                          body + "\n",
                          good.substr(0, good.size() - 1),
                          good + "\n",
                          good + "x",
                          good + "— \n",
                          good + "— a\n",
                          good + "— a b\n",
                          good + "- a AAAAAAA=\n",
                          good + "— a  AAAAAAA=\n",
                          good + "— a+b AAAAAAA=\n",
                          good + "— a AAAAAAA\n",
                          good + "— a AAAAAAA= \n",
                          good + "\t\n",
                          crlf,
                          "\xff" + good,
                          "\n" + good + "\n",
                          std::string(1, '\0') + good,
                          many,
                          good + std::string(NoteLimits::kNote, '\n')})
    EXPECT_EQ(code_of(open_note(bad, {a.key})), "invalid") << bad.substr(0, 400);
}

TEST(Note, AcceptsAtLeastSixteenSignatures) {
  const Signer a("assent.example.sch.uk/log", 1);
  auto note = a.sign(kHead);
  for (int i = 0; i < 15; ++i) note += kStranger;
  EXPECT_EQ(code_of(open_note(note, {a.key})), "ok");
}

TEST(Note, IsDeniedForEveryFlippedBitOfItsText) {
  const Signer a("assent.example.sch.uk/log", 1);
  const auto good = a.sign(kHead);
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    auto bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(open_note(bad, {a.key})) << bad;
  }
}

TEST(Checkpoint, ReadsBackWhatWasSigned) {
  const Signer a("assent.example.sch.uk/log", 1);
  EXPECT_EQ(to_text(kHead).substr(0, 31), "assent.example.sch.uk/log\n5000\n");
  EXPECT_EQ(open_note(a.sign(kHead), {a.key}).value().checkpoint, kHead);
  EXPECT_EQ(open_note(a.sign({"assent.example.sch.uk/log", 0, sha256("")}), {a.key})
                .value()
                .checkpoint.size,
            0u);
}

TEST(Checkpoint, IsRefusedUnlessItsTextIsExact) {
  const Signer a("assent.example.sch.uk/log", 1);
  const auto root = to_base64(kHead.root);
  const auto origin = kHead.origin + "\n";
  for (const auto& bad :
       {origin, origin + "5\n", "\n5\n" + root + "\n", origin + "05\n" + root + "\n",
        origin + "+5\n" + root + "\n", origin + " 5\n" + root + "\n", origin + "\n" + root + "\n",
        origin + "9223372036854775808\n" + root + "\n",
        origin + "99999999999999999999999\n" + root + "\n", origin + "5\n" + root + "A\n",
        origin + "5\n" + root.substr(1) + "\n", origin + "5\n" + root + "\n\next\n"})
    EXPECT_EQ(code_of(open_note(a.sign_text(bad), {a.key})), "invalid") << bad;
  EXPECT_EQ(code_of(open_note(a.sign_text(origin + "5\n" + root + "\nextension\n"), {a.key})),
            "ok");
}

}  // namespace
}  // namespace assent
