// A version out of a folder: metadata, approvals, files that agree, the manifest.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/crypto/crypto.h"
#include "core/policy/policy.h"

namespace assent {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kPolicy = R"(title = "Student rules"
audience = "Everybody who learns here"
owner = "Deputy head"
approving_body = "Governing board"
adopted = 2026-07-14
next_review = 2027-07-01
approvals = ["governors"]
)";
constexpr std::string_view kVersion = R"(mode = "agree"
effective = 2026-09-01
enforced_from = 2026-09-14
renew = "09-01"
banner = "School computers are for school work."

[[approved]]
body = "governors"
by = "Chair of governors"
on = 2026-07-14
)";
constexpr std::string_view kText = "# T\n\n> [ask] I agree.\n\n- [a] One.\n- [b] Two.\n";

std::vector<File> good() {
  return {{"2/en-GB.ks2.md", std::string(kText)},
          {"policy.toml", std::string(kPolicy)},
          {"2/version.toml", std::string(kVersion)},
          {"2/en-GB.std.md", std::string(kText)},
          {"1/version.toml", "broken"},
          {"README.md", "ignored"}};
}

Result<PolicyVersion> parse(const std::vector<File>& files, std::uint32_t number = 2) {
  return parse_version(PolicyName{"student"}, files, number);
}

std::string& bytes_of_file(std::vector<File>& files, std::string_view path) {
  return std::ranges::find(files, path, &File::path)->bytes;
}

// The good files with `from` replaced by `to` in one of them.
std::vector<File> with(std::string_view path, std::string_view from, std::string_view to) {
  std::vector<File> files = good();
  std::string& bytes = bytes_of_file(files, path);
  bytes.replace(bytes.find(from), from.size(), to);
  return files;
}

TEST(Version, ReadsMetadataAndEveryRendition) {
  const auto version = parse(good());
  ASSERT_TRUE(version) << version.error().message;
  EXPECT_EQ(version->policy, PolicyName{"student"});
  EXPECT_EQ(version->title, "Student rules");
  EXPECT_EQ(version->owner, "Deputy head");
  EXPECT_EQ(version->approving_body, "Governing board");
  EXPECT_EQ(version->adopted, 2026y / 7 / 14);
  EXPECT_EQ(version->next_review, 2027y / 7 / 1);
  EXPECT_EQ(version->number, 2u);
  EXPECT_EQ(version->mode, Mode::Agree);
  EXPECT_EQ(version->effective, 2026y / 9 / 1);
  EXPECT_EQ(version->enforced_from, 2026y / 9 / 14);
  EXPECT_EQ(version->renew, (MonthDay{9, 1}));
  EXPECT_EQ(version->banner, "School computers are for school work.");
  ASSERT_EQ(version->approvals.size(), 1u);
  EXPECT_EQ(version->approvals[0].by, "Chair of governors");
  ASSERT_EQ(version->renditions.size(), 2u);
  EXPECT_EQ(version->renditions[0].style, Style::Std) << "sorted by language, then style";
  EXPECT_EQ(find_rendition(*version, "en-GB", Style::Ks2), &version->renditions[1]);
  EXPECT_EQ(find_rendition(*version, "cy", Style::Std), nullptr);
  EXPECT_EQ(find_rule(version->renditions[0], "b")->text, "Two.");
}

TEST(Version, IsEnforcedFromItsEffectiveDateUnlessItSaysMore) {
  const auto version = parse(with("2/version.toml", "enforced_from = 2026-09-14\n", ""));
  EXPECT_EQ(version->enforced_from, 2026y / 9 / 1);
}

// K7: a short form for screens that people see before they log in.
TEST(Version, MayHaveABannerK7) {
  const std::string_view written = "banner = \"School computers are for school work.\"";
  const auto with_banner = [&](const std::string& text) {
    return parse(with("2/version.toml", written, "banner = \"" + text + "\""));
  };
  EXPECT_EQ(parse(with("2/version.toml", written, ""))->banner, "");
  EXPECT_EQ(with_banner("Nid yw\\u0302")->banner, "Nid y\u0175") << "in normal form";
  const std::string longest(PolicyLimits::kBanner, 'a');
  EXPECT_EQ(with_banner(longest)->banner, longest);
  // U+0344 alone is longer in normal form: what is shown is what is limited.
  const std::string grows = std::string(PolicyLimits::kBanner - 4, 'a') + "\u0344\u0344";
  for (const std::string& text : {longest + "a", grows, std::string("a\\nb"), std::string()}) {
    const auto version = with_banner(text);
    ASSERT_FALSE(version) << text;
    EXPECT_TRUE(version.error().message.starts_with("2/version.toml:5: banner "))
        << version.error().message;
  }
}

