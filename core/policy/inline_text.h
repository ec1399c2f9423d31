#pragma once
// The words of one Markdown paragraph or heading as plain text. For this folder only: it is the
// one header that knows cmark.

#include <string>
#include <string_view>

#include "core/base/result.h"

struct cmark_node;

namespace assent {

// Emphasis goes, a link becomes "text <URL>", white space runs become one space, letters NFC.
// Invalid on images, code, HTML, tables, and on a line other than the first that begins with '[':
// that is a rule or a note that has lost its own line.
Result<std::string> inline_text(cmark_node* block, std::string_view path);

}  // namespace assent
