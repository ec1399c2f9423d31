#include "service/gateway/meraki.h"

#include <algorithm>

#include "service/domain/radius.h"

namespace assent::gateway {
namespace {

constexpr std::string_view kHttps = "https://";
constexpr std::size_t kUrlMax = 512;

bool is_of(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != others.npos;
  });
}

// Of a URL of ours, as a value in a query.
std::string escaped(const std::string& url) {
  std::string out;
  for (const char c : url)
    if (c == ':')
      out += "%3A";
    else if (c == '/')
      out += "%2F";
    else
      out += c;
  return out;
}

}  // namespace

// It comes by way of the browser, and a page of ours sends visitors there: so it is Meraki's host,
// with a plain path.
bool Meraki::is_grant(std::string_view url) const {
  if (url.size() > kUrlMax || !url.starts_with(kHttps)) return false;
  url.remove_prefix(kHttps.size());
  const auto slash = url.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view host = url.substr(0, slash);
  const bool is_known = std::ranges::any_of(settings_.hosts, [&](const std::string& allowed) {
    return host == allowed || host.ends_with("." + allowed);
  });
  return is_known && is_of(host, "-.") && is_of(url.substr(slash), "/-._");
}

Result<PortalDevice> Meraki::arrive(const Brought& all, const std::string& address) const {
  const std::string* grant = brought(all, "base_grant_url");
  const std::string* mac = brought(all, "client_mac");
  const std::string* at = brought(all, "client_ip");
  const std::string device = mac ? parse_station(*mac) : "";
  if (!grant || device.empty() || !at)
    return fail(Code::Invalid,
                "there is no base_grant_url, client_mac or client_ip in it: its "
                "network must have a click-through splash page");
  if (!is_grant(*grant))
    return fail(Code::Invalid, "its base_grant_url is at none of the [[gateway]]'s hosts");
  if (*at != address)
    return fail(Code::Denied, "a page of the device at " + *at + " was opened from " + address +
                                  ": if that is every visitor's, something hides visitors' "
                                  "addresses (NAT) between the network and the portal");
  return PortalDevice{address, device, settings_.name, *grant};
}

void Meraki::let_on(const PortalDevice& device, Time until, const Then& then) {
  const auto left = std::chrono::floor<seconds>(until - clock_.now());
  if (left < minutes{1}) return then(fail(Code::Denied, "less than a minute is left"));
  {
    const std::lock_guard lock{mutex_};
    std::erase_if(until_, [now = clock_.now()](const auto& each) { return each.second <= now; });
    until_[device.hardware] = until;
  }
  std::string to = device.token + "?duration=" + std::to_string(left.count());
  if (!back_.empty()) to += "&continue_url=" + escaped(back_);
  then(to);
}

Result<bool> Meraki::cut(const GuestSessionRow& stay, const std::string&, Time now) {
  const std::lock_guard lock{mutex_};
  const auto found = until_.find(stay.device);
  if (found == until_.end() || found->second <= now) return true;
  return fail(Code::Denied, settings_.name + " ends it at its own end and not before");
}

}  // namespace assent::gateway
