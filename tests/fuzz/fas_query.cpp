// What a browser brings from openNDS: the first 16 bytes are the initialisation vector.
#include <algorithm>

#include "core/base/text.h"
#include "service/domain/radius.h"
#include "service/gateway/fas_query.h"
#include "tests/fuzz/input.h"

ASSENT_FUZZ(text) {
  constexpr std::size_t kIv = 16;
  const auto iv = text.substr(0, kIv), fas = text.substr(std::min(kIv, text.size()));
  const auto read = assent::gateway::read_fas(fas, iv, "k3yForAssent1234x");
  if (!read) return;
  assent::fuzz::expect(read->hid.size() == 64 && !read->address.empty());
  assent::fuzz::expect(assent::parse_station(read->device) == read->device);
  for (const std::string* part : {&read->address, &read->gateway})
    assent::fuzz::expect(bool(assent::check_line(*part, 64)));
}
