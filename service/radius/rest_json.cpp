#include "service/radius/rest_json.h"

#include <algorithm>
#include <array>

#include "core/base/bytes.h"
#include "core/base/text.h"
#include "core/formats/json.h"

namespace assent::radius {
namespace {

constexpr std::string_view kHexadecimal = "0x";

const Array* values_of(const Value& body, std::string_view name) {
  const Value* attribute = body.find(name);
  const Value* values = attribute ? attribute->find("value") : nullptr;
  return values ? values->array() : nullptr;
}

// The first value, where it is one line that RADIUS can hold.
std::string text_of_attribute(const Value& body, std::string_view name) {
  const Array* values = values_of(body, name);
  const std::string* text = values && !values->empty() ? values->front().text() : nullptr;
  return text && check_line(*text, RadiusLimits::kText) ? *text : "";
}

// A number comes as one, or as a text.
bool is_one(const Value& body, std::string_view name) {
  const Array* values = values_of(body, name);
  if (!values || values->size() != 1) return false;
  const std::string* text = values->front().text();
  return text ? *text == "1" : values->front() == Value{std::int64_t{1}};
}

RadiusStatus status_of(const std::string& text) {
  constexpr std::array<std::pair<std::string_view, RadiusStatus>, 5> kStatuses = {{
      {"Start", RadiusStatus::Start},
      {"Interim-Update", RadiusStatus::Interim},
      {"Stop", RadiusStatus::Stop},
      {"Accounting-On", RadiusStatus::NasOn},
      {"Accounting-Off", RadiusStatus::NasOff},
  }};
  const auto found = std::ranges::find(kStatuses, text, [](const auto& one) { return one.first; });
  return found == kStatuses.end() ? RadiusStatus::None : found->second;
}

std::vector<std::string> classes_of(const Value& body) {
  std::vector<std::string> out;
  const Array* values = values_of(body, "Class");
  for (const Value& value : values ? *values : Array{}) {
    const std::string* text = value.text();
    if (!text || !text->starts_with(kHexadecimal) || out.size() == RadiusLimits::kClasses) continue;
    const auto bytes = from_hex(std::string_view(*text).substr(kHexadecimal.size()));
    if (bytes && bytes->size() <= RadiusLimits::kText) out.emplace_back(text_of(Bytes{*bytes}));
  }
  return out;
}

std::string as_text(const RadiusAttribute& attribute) {
  if (attribute.name != RadiusName::Class) return attribute.value;
  return std::string(kHexadecimal) + to_hex(bytes_of(attribute.value));
}

}  // namespace

Result<RadiusRequest> parse_radius_request(std::string_view json) {
  ASSENT_TRY(const Value body, parse_json(json));
  if (!body.object()) return fail(Code::Invalid, "a request is an object of attributes");
  RadiusRequest out;
  out.nas = text_of_attribute(body, "NAS-Identifier");
  out.user = text_of_attribute(body, "User-Name");
  out.password = text_of_attribute(body, "User-Password");
  out.device = parse_station(text_of_attribute(body, "Calling-Station-Id"));
  out.classes = classes_of(body);
  out.status = status_of(text_of_attribute(body, "Acct-Status-Type"));
  out.nas_session = text_of_attribute(body, "Acct-Session-Id");
  out.address = text_of_attribute(body, "Framed-IP-Address");
  out.cause = text_of_attribute(body, "Acct-Terminate-Cause");
  out.is_checked = is_one(body, "Tmp-Integer-0");
  out.proof = text_of_attribute(body, "Tmp-String-0");
  return out;
}

// Written as it goes: each login has one.
std::string to_radius_json(const RadiusAttributes& attributes) {
  constexpr std::size_t kUsual = 1024;
  std::string out = "{";
  out.reserve(kUsual);
  for (const RadiusAttribute& each : attributes) {
    if (out.size() > 1) out += ',';
    append_json_string(out, to_text(each.name));
    out += R"(:{"do_xlat":false,"value":)";
    append_json_string(out, as_text(each));
    out += '}';
  }
  return out += '}';
}

}  // namespace assent::radius
