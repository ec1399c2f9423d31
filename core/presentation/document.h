#pragma once
// What a person is shown, as one canonical document whose SHA-256 goes into the record. The bytes
// are specified in docs/presentation.md; screens lay the same words out in their own ways.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"

namespace assent {

struct DocumentLimits {
  static constexpr std::size_t kText = 4096, kDocument = 65536, kParts = 16;
};

enum class Kind : std::uint8_t { Full, Amendment };  // of a part: whole text, or what changed
std::string_view to_text(Kind kind);

struct DocumentRule {
  enum class Change : std::uint8_t { Full, Added, Changed, Removed };
  std::string id;
  Change change = Change::Full;
  std::string section;   // the heading above it, empty if the same as the rule before
  std::string old_text;  // Changed, Removed
  std::string new_text;  // Full, Added, Changed
  friend bool operator==(const DocumentRule&, const DocumentRule&) = default;
};

struct DocumentPart {  // one policy
  std::string policy;
  std::uint32_t from = 0, to = 0;  // versions; 0 = never accepted
  std::string mode;                // "agree" or "acknowledge"
  Digest manifest{};
  Kind kind = Kind::Full;
  std::string language, style;        // empty: the document's; else different from it
  std::string title, why, help, ask;  // why and help may be empty
  std::uint32_t unchanged = 0;        // rules not shown because they are the same; 0 when Full
  std::vector<DocumentRule> rules;
  friend bool operator==(const DocumentPart&, const DocumentPart&) = default;
};

struct Document {
  std::string language, style;  // of the first part
  std::vector<DocumentPart> parts;
  friend bool operator==(const Document&, const Document&) = default;
};

// The canonical bytes. Invalid, naming the place, if a text breaks the format's rules or a limit.
Result<std::string> to_canonical(const Document& document);
// Accepts canonical bytes only: to_canonical(parse) gives the same bytes back; else Invalid.
Result<Document> parse_document(std::string_view canonical);

}  // namespace assent
