// The person in a packed logon is found, and whatever does not fit is refused: the buffer comes
// from another program, and a wrong offset would read that of somebody else.

#include "winlogon-shim/logon_buffer/logon_buffer.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace assent::provider {
namespace {

constexpr std::size_t kStruct = 64;  // of KERB_INTERACTIVE_UNLOCK_LOGON

void put(Blob& blob, std::size_t at, std::uint64_t number, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) blob.at(at + i) = std::byte(number >> (8 * i) & 0xFF);
}

// A UNICODE_STRING at `at`, its characters at the end.
void append(Blob& blob, std::size_t at, std::u16string_view text) {
  put(blob, at, text.size() * 2, 2);
  put(blob, at + 2, text.size() * 2, 2);
  put(blob, at + 8, blob.size(), 8);
  for (const char16_t unit : text)
    blob.insert(blob.end(), {std::byte(unit & 0xFF), std::byte(unit >> 8)});
}

Blob packed(std::u16string_view domain, std::u16string_view login, std::uint32_t kind = 2) {
  Blob blob(kStruct);
  put(blob, 0, kind, 4);
  append(blob, 8, domain);
  append(blob, 24, login);
  append(blob, 40, u"correct horse");
  return blob;
}

TEST(LogonBuffer, SaysWhoLogsOn) {
  struct Case {
    std::u16string_view domain, login;
    LogonBuffer read;
  };
  for (const Case& c :
       {Case{u"KINGSMEAD", u"s.gwyn", {false, "KINGSMEAD", "s.gwyn"}},
        Case{u"", u"s.gwyn@kingsmead.example", {false, "", "s.gwyn@kingsmead.example"}},
        Case{u".", u"Siân Gwŷn-Łukasz", {false, ".", "Siân Gwŷn-Łukasz"}},
        Case{u"ß߿", u"ࠀ￿𐀀😀", {false, "ß߿", "ࠀ￿𐀀😀"}}})
    EXPECT_EQ(parse_logon_buffer(packed(c.domain, c.login)).value(), c.read) << c.read.login;
}

TEST(LogonBuffer, TellsUnlockingFromANewLogon) {
  EXPECT_FALSE(parse_logon_buffer(packed(u"K", u"ann", 2)).value().unlocks);
  EXPECT_TRUE(parse_logon_buffer(packed(u"K", u"ann", 7)).value().unlocks);
}

// KerbSmartCardLogon, KerbS4ULogon, KerbCertificateLogon and others have another layout.
TEST(LogonBuffer, AnotherKindOfLogonIsRefused) {
  for (std::uint32_t kind = 0; kind < 300; ++kind)
    EXPECT_EQ(bool(parse_logon_buffer(packed(u"K", u"ann", kind))), kind == 2 || kind == 7) << kind;
  EXPECT_FALSE(parse_logon_buffer(packed(u"K", u"ann", 0x1'0002)));
}

TEST(LogonBuffer, NobodyIsRefused) {
  EXPECT_EQ(parse_logon_buffer(packed(u"K", u"")).error().code, Code::Invalid);
}

TEST(LogonBuffer, AnEmptyNameMayPointAnywhere) {
  Blob blob = packed(u"", u"ann");
  for (const std::uint64_t offset : {std::uint64_t(0), ~std::uint64_t(0)}) {
    put(blob, 16, offset, 8);
    EXPECT_EQ(parse_logon_buffer(blob).value().login, "ann");
  }
}

TEST(LogonBuffer, HalfACharacterIsReplacedAndKeepsNobodyFromBeingRead) {
  const char16_t alone[] = {u'a', 0xD83D, u'b', 0xDE00, 0xD83D};
  EXPECT_EQ(parse_logon_buffer(packed(u"K", {alone, 5})).value().login, "a\uFFFDb\uFFFD\uFFFD");
}

// Every place where a name could begin, with lengths that fit, and that do not by one character.
TEST(LogonBuffer, NothingOutsideTheBufferIsRead) {
  const std::u16string_view login = u"ann";
  Blob blob = packed(u"K", login);
  for (std::uint64_t offset = 0; offset < blob.size() + 4; ++offset) {
    put(blob, 32, offset, 8);
    const bool inside = offset >= 56 && offset + login.size() * 2 <= blob.size();
    EXPECT_EQ(bool(parse_logon_buffer(blob)), inside) << offset;
  }
  for (const std::uint64_t offset :
       {~std::uint64_t(0), ~std::uint64_t(0) - 5, std::uint64_t(1) << 63, std::uint64_t(1) << 32}) {
    put(blob, 32, offset, 8);
    EXPECT_FALSE(parse_logon_buffer(blob)) << offset;
  }
}

TEST(LogonBuffer, EveryCutIsRefusedUntilBothNamesAreWhole) {
  const Blob blob = packed(u"KING", u"ann");
  const std::size_t names_end = kStruct + 8 + 6;
  for (std::size_t size = 0; size <= blob.size(); ++size) {
    const Blob cut(blob.begin(), blob.begin() + std::ptrdiff_t(size));
    EXPECT_EQ(bool(parse_logon_buffer(cut)), size >= names_end) << size;
  }
}

TEST(LogonBuffer, ImpossibleLengthsAreRefused) {
  Blob blob = packed(u"K", std::u16string(1100, u'a'));
  EXPECT_FALSE(parse_logon_buffer(blob));
  put(blob, 24, 2048, 2);
  EXPECT_EQ(parse_logon_buffer(blob).value().login.size(), 1024u);
  put(blob, 24, 2047, 2);
  EXPECT_FALSE(parse_logon_buffer(blob));
}

TEST(LogonBuffer, ThePasswordIsNeitherReadNorNeeded) {
  Blob blob = packed(u"K", u"ann");
  put(blob, 40, 0xFFFF, 2);
  put(blob, 48, ~std::uint64_t(0), 8);
  EXPECT_EQ(parse_logon_buffer(blob).value(), (LogonBuffer{false, "K", "ann"}));
}

}  // namespace
}  // namespace assent::provider
