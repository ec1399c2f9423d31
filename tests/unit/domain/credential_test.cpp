// Names, passphrases and vouchers: how they look, how hard they are to guess, and how forgivingly
// they are read back. R14, K13/R18.
#include "service/domain/credential.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <cstring>
#include <map>
#include <random>
#include <set>

#include "service/domain/words.h"

namespace assent {
namespace {

// What is drawn, one number after another, from the first again after the last.
class FixedRandom final : public Random {
 public:
  explicit FixedRandom(std::vector<std::uint32_t> numbers) : numbers_(std::move(numbers)) {}
  void fill(std::span<std::byte> out) override {
    std::memcpy(out.data(), &numbers_[drawn_++ % numbers_.size()], out.size());
  }
  std::size_t drawn() const { return drawn_; }

 private:
  std::vector<std::uint32_t> numbers_;
  std::size_t drawn_ = 0;
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint32_t seed) : engine_(seed) {}
  void fill(std::span<std::byte> out) override {
    for (std::byte& each : out) each = std::byte(engine_() & 0xFF);
  }

 private:
  std::mt19937 engine_;
};

TEST(DrawBelow, TakesNoNumberOfTheUnevenRest) {
  // 2^32 = 3 * 1431655765 + 1: of the numbers, one too many would give 0, so one is drawn again.
  FixedRandom random({0, 1, 0xFFFFFFFF});
  EXPECT_EQ(draw_below(random, 3), 1u);
  EXPECT_EQ(random.drawn(), 2u);
  EXPECT_EQ(draw_below(random, 3), 0u);
  FixedRandom even({0});
  EXPECT_EQ(draw_below(even, 32), 0u);
  EXPECT_EQ(draw_below(even, 1), 0u);
}

TEST(DrawBelow, GivesEachNumberAsOften) {
  SeededRandom random(7);
  std::map<std::uint32_t, int> seen;
  for (int i = 0; i < 30'000; ++i) ++seen[draw_below(random, 3)];
  ASSERT_EQ(seen.size(), 3u);
  for (const auto& [number, count] : seen) EXPECT_NEAR(count, 10'000, 500) << number;
}

TEST(GuestLogin, IsAWordAndANumberThatADirectoryTakes) {
  FixedRandom random({1'000'042, std::uint32_t(passphrase_words().size()) * 9});
  EXPECT_EQ(make_guest_login(random), "v-" + std::string(passphrase_words()[0]) + "-042");
  for (const std::string_view word : passphrase_words())
    ASSERT_LE(std::string("v--000").size() + word.size(), 20u) << word;
}

TEST(Passphrase, IsFourWordsOfTheList) {
  const auto words = passphrase_words();
  const auto drawn = [&](std::uint32_t word) { return std::uint32_t(words.size()) * 9 + word; };
  FixedRandom random({drawn(0), drawn(5000), drawn(1), drawn(0)});
  const std::string first(words[0]), second(words[5000]), third(words[1]);
  EXPECT_EQ(make_passphrase(random), first + "-" + second + "-" + third + "-" + first);
}

TEST(Passphrase, HasAtLeastFiftyBitsR14) {
  const std::set<std::string_view> distinct(passphrase_words().begin(), passphrase_words().end());
  EXPECT_GE(4 * std::log2(double(distinct.size())), 50.0);
}

TEST(Passphrase, IsReadAsPeopleWriteIt) {
  for (const char* text : {"maple-robin-tunnel-sixpence", "Maple Robin Tunnel Sixpence",
                           "  MAPLE - robin\ttunnel--sixpence "})
    EXPECT_EQ(parse_passphrase(text).value(), "maple-robin-tunnel-sixpence") << text;
  for (const std::string& text :
       {std::string(), std::string("maple-robin-tunnel"), std::string("maple robin tunnel six 4"),
        std::string("a b c d e"), std::string("maple-robin-tunnel-%{exec}"),
        "a b c " + std::string(200, 'd')})
    EXPECT_FALSE(parse_passphrase(text)) << text;
}

TEST(VoucherCode, IsPrintedInGroupsAndReadBack) {
  FixedRandom random({7, 20, 4, 21, 2, 23, 29, 24, 9, 3, 26});
  const Voucher voucher = make_voucher(random);
  EXPECT_EQ(to_text(voucher).substr(0, 13), "7M4N-2QXR-93T");
  EXPECT_EQ(parse_voucher(to_text(voucher)).value(), voucher);
}

TEST(VoucherCode, IsReadHoweverItIsWritten) {
  FixedRandom zeros_and_ones({0, 1});
  const std::string code = make_voucher(zeros_and_ones).code;
  std::string written = " o";
  for (std::size_t i = 1; i < code.size(); ++i) {
    written += code[i] == '1' ? (i % 4 == 1 ? 'l' : 'I') : code[i] == '0' ? 'O' : code[i];
    if (i % 3 == 0) written += " - ";
  }
  EXPECT_EQ(parse_voucher(written).value().code, code) << written;
}

TEST(VoucherCode, SaysWhatIsWrongAndNotWhatWasTyped) {
  const auto error = [](std::string_view text) { return parse_voucher(text).error().message; };
  EXPECT_EQ(error("7M4N-2QXR"), "A code has 12 letters and digits. Please look at it again.");
  EXPECT_EQ(error("7M4N-2QXR-93TU"),
            "A code has only letters and digits. Please look at it again.");
  EXPECT_EQ(error(std::string(500, '-')), error(""));
  EXPECT_EQ(error(std::string(500, '7')), error(""));
}

TEST(VoucherCode, EveryWrongCharacterAndEveryExchangeIsFound) {
  const bool held = rc::check([](std::uint32_t seed) {
    SeededRandom random(seed);
    const std::string code = make_voucher(random).code;
    for (std::size_t i = 0; i < code.size(); ++i) {
      for (const char c : std::string_view("0123456789ABCDEFGHJKMNPQRSTVWXYZ")) {
        std::string wrong = code;
        wrong[i] = c;
        RC_ASSERT(bool(parse_voucher(wrong)) == (c == code[i]));
      }
      for (std::size_t j = 0; j < i; ++j) {
        std::string exchanged = code;
        std::swap(exchanged[i], exchanged[j]);
        RC_ASSERT(bool(parse_voucher(exchanged)) == (code[i] == code[j]));
      }
    }
  });
  EXPECT_TRUE(held);
}

TEST(MatchCode, IsOfARequestAloneAndShortEnoughToRead) {
  std::array<std::byte, 16> id{};
  EXPECT_EQ(match_code(id), "0000");
  std::set<std::string> seen;
  for (int i = 0; i < 32; ++i) {
    id[3] = std::byte(i);
    seen.insert(match_code(id));
  }
  EXPECT_EQ(seen.size(), 32u);
  for (const char unclear : {'I', 'L', 'O', 'U'})
    for (const std::string& code : seen) EXPECT_EQ(code.find(unclear), code.npos) << code;
}

}  // namespace
}  // namespace assent
