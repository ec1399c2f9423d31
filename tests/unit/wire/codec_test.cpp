// Every codec of the protocol against every way one member can be wrong.
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "core/crypto/crypto.h"
#include "core/formats/json.h"
#include "core/wire/banner.h"
#include "core/wire/device.h"
#include "core/wire/gate.h"
#include "core/wire/problem.h"

namespace assent::wire {
namespace {

const std::string kDevice = "d_" + to_base32(std::array<std::byte, 16>{});
const std::string kSignature = to_base64(Signature{});
const std::string kKey = to_base64(PublicKey{});
const std::string kTime = "2026-09-01T08:00:00.000Z";

struct Codec {
  std::string name;
  std::function<Result<std::string>(std::string_view)> again;  // parse, then write
  std::string json;                                            // every member present
  std::set<std::string> optional;
};

template <class T>
std::function<Result<std::string>(std::string_view)> twice(Result<T> (*parse)(std::string_view)) {
  return [parse](std::string_view json) -> Result<std::string> {
    ASSENT_TRY(const T value, parse(json));
    return to_json(value);
  };
}

std::string quoted(const std::string& text) {
  return "\"" + text + "\"";
}

const std::vector<Codec>& codecs() {
  static const std::vector<Codec> all{
      {"CheckRequest",
       twice(parse_check_request),
       R"({"login":"amira","channel":"pam:sshd","language":"cy-GB","full":true})",
       {"language", "full"}},
      {"CheckReply",
       twice(parse_check_reply),
       R"({"verdict":"ask","school":"Oakfield","message":"Hello","presentation":{"ticket":"T",)"
       R"("document":"a\nb","hash":)" +
           quoted(kKey) +
           R"(,"marks":[[["=",5],["-",2],["+",3]],[]],"add_ons":["social-media"],)"
           R"("deferrals_left":2,"later_until":"01 Dec 00:00","expires":)" +
           quoted(kTime) + R"(},"stale":true})",
       {"school", "message", "stale"}},
      {"AnswerRequest",
       twice(parse_answer_request),
       R"({"ticket":"T","answers":[{"policy":"student","act":"agree"}],"cannot_ask":false,)"
       R"("statement":"s\n","signature":)" +
           quoted(kSignature) + "}",
       {"cannot_ask"}},
      {"AnswerReply",
       twice(parse_answer_reply),
       R"({"let_in":true,"recorded":true,"outcome":"accepted","level":"supervised",)"
       R"("message":"Hello","index":7,"record":"{}","proof":"p\n"})",
       {"level", "message"}},
      {"OpenedRequest",
       twice(parse_opened_request),
       R"({"login":"amira","channel":"pam:login","ticket":"T","statement":"s\n","signature":)" +
           quoted(kSignature) + "}",
       {}},
      {"BannerReply",
       twice(parse_banner_reply),
       R"({"school":"Oakfield","items":[{"policy":"student","version":2,"manifest":)" +
           quoted(std::string(64, 'a')) + R"(,"text":"Be kind."}]})",
       {"school"}},
      {"EnrolRequest",
       twice(parse_enrol_request),
       R"({"code":"ABCD-EFGH","public_key":)" + quoted(kKey) + R"(,"proof":)" + quoted(kSignature) +
           "}",
       {}},
      {"EnrolReply",
       twice(parse_enrol_reply),
       R"({"device":)" + quoted(kDevice) +
           R"(,"name":"LIB-0039","school":"oakfield","log_key":"a/log+12345678+AAAA"})",
       {}},
      {"ChallengeReply", twice(parse_challenge_reply), R"({"challenge":"c"})", {}},
      {"SessionRequest",
       twice(parse_session_request),
       R"({"device":)" + quoted(kDevice) + R"(,"challenge":"c","signature":)" + quoted(kSignature) +
           "}",
       {}},
      {"SessionReply",
       twice(parse_session_reply),
       R"({"token":"t","expires":)" + quoted(kTime) + "}",
       {}},
  };
  return all;
}

Object members(const Codec& codec) {
  return *parse_json(codec.json).value().object();
}

void refused(const Codec& codec, const Object& object, const std::string& how) {
  const auto out = codec.again(to_json(Value(object)));
  ASSERT_FALSE(out) << codec.name << ": " << how;
  EXPECT_EQ(out.error().code, Code::Invalid) << codec.name << ": " << how;
}

TEST(Codec, WritesBackWhatItRead) {
  for (const Codec& codec : codecs()) {
    const auto out = codec.again(codec.json);
    ASSERT_TRUE(out) << codec.name << ": " << out.error().message;
    EXPECT_EQ(parse_json(*out).value(), parse_json(codec.json).value()) << codec.name;
    EXPECT_EQ(codec.again(*out).value(), *out) << codec.name;
  }
}

TEST(Codec, RefusesWhatIsNoObject) {
  for (const Codec& codec : codecs())
    for (const char* json : {"", "null", "[]", "\"x\"", "7", "{", "{}"})
      EXPECT_FALSE(codec.again(json)) << codec.name << " took " << json;
}

TEST(Codec, RefusesAnUnknownMember) {
  for (const Codec& codec : codecs()) {
    Object object = members(codec);
    object.emplace_back("surprise", 1);
    refused(codec, object, "unknown member");
  }
}

TEST(Codec, RefusesAMissingMemberUnlessItIsOptional) {
  for (const Codec& codec : codecs()) {
    for (std::size_t i = 0; i < members(codec).size(); ++i) {
      Object object = members(codec);
      const std::string key = object[i].first;
      object.erase(object.begin() + std::ptrdiff_t(i));
      if (codec.optional.contains(key)) {
        EXPECT_TRUE(codec.again(to_json(Value(object)))) << codec.name << " needs " << key;
      } else {
        refused(codec, object, "without " + key);
      }
    }
  }
}

TEST(Codec, RefusesAMemberOfTheWrongTypeOrTooLongOrEmpty) {
  const Value wrong[] = {Value(),
                         Value(-1),
                         Value(Array{Value("x")}),
                         Value(Object{{"x", 1}}),
                         Value(""),
                         Value(std::string(70'000, 'a'))};
  for (const Codec& codec : codecs())
    for (std::size_t i = 0; i < members(codec).size(); ++i)
      for (const Value& value : wrong) {
        Object object = members(codec);
        object[i].second = value;
        refused(codec, object, object[i].first + " = " + to_json(value).substr(0, 40));
      }
}

TEST(Codec, RefusesControlCharactersInEveryOneLineText) {
  const std::set<std::string> may_hold_lines{"message", "statement", "record", "proof"};
  for (const Codec& codec : codecs())
    for (std::size_t i = 0; i < members(codec).size(); ++i)
      for (const char* hostile : {"a\nb", "\x1b[31mred", "\xE2\x80\xAEoot"}) {
        Object object = members(codec);
        if (!object[i].second.text() || may_hold_lines.contains(object[i].first)) continue;
        object[i].second = hostile;
        refused(codec, object, object[i].first + " with a control character");
      }
}

// The members of a nested value, wrong one at a time.
void refused_inside(const Codec& codec, std::size_t at, std::set<std::string> optional) {
  const Object inner = *members(codec)[at].second.object();
  const Value wrong[] = {Value(),   Value(-1),       Value(Array{Value(7)}),
                         Value(""), Value(Object{}), Value(std::string(70'000, 'a'))};
  for (std::size_t i = 0; i < inner.size(); ++i)
    for (const Value& value : wrong) {
      Object object = members(codec), changed = inner;
      changed[i].second = value;
      object[at].second = changed;
      refused(codec, object, inner[i].first + " = " + to_json(value).substr(0, 40));
    }
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (optional.contains(inner[i].first)) continue;
    Object object = members(codec), changed = inner;
    changed.erase(changed.begin() + std::ptrdiff_t(i));
    object[at].second = changed;
    refused(codec, object, "without presentation." + inner[i].first);
  }
}

TEST(CheckReply, RefusesAFaultInsideThePresentation) {
  refused_inside(codecs()[1], 3, {"marks", "add_ons", "later_until"});
}

TEST(CheckReply, RefusesMarksThatAreNone) {
  for (const char* marks : {R"([[["?",1]]])", R"([[["=",0]]])", R"([[["=",65537]]])",
                            R"([[["=","1"]]])", R"([[["=",1,1]]])", R"([["=",1]])", R"(["="])"}) {
    Object object = members(codecs()[1]);
    Object shown = *object[3].second.object();
    shown[3].second = parse_json(marks).value();
    object[3].second = shown;
    refused(codecs()[1], object, marks);
  }
}

TEST(CheckReply, HasAPresentationExactlyWhenItAsks) {
  Object object = members(codecs()[1]);
  for (const char* verdict : {"refuse", "clear"}) {
    object[0].second = verdict;
    refused(codecs()[1], object, verdict);
  }
  EXPECT_FALSE(parse_check_reply(R"({"verdict":"ask"})"));
  EXPECT_FALSE(parse_check_reply(R"({"verdict":"acknowledge"})"));
  EXPECT_EQ(parse_check_reply(R"({"verdict":"refuse"})").value().verdict, Verdict::Refuse);
}

TEST(CheckReply, IsShortWhenNothingIsOwed) {
  CheckReply clear;
  clear.verdict = Verdict::Clear;
  EXPECT_EQ(to_json(clear), R"({"verdict":"clear"})");
  clear.school = "St \"Q\"";
  EXPECT_EQ(to_json(clear), R"({"verdict":"clear","school":"St \"Q\""})");
}

TEST(CheckReply, RefusesUnlessToldOtherwise) {
  EXPECT_EQ(CheckReply{}.verdict, Verdict::Refuse);
  EXPECT_EQ(to_json(CheckReply{}), R"({"verdict":"refuse"})");
  EXPECT_FALSE(parse_check_reply(R"({"verdict":"Clear"})"));
}

TEST(AnswerRequest, TakesOnlyTheFiveActsOfNamedPolicies) {
  const auto with = [](const std::string& answers) {
    return R"({"ticket":"T","answers":)" + answers + R"(,"statement":"s","signature":)" +
           quoted(kSignature) + "}";
  };
  for (const char* act : {"agree", "acknowledge", "decline", "later", "help"})
    EXPECT_TRUE(
        parse_answer_request(with(R"([{"policy":"staff","act":")" + std::string(act) + R"("}])")))
        << act;
  // A13: endorse and withdraw are never a device's to say.
  for (const char* bad :
       {"[]", R"([{"policy":"staff","act":"endorse"}])", R"([{"policy":"staff","act":"withdraw"}])",
        R"([{"policy":"staff","act":"AGREE"}])", R"([{"policy":"Staff","act":"agree"}])",
        R"([{"policy":"staff"}])", R"([{"act":"agree"}])", R"(["agree"])",
        R"([{"policy":"staff","act":"agree","actor":"p_x"}])"})
    EXPECT_FALSE(parse_answer_request(with(bad))) << bad;
  std::string many = "[";
  for (int i = 0; i < 17; ++i) many += std::string(i ? "," : "") + R"({"policy":"a","act":"help"})";
  EXPECT_FALSE(parse_answer_request(with(many + "]")));
}

TEST(BannerReply, HoldsNothingWhereNothingIsPublishedK7) {
  EXPECT_EQ(to_json(BannerReply{}), R"({"items":[]})");
  EXPECT_TRUE(parse_banner_reply(R"({"items":[]})").value().items.empty());
}

TEST(BannerReply, RefusesAFaultInsideAnItem) {
  const auto with = [](const std::string& policy, const std::string& version,
                       const std::string& manifest, const std::string& text) {
    return parse_banner_reply(R"({"items":[{"policy":")" + policy + R"(","version":)" + version +
                              R"(,"manifest":")" + manifest + R"(","text":")" + text + R"("}]})");
  };
  const std::string hash(64, '0'), longest(BannerLimits::kText, 'a');
  ASSERT_TRUE(with("staff", "1", hash, longest));
  EXPECT_EQ(with("staff", "1", hash, longest)->items[0].text, longest);
  EXPECT_FALSE(with("Staff", "1", hash, "Be kind."));
  EXPECT_FALSE(with("staff", "0", hash, "Be kind."));
  EXPECT_FALSE(with("staff", "1", hash + "00", "Be kind."));
  EXPECT_FALSE(with("staff", "1", hash.substr(2), "Be kind."));
  for (const std::string& text : {longest + "a", std::string(), std::string(R"(a\nb)")})
    EXPECT_FALSE(with("staff", "1", hash, text)) << text;
}

TEST(BannerReply, OfAsManyOfTheLongestAsThereMayBeIsRead) {
  BannerReply reply;
  const BannerItem longest{"a" + std::string(63, '9'), 1, {}, std::string(1000, '"')};
  reply.items.assign(BannerLimits::kItems, longest);
  EXPECT_TRUE(parse_banner_reply(to_json(reply)));
  reply.items.push_back(longest);
  EXPECT_FALSE(parse_banner_reply(to_json(reply)));
}

// There is nothing to complete after a clear check, so nothing is signed.
TEST(OpenedRequest, IsSignedExactlyWhenItHasATicket) {
  const std::string plain = R"({"login":"amira","channel":"pam:login")";
  const std::string signature = R"(,"signature":)" + quoted(kSignature);
  const OpenedRequest told = parse_opened_request(plain + "}").value();
  EXPECT_EQ(told.ticket, "");
  EXPECT_EQ(to_json(told), plain + "}");
  EXPECT_FALSE(parse_opened_request(plain + R"(,"ticket":"T"})"));
  EXPECT_FALSE(parse_opened_request(plain + R"(,"ticket":"T","statement":"s"})"));
  EXPECT_FALSE(parse_opened_request(plain + R"(,"ticket":"T")" + signature + "}"));
  EXPECT_FALSE(parse_opened_request(plain + R"(,"statement":"s")" + signature + "}"));
}

TEST(AnswerReply, HasAReceiptExactlyWhenItIsRecorded) {
  EXPECT_TRUE(parse_answer_reply(R"({"let_in":false,"recorded":false,"outcome":"declined"})"));
  EXPECT_FALSE(parse_answer_reply(R"({"let_in":true,"recorded":true,"outcome":"accepted"})"));
  EXPECT_FALSE(parse_answer_reply(
      R"({"let_in":true,"recorded":false,"outcome":"accepted","record":"{}","proof":"p"})"));
}

TEST(Problem, KeepsTheMembersThatItDoesNotKnow) {
  const std::string json =
      R"({"type":"urn:assent:overtaken","title":"Overtaken","status":409,"detail":"Ask again",)"
      R"("presentation":{"ticket":"T"}})";
  const Problem problem = parse_problem(json).value();
  EXPECT_EQ(problem.type, "urn:assent:overtaken");
  EXPECT_EQ(problem.status, 409);
  EXPECT_NE(problem.extra.find("presentation"), nullptr);
  EXPECT_EQ(to_json(problem), json);
}

TEST(Problem, RefusesAFault) {
  for (const char* bad :
       {"{}", "[]", R"({"type":"t","title":"x","status":200})", R"({"type":"t","title":"x"})",
        R"({"type":"t","title":"x","status":"409"})", R"({"type":"","title":"x","status":409})",
        R"({"type":"t","title":"a\nb","status":409})",
        R"({"type":"t","title":"x","status":409,"detail":7})"})
    EXPECT_FALSE(parse_problem(bad)) << bad;
}

TEST(Problem, NeverLetsAnExtraMemberReplaceItsOwn) {
  const Problem problem{"urn:assent:x", "X", 403, "", Object{{"status", 200}, {"more", 1}}};
  EXPECT_EQ(to_json(problem), R"({"type":"urn:assent:x","title":"X","status":403,"more":1})");
}

}  // namespace
}  // namespace assent::wire
