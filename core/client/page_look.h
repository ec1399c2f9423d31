#pragma once
// One look at a page as somebody behind a web filter gets it: its status, and where it sends them.
// Never for the service (http_client.h): this trusts what the machine trusts, may use a proxy and
// reads no page.

#include <string>

#include "core/base/result.h"

namespace assent {

struct PageView {          // by whom, and which way
  std::string url;         // http:// or https://
  std::string proxy = {};  // "host:port"; empty: the machine's own way, no environment's
  std::string login = {}, password = {};  // for the proxy
  int deadline_ms = 5000;
};

struct PageLook {
  int status = 0;
  std::string sent_to = {};  // of a redirection; empty: none
  friend bool operator==(const PageLook&, const PageLook&) = default;
};

// On a connection of its own, asking that nobody answer from a cache. A proxy's refusal to open a
// tunnel is a look as well. Unavailable, in words, when there is no answer; Invalid for settings
// that are none.
Result<PageLook> look_at(const PageView& view);

}  // namespace assent
