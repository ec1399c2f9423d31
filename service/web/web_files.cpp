#include "service/web/web_files.h"

#include <algorithm>

#include "core/crypto/crypto.h"
#include "service/web/style.h"

namespace assent::web {

std::string_view web_file(std::string_view name) {
  const auto found = std::ranges::find(web_files(), name, &WebFile::name);
  return found == web_files().end() ? std::string_view{} : found->content;
}

std::string_view style_sheet() {
  return web_file("style.css");
}

const std::string& style_version() {
  constexpr std::size_t kDigits = 12;
  static const std::string version = to_hex(sha256(style_sheet())).substr(0, kDigits);
  return version;
}

std::string style_path() {
  return "/style/" + style_version();
}

}  // namespace assent::web
