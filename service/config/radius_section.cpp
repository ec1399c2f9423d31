#include "service/config/radius_section.h"

#include <algorithm>

#include "service/config/reading.h"
#include "service/domain/guest_kind.h"

namespace assent {
namespace {

constexpr std::size_t kTextMax = 255, kPathMax = 1024, kNasesMax = 1000;
constexpr std::int64_t kPortMax = 65535;
constexpr minutes kInterimMost{60}, kIdleMost{24 * 60};

// What is said to radclient and looked for in a packet: no spaces, quotes or percent signs.
bool is_nas_name(std::string_view name) {
  constexpr std::string_view kOthers = "-_.:";
  return name.size() <= NasLimits::kName && std::ranges::all_of(name, [&](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  kOthers.find(c) != kOthers.npos;
         });
}

std::optional<unsigned> read_vlan(Fields& fields, std::string_view key) {
  const auto number = fields.integer_or(key, 0, 0, NasLimits::kVlanMax);
  return number == 0 ? std::nullopt : std::optional(unsigned(number));
}

unsigned read_kbit(Fields& fields, std::string_view key) {
  return unsigned(fields.integer_or(key, 0, 0, NasLimits::kKbitMax));
}

std::optional<minutes> read_span(Fields& fields, std::string_view key, minutes most) {
  const auto text = fields.optional_text(key, kTextMax);
  if (!text) return std::nullopt;
  const minutes span = fields.accept(key, parse_span(*text));
  if (span > most) fields.reject(key, "must be at most " + span_words(most));
  return span;
}

void read_disconnect(Fields& fields, Nas& nas) {
  nas.address = fields.optional_text("address", kTextMax).value_or("");
  if (!nas.address.empty() && !is_ip_address(nas.address))
    fields.reject("address", "must be an IP address, such as \"10.20.0.5\"");
  nas.coa_port = std::uint16_t(fields.integer_or("coa_port", nas.coa_port, 1, kPortMax));
  nas.secret_file = fields.optional_text("secret_file", kPathMax).value_or("");
  if (nas.address.empty() != nas.secret_file.empty())
    fields.reject(nas.address.empty() ? "address" : "secret_file",
                  "is missing: with both, a session is cut at once; without, when it next reports");
}

Result<Nas> read_nas(const Value& item, const std::string& path) {
  Fields fields(item, path);
  Nas nas;
  nas.name = fields.text("name", NasLimits::kName);
  if (!is_nas_name(nas.name))
    fields.reject("name", "must be the NAS-Identifier, of letters, digits and - _ . :");
  read_disconnect(fields, nas);
  nas.guest_vlan = read_vlan(fields, "guest_vlan");
  nas.quarantine_vlan = read_vlan(fields, "quarantine_vlan");
  if (nas.quarantine_vlan && nas.quarantine_vlan == nas.guest_vlan)
    fields.reject("quarantine_vlan", "must be another network than guest_vlan");
  nas.filter_id = fields.boolean_or("filter_id", false);
  nas.idle = read_span(fields, "idle", kIdleMost);
  nas.interim = read_span(fields, "interim", kInterimMost).value_or(nas.interim);
  nas.down_kbit = read_kbit(fields, "down_kbit");
  nas.up_kbit = read_kbit(fields, "up_kbit");
  return fields.finish(std::move(nas));
}

}  // namespace

Result<std::optional<RadiusSettings>> read_radius(const Value* table) {
  if (!table) return std::optional<RadiusSettings>();
  Fields fields(*table, "radius");
  RadiusSettings out;
  out.address = fields.optional_text("address", kTextMax).value_or(out.address);
  if (out.address != "127.0.0.1" && out.address != "::1")
    fields.reject("address", "must be \"127.0.0.1\" or \"::1\": FreeRADIUS runs on this machine");
  out.port = std::uint16_t(fields.integer_or("port", out.port, 0, kPortMax));
  out.secret_file = fields.text("secret_file", kPathMax);
  out.mschapv2 = fields.boolean_or("mschapv2", false);
  return fields.finish(std::optional(std::move(out)));
}

Result<std::vector<Nas>> read_nases(Fields& fields) {
  std::vector<Nas> out;
  for (const Value& item : fields.array("nas", kNasesMax)) {
    const std::string path = "nas[" + std::to_string(out.size() + 1) + "]";
    ASSENT_TRY(Nas nas, read_nas(item, path));
    if (std::ranges::find(out, nas.name, &Nas::name) != out.end())
      return fail(Code::Invalid, path + ".name \"" + nas.name + "\" is there twice");
    out.push_back(std::move(nas));
  }
  return out;
}

}  // namespace assent
