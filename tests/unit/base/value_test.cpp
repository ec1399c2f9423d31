// Plain data written as JSON, and read strictly: each fault has a message that names its place.

#include "core/base/value.h"

#include <gtest/gtest.h>

namespace assent {
namespace {

Object sample() {
  return {{"b", 2},
          {"a", Array{1, "two", Value(), true, Object{}}},
          {"A", std::int64_t{-9'007'199'254'740'993}},
          {"empty", Array{}}};
}

TEST(Json, KeepsTheOrderOfMembersUnlessItIsCanonical) {
  EXPECT_EQ(to_json(sample()),
            R"({"b":2,"a":[1,"two",null,true,{}],"A":-9007199254740993,"empty":[]})");
  EXPECT_EQ(to_canonical_json(sample()),
            R"({"A":-9007199254740993,"a":[1,"two",null,true,{}],"b":2,"empty":[]})");
  const Object inner{{"z", Object{{"y", 1}, {"x", 2}}}};
  EXPECT_EQ(to_canonical_json(inner), R"({"z":{"x":2,"y":1}})");
}

TEST(Json, EscapesWhatRfc8785EscapesAndNothingElse) {
  EXPECT_EQ(to_canonical_json("\" \\ \b \f \n \r \t"), R"("\" \\ \b \f \n \r \t")");
  EXPECT_EQ(to_canonical_json(std::string("\x00\x01\x1F\x7F", 4)), "\"\\u0000\\u0001\\u001f\x7F\"");
  EXPECT_EQ(to_canonical_json("/ é \xF0\x9F\x98\x80"), "\"/ é \xF0\x9F\x98\x80\"");
}

TEST(Value, KnowsItsType) {
  const Value object = sample();
  EXPECT_EQ(*object.find("b")->integer(), 2);
  EXPECT_EQ(object.find("none"), nullptr);
  EXPECT_EQ(Value(1).find("b"), nullptr);
  EXPECT_EQ(Value(1).boolean(), nullptr);  // a number is no truth value
  EXPECT_EQ(Value(true).integer(), nullptr);
  EXPECT_EQ(*Value("text").text(), "text");
}

using Read = void (*)(Fields&);

struct FaultCase {
  const char* what;
  Value value;
  Read read;
  const char* message;  // empty: no fault
};

void PrintTo(const FaultCase& c, std::ostream* out) {
  *out << c.what;
}

class FieldsFault : public testing::TestWithParam<FaultCase> {};

TEST_P(FieldsFault, IsSaidWithItsPlace) {
  const FaultCase& c = GetParam();
  Fields fields(c.value, "policy");
  c.read(fields);
  const Status finished = fields.finish();
  if (*c.message == '\0') {
    EXPECT_TRUE(finished) << finished.error().message;
    return;
  }
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, Code::Invalid);
  EXPECT_EQ(finished.error().message, c.message);
}

const FaultCase kFaults[] = {
    {"no object", Value(1), [](Fields&) {}, "policy must be an object"},
    {"missing", Object{}, [](Fields& f) { (void)f.text("a", 9); }, "policy.a is missing"},
    {"wrong type", Object{{"a", 1}}, [](Fields& f) { (void)f.text("a", 9); },
     "policy.a must be text"},
    {"empty", Object{{"a", ""}}, [](Fields& f) { (void)f.text("a", 9); },
     "policy.a must not be empty"},
    {"just fits", Object{{"a", "ab"}}, [](Fields& f) { EXPECT_EQ(f.text("a", 2), "ab"); }, ""},
    {"too long", Object{{"a", "abc"}}, [](Fields& f) { EXPECT_EQ(f.text("a", 2), ""); },
     "policy.a is longer than 2 bytes"},
    {"absent option", Object{}, [](Fields& f) { EXPECT_FALSE(f.optional_text("a", 2)); }, ""},
    {"null option", Object{{"a", Value()}}, [](Fields& f) { (void)f.optional_text("a", 2); },
     "policy.a must be text"},
    {"number", Object{{"a", 3}}, [](Fields& f) { EXPECT_EQ(f.integer("a", 1, 3), 3); }, ""},
    {"number too high", Object{{"a", 4}}, [](Fields& f) { EXPECT_EQ(f.integer("a", 1, 3), 1); },
     "policy.a must be a whole number from 1 to 3"},
    {"number too low", Object{{"a", 0}}, [](Fields& f) { (void)f.integer_or("a", 2, 1, 3); },
     "policy.a must be a whole number from 1 to 3"},
    {"number as text", Object{{"a", "1"}}, [](Fields& f) { (void)f.integer("a", 1, 3); },
     "policy.a must be a whole number from 1 to 3"},
    {"number left out", Object{}, [](Fields& f) { EXPECT_EQ(f.integer_or("a", 2, 1, 3), 2); }, ""},
    {"truth", Object{{"a", true}}, [](Fields& f) { EXPECT_TRUE(f.boolean_or("a", false)); }, ""},
    {"truth as number", Object{{"a", 1}}, [](Fields& f) { EXPECT_FALSE(f.boolean_or("a", false)); },
     "policy.a must be true or false"},
    {"list", Object{{"a", Array{"x", "y"}}},
     [](Fields& f) {
       EXPECT_EQ(f.texts("a", 1, 2), (std::vector<std::string>{"x", "y"}));
     },
     ""},
    {"list too long", Object{{"a", Array{"x", "y"}}}, [](Fields& f) { (void)f.texts("a", 1, 1); },
     "policy.a has more than 1 items"},
    {"item too long", Object{{"a", Array{"xy"}}}, [](Fields& f) { (void)f.texts("a", 1, 1); },
     "policy.a must hold texts of at most 1 bytes"},
    {"item of another type", Object{{"a", Array{1}}}, [](Fields& f) { (void)f.texts("a", 1, 1); },
     "policy.a must hold texts of at most 1 bytes"},
    {"no list", Object{{"a", "x"}}, [](Fields& f) { (void)f.array("a", 1); },
     "policy.a must be a list"},
    {"not asked for", Object{{"a", 1}, {"b", 2}}, [](Fields& f) { (void)f.any("a"); },
     "policy.b is not known here"},
    {"the caller's own", Object{{"a", "x"}},
     [](Fields& f) { (void)f.accept("a", Result<int>(fail(Code::Denied, "is no number"))); },
     "policy.a is no number"},
    {"the first fault is kept", Object{},
     [](Fields& f) {
       (void)f.text("a", 1);
       (void)f.text("b", 1);
     },
     "policy.a is missing"}};

INSTANTIATE_TEST_SUITE_P(Fields, FieldsFault, testing::ValuesIn(kFaults));

TEST(Fields, WithoutAPathTheMemberStandsAlone) {
  const Value value = Object{{"a", 1}};
  Fields fields(value);
  EXPECT_EQ(fields.finish().error().message, "a is not known here");
  const Value wrong;
  EXPECT_EQ(Fields(wrong).finish().error().message, "this must be an object");
}

TEST(Fields, GiveAValueOnlyWithoutAFault) {
  const Value value = Object{{"a", "x"}};
  Fields good(value);
  EXPECT_EQ(good.finish(good.text("a", 1)).value(), "x");
  Fields bad(value);
  EXPECT_EQ(bad.finish(bad.text("b", 1)).error().code, Code::Invalid);
}

TEST(Result, CarriesAValueOrAnErrorThroughTheMacros) {
  const auto half = [](int n) -> Result<int> {
    if (n % 2 != 0) return fail(Code::Conflict, "odd");
    return n / 2;
  };
  const auto quarter = [&](int n) -> Result<int> {
    ASSENT_TRY(const int once, half(n));
    ASSENT_CHECK(half(once));
    return half(once);
  };
  EXPECT_EQ(quarter(8).value(), 2);
  EXPECT_EQ(quarter(6).error().code, Code::Conflict);
  EXPECT_EQ(quarter(7).error().message, "odd");
  EXPECT_THROW((void)quarter(7).value(), std::bad_variant_access);
  const Result<std::optional<int>> none = std::optional<int>{};
  EXPECT_TRUE(none);
  EXPECT_FALSE(*none);
}

}  // namespace
}  // namespace assent