TEST(Version, HasItsBannerInItsManifestK7) {
  const auto one = parse(good());
  const auto other = parse(with("2/version.toml", "for school work", "for homework"));
  ASSERT_TRUE(one && other);
  EXPECT_NE(one->manifest_hash, other->manifest_hash);
}

// K25, R36: a policy has a next review, or it is not published.
TEST(Version, IsRefusedWithoutNextReviewK25R36) {
  const auto version = parse(with("policy.toml", "next_review = 2027-07-01\n", ""));
  ASSERT_FALSE(version);
  EXPECT_EQ(version.error().code, Code::Denied);
  EXPECT_NE(version.error().message.find("add next_review = "), std::string::npos);
}

// R37: the body that the metadata names has approved, or it is not published.
TEST(Version, IsRefusedWithoutTheApprovalThatItAsksForR37) {
  const std::vector<File> table[] = {
      with("2/version.toml", "body = \"governors\"", "body = \"head\""),
      with("policy.toml", "[\"governors\"]", "[\"governors\", \"trust board\"]"),
      with("policy.toml", "approvals = [\"governors\"]\n", ""),
      with("policy.toml", "[\"governors\"]", "[]"),
  };
  const std::string_view says[] = {"approval by \"governors\" is missing",
                                   "approval by \"trust board\" is missing",
                                   "add approvals = ", "add approvals = "};
  for (std::size_t i = 0; i < std::size(table); ++i) {
    const auto version = parse(table[i]);
    ASSERT_FALSE(version) << says[i];
    EXPECT_EQ(version.error().code, Code::Denied);
    EXPECT_NE(version.error().message.find(says[i]), std::string::npos) << version.error().message;
  }
}

struct Edit {
  std::string_view path, from, to, message;
};

TEST(Version, NamesFileAndLineOfWhatIsWrongInItsMetadata) {
  const Edit table[] = {
      {"policy.toml", "owner = \"Deputy head\"\n", "", "policy.toml:1: owner is missing"},
      {"policy.toml", "owner", "onwer", "policy.toml:1: owner is missing"},
      {"policy.toml", "adopted = 2026-07-14", "adopted = \"July\"", "policy.toml:5: adopted "},
      {"policy.toml", "2027-07-01", "2026-07-01", "policy.toml:6: next_review must come after"},
      {"policy.toml", "title = ", "colour = \"red\"\ntitle = ", "policy.toml:1: colour is not"},
      {"policy.toml", "title = ", "title : ", "policy.toml:1:"},
      {"policy.toml", "Deputy", "\\u202Eputy", "policy.toml:3: owner holds a control"},
      {"policy.toml", "[\"governors", "[\"\\u001B[31mgovernors", "policy.toml:7: approvals holds"},
      {"2/version.toml", "Chair of", "Chair\\nof", "2/version.toml:7: [[approved]] by holds"},
      {"2/version.toml", "\"agree\"", "\"yes\"", "2/version.toml:1: mode must be \"agree\""},
      {"2/version.toml", "2026-09-14", "2026-08-31", "2/version.toml:3: enforced_from must not"},
      {"2/version.toml", "09-01\"", "02-29\"", "2/version.toml:4: renew must be a day"},
      {"2/version.toml", "09-01\"", "9-1\"", "2/version.toml:4: renew must be a day"},
      {"2/version.toml", "effective = 2026-09-01", "effective = 2026-02-30", "2/version.toml:2:"},
      {"2/version.toml", "by = \"Chair of governors\"\n", "",
       "2/version.toml:7: [[approved]] by is missing"},
  };
  for (const Edit& row : table) {
    const auto version = parse(with(row.path, row.from, row.to));
    ASSERT_FALSE(version) << row.message;
    EXPECT_EQ(version.error().code, Code::Invalid);
    EXPECT_TRUE(version.error().message.starts_with(row.message)) << version.error().message;
  }
}

