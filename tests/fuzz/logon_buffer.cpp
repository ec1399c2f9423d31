// What another credential provider packed for a logon: offsets and lengths by others.
#include "winlogon-shim/logon_buffer/logon_buffer.h"

#include "core/base/text.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto read = assent::provider::parse_logon_buffer(assent::bytes_of(text));
  if (!read) return;
  assent::fuzz::expect(!read->login.empty());
  for (const std::string* name : {&read->domain, &read->login})
    assent::fuzz::expect(assent::is_utf8(*name) && name->size() <= 3 * 1024);
}
