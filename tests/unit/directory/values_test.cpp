// Ids, times and ranges as directories write them.
#include "service/directory/values.h"

#include <gtest/gtest.h>

#include "core/base/bytes.h"

namespace assent::directory {
namespace {

TEST(Guid, IsWrittenAsWindowsWritesIt) {
  const std::string bytes(text_of(from_hex("ae4f1df8ec7dd011a76500a0c91e6bf6").value()));
  const std::string text = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
  EXPECT_EQ(guid_text(bytes).value(), text);
  EXPECT_EQ(guid_bytes(text).value(), bytes);
  EXPECT_FALSE(guid_text("short"));
  for (const char* bad :
       {"", "f81d4fae7dec11d0a76500a0c91e6bf6", "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf", "f81d4faeX7dec-11d0-a765-00a0c91e6bf6"})
    EXPECT_FALSE(guid_bytes(bad)) << bad;
}

TEST(Uuid, IsInLowerCase) {
  EXPECT_EQ(uuid_text("597AE2F6-16a6-1027-98f4-d28b5365dc14").value(),
            "597ae2f6-16a6-1027-98f4-d28b5365dc14");
  EXPECT_FALSE(uuid_text("597ae2f616a6102798f4d28b5365dc14"));
}

TEST(FileTime, CountsFrom1601AndKnowsNever) {
  EXPECT_EQ(to_rfc3339(*parse_filetime("116444736000000000").value()), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(*parse_filetime("134403336000000000").value()), "2026-11-28T10:00:00.000Z");
  EXPECT_EQ(parse_filetime("0").value(), std::nullopt);
  EXPECT_EQ(parse_filetime("9223372036854775807").value(), std::nullopt);
  for (const char* bad : {"", "-1", "soon", "1e9", "9223372036854775808"})
    EXPECT_FALSE(parse_filetime(bad)) << bad;
}

TEST(GeneralizedTime, ReadsEveryFormThatTheRfcAllows) {
  struct Case {
    const char *text, *time;
  };
  const Case cases[] = {
      {"20261122153000Z", "2026-11-22T15:30:00.000Z"},
      {"20261122153000.5Z", "2026-11-22T15:30:00.500Z"},
      {"20261122153000.000000Z", "2026-11-22T15:30:00.000Z"},
      {"202611221530Z", "2026-11-22T15:30:00.000Z"},
      {"2026112215,5Z", "2026-11-22T15:30:00.000Z"},
      {"20261122163000+0100", "2026-11-22T15:30:00.000Z"},
      {"20261122103000-05", "2026-11-22T15:30:00.000Z"},
  };
  for (const auto& [text, time] : cases)
    EXPECT_EQ(to_rfc3339(parse_generalized_time(text).value()), time) << text;
  for (const char* bad :
       {"", "20261122153000", "2026112215300Z", "20261322153000Z", "00000101000000Z",
        "20261122253000Z", "20261122156000Z", "20261122153000Zz", "tomorrow"})
    EXPECT_FALSE(parse_generalized_time(bad)) << bad;
}

TEST(Range, IsReadFromAnAttributesName) {
  EXPECT_EQ(parse_ranged("member;range=0-1499"), (RangedName{"member", 0, 1499}));
  EXPECT_EQ(parse_ranged("member;range=1500-*"), (RangedName{"member", 1500, std::nullopt}));
  for (const char* none : {"member", ";range=0-1", "member;range=", "member;range=2-1",
                           "member;range=a-b", "member;range=0", "member;binary"})
    EXPECT_EQ(parse_ranged(none), std::nullopt) << none;
  EXPECT_EQ(range_from("member", 1500), "member;range=1500-*");
}

TEST(Times, AreWrittenAsTheyAreReadToTheSecond) {
  const Time time = parse_rfc3339("2026-11-22T08:15:30.999Z").value();
  const Time second = std::chrono::floor<seconds>(time);
  EXPECT_EQ(generalized_time_text(time), "20261122081530Z");
  EXPECT_EQ(parse_generalized_time(generalized_time_text(time)).value(), second);
  EXPECT_EQ(parse_filetime(filetime_text(time)).value(), second);
  EXPECT_EQ(filetime_text(Time{}), "116444736000000000");
}

TEST(Passwords, AreQuotedAndTwoBytesALetter) {
  EXPECT_EQ(unicode_password("aé"), std::string("\"\0a\0\xe9\0\"\0", 8));
  EXPECT_EQ(unicode_password("😀"), std::string("\"\0\x3d\xd8\x00\xde\"\0", 8));
}

}  // namespace
}  // namespace assent::directory
