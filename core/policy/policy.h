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
  std::string why;   // why this version changed; may be empty
  std::string ask;   // the statement that a person agrees to
  std::string help;  // who to ask; may be empty
  std::vector<Rule> rules;
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
  std::vector<std::string> approvals_needed;
  std::vector<Approval> approvals;
  std::vector<Rendition> renditions;  // by language, then style; never empty
  std::string manifest;               // "assent-manifest/1" and a line for each file
  Digest manifest_hash{};             // SHA-256 of `manifest`
};

struct File {
  std::string path;  // relative to the policy's folder, with '/': "policy.toml", "2/en-GB.std.md"
  std::string bytes;
};

// Reads version `number` out of a policy's folder: policy.toml, N/version.toml, N/*.md; other
// versions' files are ignored. Invalid names the file, the line and what to do. Refuses (Denied)
// a version without a next review or without an approval that its metadata asks for.
Result<PolicyVersion> parse_version(PolicyName policy, std::span<const File> files,
                                    std::uint32_t number);
// The highest version folder among `files`; NotFound when there is none.
Result<std::uint32_t> newest_version(std::span<const File> files);

// One rendition from its Markdown; `path` is for messages.
Result<Rendition> parse_rendition(std::string_view markdown, std::string language, Style style,
                                  std::string_view path);

}  // namespace assent
