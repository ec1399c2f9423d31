// Whatever a file holds: a refusal says where, and what is accepted is fit to be shown.
#include <gtest/gtest.h>

#include <random>

#include "core/base/text.h"
#include "core/policy/policy.h"
#include "core/unicode/unicode.h"

namespace assent {
namespace {

constexpr std::string_view kPage =
    "# Computer rules\n\n> [why] New.\n\n> [ask] I *agree*.\n\n## Safe\n\n- [a] See [us]"
    "(https://s.uk) & e\u0301.\n\n  More:\n  - one\n  - two\n- [b-1] **Two**\n  lines.\n";
constexpr std::string_view kPieces[] = {"\n",
                                        "\n\n",
                                        "  ",
                                        "    ",
                                        "- ",
                                        "- [c] ",
                                        "> ",
                                        "[",
                                        "]",
                                        "]:",
                                        "# ",
                                        "---\n",
                                        "`",
                                        "*",
                                        "_",
                                        "<",
                                        "<b>",
                                        "|",
                                        "&#x202E;",
                                        "&#0;",
                                        "&nbsp;",
                                        "\u2029",
                                        "\xFF",
                                        "\xE2",
                                        "\u200B",
                                        "\r\n",
                                        "\\",
                                        "![x](y)",
                                        "1. ",
                                        "[x](https://s.uk)",
                                        "<https://s.uk>",
                                        "\u0301",
                                        "[a]: /u\n",
                                        "\t"};

std::string mutate(std::mt19937& random) {
  std::string page(kPage);
  const auto below = [&](std::size_t n) { return std::size_t(random()) % n; };
  for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
    const std::size_t at = below(page.size());
    if (below(4) == 0) {
      page.erase(at, 1 + below(8));
    } else {
      page.insert(at, kPieces[below(std::size(kPieces))]);
    }
    if (page.empty()) page = "\n";
  }
  return page;
}

bool is_fit(std::string_view text) {
  constexpr std::string_view kBreak = "\u2029";
  for (std::size_t start = 0;;) {
    const std::size_t end = std::min(text.find(kBreak, start), text.size());
    const std::string_view part = text.substr(start, end - start);
    const auto composed = nfc(part);
    if (part.empty() || part.front() == ' ' || part.back() == ' ' || !check_line(part, 4096) ||
        part.find("  ") != part.npos || !composed || *composed != part)
      return false;
    if (end == text.size()) return true;
    start = end + kBreak.size();
  }
}

TEST(Mutation, IsRefusedWithItsLineOrFitToBeShown) {
  std::mt19937 random(20260714);
  int accepted = 0;
  constexpr int kRounds = 2000;
  for (int i = 0; i < kRounds; ++i) {
    const std::string page = mutate(random);
    const auto read = parse_rendition(page, "en-GB", Style::Std, "x.md");
    if (!read) {
      EXPECT_TRUE(read.error().message.starts_with("x.md:")) << read.error().message;
      continue;
    }
    ++accepted;
    EXPECT_TRUE(is_fit(read->title) && is_fit(read->ask)) << page;
    for (const Rule& rule : read->rules) EXPECT_TRUE(is_fit(rule.text)) << page << rule.text;
  }
  EXPECT_GT(accepted, kRounds / 20) << "too few pages get through to mean anything";
  EXPECT_LT(accepted, kRounds);
}

}  // namespace
}  // namespace assent
