#pragma once
// A policy as text that a school edits: the vocabulary, and the parser of content/aup/<policy>/.
// docs/policy-format.md describes the files. Pure: files come in as bytes.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/id.h"
#include "core/base/time.h"

namespace assent {

struct PolicyLimits {                                  // bytes, unless said otherwise
  static constexpr std::size_t kFile = 128 * 1024;     // one file
  static constexpr std::size_t kText = 4096;           // a rule, or a why, ask or help
  static constexpr std::size_t kHeading = 200;         // a title or a section
  static constexpr std::size_t kLabel = 256;           // an owner, an audience, a body
  static constexpr std::size_t kBanner = 1000;         // the short form for logon screens
  static constexpr std::size_t kId = 64;               // a rule's id
  static constexpr std::size_t kRules = 200;           // rules in a rendition
  static constexpr std::size_t kRenditions = 64;       // renditions of a version
  static constexpr std::size_t kApprovals = 16;        // bodies, and signatures of bodies
  static constexpr std::uint32_t kNumber = 1'000'000;  // the highest version
};

// How a version is accepted, weakest first: comparisons mean "stronger than".
enum class Mode : std::uint8_t { Editorial, Acknowledge, Agree };
std::string_view to_text(Mode mode);  // "editorial", "acknowledge", "agree"
Result<Mode> parse_mode(std::string_view text);

// The reading band of a rendition.
enum class Style : std::uint8_t { Std, Ks1, Ks2, Easy };
std::string_view to_text(Style style);  // "std", "ks1", "ks2", "easy"
Result<Style> parse_style(std::string_view text);

struct Rule {
  std::string id;       // the same in every language, band and version: [a-z0-9.-], 1 to 64
  std::string section;  // the heading it stands under; may be empty
  std::string text;     // plain text: NFC, one line, paragraphs parted by U+2029; at most 4,096 B
  friend bool operator==(const Rule&, const Rule&) = default;
};

struct Rendition {
  std::string language;  // BCP 47, such as "en-GB"
  Style style = Style::Std;
  std::string title;
  std::string why;          // why this version changed; may be empty
  std::string ask;          // the statement that a person agrees to; never empty
  std::string help;         // who to ask; may be empty
  std::vector<Rule> rules;  // 1 to PolicyLimits::kRules, in the order of the file
};

struct Approval {
  std::string body;  // such as "governors"
  std::string by;    // who signed for it
  Date on;
};

struct MonthDay {  // for annual renewal
  unsigned month = 1, day = 1;
  friend auto operator<=>(const MonthDay&, const MonthDay&) = default;
};

// One version of one policy, as its files say. Dates are local days; the service turns them into
// instants in the school's time zone when it publishes.
struct PolicyVersion {
  PolicyName policy;
  std::string title, audience, owner, approving_body;
  Date adopted{}, next_review{};
  std::uint32_t number = 0;
  Mode mode = Mode::Agree;
  Date effective{};
  Date enforced_from{};  // never before `effective`
  std::optional<MonthDay> renew;
  std::string banner;  // K7: the short form for logon screens; may be empty
  std::vector<std::string> approvals_needed;
  std::vector<Approval> approvals;
  // By language, then style; never empty; the same rule ids in each.
  std::vector<Rendition> renditions;
  std::string manifest;    // "assent-manifest/1" and a line for each file
  Digest manifest_hash{};  // SHA-256 of `manifest`
};

// The rendition in this language and style, or nullptr.
const Rendition* find_rendition(const PolicyVersion& version, std::string_view language,
                                Style style);
// The rule with this id, or nullptr.
const Rule* find_rule(const Rendition& rendition, std::string_view id);

struct File {
  std::string path;  // relative to the policy's folder, with '/': "policy.toml", "2/en-GB.std.md"
  std::string bytes;
};

// Reads version `number` out of a policy's folder: policy.toml, N/version.toml and
// N/<language>.<style>.md; other versions' files are ignored, any other file in N/ is refused.
// Invalid names the file, the line and what to do. Denied is a version without a next review
// (K25, R36) or without an approval that its metadata asks for (R37). NotFound: no such folder.
Result<PolicyVersion> parse_version(PolicyName policy, std::span<const File> files,
                                    std::uint32_t number);
// The highest version folder among `files`; NotFound when there is none.
Result<std::uint32_t> newest_version(std::span<const File> files);

// One rendition from its Markdown; `path` is for messages.
Result<Rendition> parse_rendition(std::string_view markdown, std::string language, Style style,
                                  std::string_view path);

}  // namespace assent
