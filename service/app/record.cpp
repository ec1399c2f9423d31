#include "service/app/record.h"

namespace assent {

std::string record_body(std::string_view type, const Nonce& id, Time at, bool clock_ok,
                        std::string_view trust, Object fields) {
  fields.emplace_back("v", 1);
  fields.emplace_back("type", type);
  fields.emplace_back("id", to_base64url(id));
  fields.emplace_back("t", to_rfc3339(at));
  fields.emplace_back("clock", clock_ok ? "ok" : "stepped");
  fields.emplace_back("trust", trust);
  return to_canonical_json(Value{std::move(fields)});
}

}  // namespace assent