TEST(Version, HasTheSameRulesInEveryRendition) {
  auto missing = parse(with("2/en-GB.ks2.md", "- [b] Two.\n", ""));
  EXPECT_TRUE(missing.error().message.starts_with(
      "2/en-GB.ks2.md:1: rule [b] is missing: it stands in 2/en-GB.std.md"))
      << missing.error().message;
  auto more = parse(with("2/en-GB.ks2.md", "- [b]", "- [c] Three.\n- [b]"));
  EXPECT_TRUE(more.error().message.starts_with(
      "2/en-GB.std.md:1: rule [c] is missing: it stands in 2/en-GB.ks2.md"))
      << more.error().message;
}

TEST(Version, RefusesFilesThatDoNotBelong) {
  for (const std::string_view path :
       {"2/notes.txt", "2/en-GB.std.md~", "2/sub/en-GB.std.md", "2/en_GB.std.md", "2/EN-gb.std.md",
        "2/en-GB.ks9.md", "2/std.md", "2/.md", "2/en-GB.md", "2/en-GB.std.md\n2/x.md",
        "2/en-GB.std.md", "policy.toml", "2/version.toml"}) {
    std::vector<File> files = good();
    files.push_back({std::string(path), std::string(kText)});
    EXPECT_EQ(parse(files).error().code, Code::Invalid) << path;
  }
  for (const std::string_view path : {"2/cy.std.md", "2/zh-Hant.std.md", "2/es-419.easy.md"}) {
    std::vector<File> files = good();
    files.push_back({std::string(path), std::string(kText)});
    EXPECT_TRUE(parse(files)) << path;
  }
}

TEST(Version, SaysWhichFileIsMissing) {
  for (const std::string_view path : {"policy.toml", "2/version.toml"}) {
    std::vector<File> files = good();
    std::erase_if(files, [&](const File& file) { return file.path == path; });
    EXPECT_TRUE(parse(files).error().message.starts_with(path));
  }
  EXPECT_EQ(parse(good(), 3).error().code, Code::NotFound);
  EXPECT_EQ(parse(good(), 0).error().code, Code::Invalid);
  EXPECT_EQ(parse_version(PolicyName{"Student!"}, good(), 2).error().code, Code::Invalid);
}

TEST(Version, FindsTheNewestFolder) {
  EXPECT_EQ(newest_version(good()).value(), 2u);
  const File odd[] = {{"9/version.toml", ""}, {"10/version.toml", ""}, {"011/x", ""}, {"12", ""},
                      {"x13/y", ""},          {"99999999999/x", ""}};
  EXPECT_EQ(newest_version(odd).value(), 10u);
  EXPECT_EQ(newest_version({}).error().code, Code::NotFound);
}

TEST(Manifest, ListsTheVersionsFilesAndNoOthers) {
  const auto version = parse(good());
  const std::string text = to_hex(sha256(kText));
  EXPECT_EQ(version->manifest, "assent-manifest/1\n" + text + "  2/en-GB.ks2.md\n" + text +
                                   "  2/en-GB.std.md\n" + to_hex(sha256(kVersion)) +
                                   "  2/version.toml\n" + to_hex(sha256(kPolicy)) +
                                   "  policy.toml\n");
  EXPECT_EQ(version->manifest_hash, sha256(version->manifest));
}

TEST(Manifest, ChangesWithEveryByteAndNotWithTheOrderOfFiles) {
  const Digest before = parse(good()).value().manifest_hash;
  std::vector<File> files = good();
  std::ranges::reverse(files);
  EXPECT_EQ(parse(files).value().manifest_hash, before);
  for (const std::string_view path :
       {"policy.toml", "2/version.toml", "2/en-GB.std.md", "2/en-GB.ks2.md"}) {
    files = good();
    bytes_of_file(files, path) += "\n";
    EXPECT_NE(parse(files).value().manifest_hash, before) << path;
  }
}

}  // namespace
}  // namespace assent
