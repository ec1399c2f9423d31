// assent.toml: the service itself.
#include <algorithm>

#include "core/base/text.h"
#include "service/config/config.h"
#include "service/config/radius_section.h"
#include "service/config/reading.h"

namespace assent {
namespace {

constexpr std::size_t kTextMax = 255;
constexpr std::size_t kPathMax = 1024;

bool is_graphic(char c) {
  return c > ' ' && c < '\x7f';
}

void check_origin(Fields& fields, const std::string& origin) {
  if (!std::ranges::all_of(origin, is_graphic) || origin.find('+') != std::string::npos)
    fields.reject("origin", "must have no spaces and no +: write a name such as " +
                                std::string("\"aup.example.sch.uk/log\""));
}

void check_url(Fields& fields, const std::string& url) {
  const bool local = url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
  if (!url.starts_with("https://") && !local)
    fields.reject("public_url", "must begin with https://");
  if (!std::ranges::all_of(url, is_graphic)) fields.reject("public_url", "must have no spaces");
}

Result<SignInSettings> read_sign_in(const Value* table) {
  SignInSettings out;
  if (!table) return out;
  Fields fields(*table, "signin");
  out.issuer = fields.text("issuer", kTextMax);
  if (!out.issuer.starts_with("https://") || !std::ranges::all_of(out.issuer, is_graphic))
    fields.reject("issuer", "must begin with https://, as the provider spells it");
  out.source = fields.text("source", kTextMax);
  return fields.finish(std::move(out));
}

}  // namespace

Result<ServiceSettings> parse_service(std::string_view text, const std::string& file) {
  ASSENT_TRY(const Value value, parse_config(text, file));
  Fields fields(value);
  ServiceSettings out;
  out.address = fields.optional_text("address", kTextMax).value_or(out.address);
  if (out.address != "127.0.0.1" && out.address != "::1")
    fields.reject("address", "must be \"127.0.0.1\" or \"::1\": the edge faces the network");
  out.port = std::uint16_t(fields.integer_or("port", out.port, 0, 65535));
  out.data = fields.optional_text("data", kPathMax).value_or(out.data);
  out.origin = fields.text("origin", kTextMax);
  check_origin(fields, out.origin);
  out.trust = fields.text("trust", kTextMax);
  if (const Status name = check_name(out.trust); !name)
    fields.reject("trust", "must be a short name of a-z, 0-9 and -, beginning with a letter");
  if (const auto url = fields.optional_text("public_url", kTextMax)) {
    check_url(fields, *url);
    out.public_url = *url;
  }
  out.edge_secret = fields.optional_text("edge_secret", kPathMax).value_or("");
  out.timezone = fields.optional_text("timezone", kTextMax).value_or(out.timezone);
  check_zone(fields, "timezone", out.timezone);
  out.log_key = fields.text("log_key", kPathMax);
  auto radius = read_radius(fields.any("radius"));
  if (!radius) return fail(in_file(file, std::move(radius).error()));
  out.radius = *std::move(radius);
  auto sign_in = read_sign_in(fields.any("signin"));
  if (!sign_in) return fail(in_file(file, std::move(sign_in).error()));
  out.sign_in = *std::move(sign_in);
  if (!out.sign_in.issuer.empty() && out.edge_secret.empty())
    fields.reject("signin", "needs edge_secret: only the edge may say who is signed in");
  if (Status good = fields.finish(); !good) return fail(in_file(file, std::move(good).error()));
  return out;
}

}  // namespace assent
