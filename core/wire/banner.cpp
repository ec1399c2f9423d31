#include "core/wire/banner.h"

#include "core/base/id.h"
#include "core/formats/json.h"
#include "core/wire/gate.h"
#include "core/wire/read.h"

namespace assent::wire {
namespace {

constexpr JsonLimits kReply{.bytes = Limits::kReply, .depth = 4};
constexpr std::int64_t kHighest = std::numeric_limits<std::uint32_t>::max();

Result<BannerItem> to_item(const Value& value) {
  constexpr std::size_t kHexDigits = 64;
  Fields fields(value);
  BannerItem item;
  item.policy = fields.text("policy", Limits::kLogin);
  if (const Status good = check_name(item.policy); !good)
    fields.reject("policy", good.error().message);
  item.version = std::uint32_t(fields.integer("version", 1, kHighest));
  item.manifest =
      fields.accept("manifest", exactly<32>(from_hex(fields.text("manifest", kHexDigits))));
  item.text = line(fields, "text", BannerLimits::kText);
  return fields.finish(std::move(item));
}

}  // namespace

std::string to_json(const BannerReply& reply) {
  Array items;
  for (const BannerItem& item : reply.items)
    items.push_back(Object{{"policy", item.policy},
                           {"version", item.version},
                           {"manifest", to_hex(item.manifest)},
                           {"text", item.text}});
  Object out;
  if (!reply.school.empty()) out.emplace_back("school", reply.school);
  out.emplace_back("items", std::move(items));
  return assent::to_json(out);
}

Result<BannerReply> parse_banner_reply(std::string_view json) {
  ASSENT_TRY(const Value value, parse_json(json, kReply));
  Fields fields(value);
  BannerReply reply;
  reply.school = line_or_empty(fields, "school", Limits::kTitle);
  if (!fields.any("items")) fields.reject("items", "is missing");
  for (const Value& item : fields.array("items", BannerLimits::kItems))
    reply.items.push_back(fields.accept("items", to_item(item)));
  return fields.finish(std::move(reply));
}

}  // namespace assent::wire
