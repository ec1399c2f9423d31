// What a directory server sends: names, times, ids and ranges. Any bytes are one or are refused,
// and what is put into a filter or a name stays a value.
#include "core/base/text.h"
#include "service/directory/dn.h"
#include "service/directory/extended_name.h"
#include "service/directory/filter.h"
#include "service/directory/values.h"
#include "tests/fuzz/input.h"

using assent::fuzz::expect;
namespace directory = assent::directory;

ASSENT_FUZZ(text) {
  if (const auto normal = directory::normal_dn(text)) {
    const auto again = directory::normal_dn(*normal);
    expect(again && *again == *normal);
    (void)directory::ou_path(text, "dc=x");
    (void)directory::ou_path("ou=a,dc=x", text);
  }
  expect(directory::escaped(text).find_first_of("*()") == std::string::npos);
  if (text.size() < 1000 && !text.empty())
    expect(bool(directory::normal_dn(directory::rdn("cn", text) + ",dc=x")) ==
           assent::is_utf8(text));
  if (const auto guid = directory::guid_text(text))
    expect(directory::guid_bytes(*guid).value() == text);
  if (const auto name = directory::name_by_id(text))
    expect(directory::parse_extended(*name + ";dc=x").value() ==
           directory::ExtendedName{std::string(text), "dc=x"});
  if (const auto name = directory::parse_extended(text)) expect(text.ends_with(name->dn));
  (void)directory::uuid_text(text);
  (void)directory::parse_filetime(text);
  (void)directory::parse_generalized_time(text);
  (void)directory::parse_ranged(text);
}
