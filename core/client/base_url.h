#pragma once
// Which addresses a client may speak to. Inside core/client only.

#include <string>

#include "core/base/result.h"

namespace assent {

struct BaseUrl {
  std::string text;  // normal form, no trailing slash
  std::string host;
  bool https = true;
};
// Invalid, saying why: see HttpSettings::base_url.
Result<BaseUrl> parse_base_url(const std::string& url);

}  // namespace assent
