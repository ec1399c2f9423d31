// What FreeRADIUS sends for whatever stands in a packet: names, passphrases, addresses, Class.
#include <algorithm>

#include "core/base/text.h"
#include "service/radius/rest_json.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  const auto read = assent::radius::parse_radius_request(text);
  if (!read) return;
  for (const std::string* part : {&read->nas, &read->user, &read->password, &read->device,
                                  &read->nas_session, &read->address, &read->cause, &read->proof})
    assent::fuzz::expect(part->empty() ||
                         bool(assent::check_line(*part, assent::RadiusLimits::kText)));
  assent::fuzz::expect(assent::parse_station(read->device) == read->device);
  assent::fuzz::expect(read->classes.size() <= assent::RadiusLimits::kClasses);
}
