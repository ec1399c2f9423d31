#include "service/config/gateway_section.h"

#include <algorithm>

#include "service/config/reading.h"
#include "service/domain/radius.h"

namespace assent {
namespace {

constexpr std::size_t kGatewaysMax = 100, kNameMax = 32, kPathMax = 1024, kHostMax = 253;
constexpr std::size_t kListMax = 16, kSiteMax = 64;

GatewayKind read_kind(Fields& fields) {
  const std::string kind = fields.text("kind", kNameMax);
  if (kind == "unifi") return GatewayKind::UniFi;
  if (kind == "meraki") return GatewayKind::Meraki;
  if (kind != "opennds") fields.reject("kind", "must be \"opennds\", \"unifi\" or \"meraki\"");
  return GatewayKind::OpenNds;
}

void read_opennds(Fields& fields, const Value& item, GatewaySettings& out) {
  out.secret_file = fields.text("secret_file", kPathMax);
  out.addresses = one_or_more(fields, item, "address", kHostMax, kListMax);
  if (out.addresses.empty())
    fields.reject("address", "is missing: where the gateway's own requests come from");
  for (const std::string& address : out.addresses)
    if (!is_ip_address(address))
      fields.reject("address", "must be IP addresses, such as \"10.20.0.1\"");
}

bool is_plain(std::string_view text, std::string_view others) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != others.npos;
  });
}

void read_unifi(Fields& fields, GatewaySettings& out) {
  out.secret_file = fields.text("secret_file", kPathMax);
  out.url = fields.text("url", kPathMax);
  if (!out.url.starts_with("https://"))
    fields.reject("url", "must be the controller's https:// address");
  out.ca_file = fields.text("ca_file", kPathMax);
  out.site = fields.text("site", kSiteMax);
  if (!is_plain(out.site, "-"))
    fields.reject("site",
                  "must be the site's id, such as \"88f7af54-98f8-306a-a1c7-c9349722b1f6\"");
}

void read_meraki(Fields& fields, const Value& item, GatewaySettings& out) {
  out.hosts = one_or_more(fields, item, "hosts", kHostMax, kListMax);
  if (out.hosts.empty()) out.hosts = {"network-auth.com"};
  for (const std::string& host : out.hosts)
    if (!is_plain(host, "-.")) fields.reject("hosts", "must be names of hosts");
}

Result<GatewaySettings> read_gateway(const Value& item, const std::string& path) {
  Fields fields(item, path);
  GatewaySettings out;
  out.name = fields.text("name", kNameMax);
  if (!check_name(out.name))
    fields.reject("name", "must be of a-z, 0-9 and -, beginning with a letter");
  out.kind = read_kind(fields);
  for (const std::string& range : one_or_more(fields, item, "clients", kHostMax, kListMax))
    out.clients.push_back(fields.accept("clients", parse_address_range(range)));
  if (out.clients.empty())
    fields.reject("clients",
                  "is missing: the addresses of its visitors' devices, such as "
                  "\"10.20.0.0/16\"");
  switch (out.kind) {
    case GatewayKind::OpenNds: read_opennds(fields, item, out); break;
    case GatewayKind::UniFi: read_unifi(fields, out); break;
    case GatewayKind::Meraki: read_meraki(fields, item, out); break;
  }
  return fields.finish(std::move(out));
}

}  // namespace

Result<std::vector<GatewaySettings>> read_gateways(Fields& fields) {
  std::vector<GatewaySettings> out;
  for (const Value& item : fields.array("gateway", kGatewaysMax)) {
    const std::string path = "gateway[" + std::to_string(out.size() + 1) + "]";
    ASSENT_TRY(GatewaySettings gateway, read_gateway(item, path));
    if (std::ranges::find(out, gateway.name, &GatewaySettings::name) != out.end())
      return fail(Code::Invalid, path + ".name \"" + gateway.name + "\" is there twice");
    out.push_back(std::move(gateway));
  }
  return out;
}

}  // namespace assent
