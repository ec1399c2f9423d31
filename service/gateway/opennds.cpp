#include "service/gateway/opennds.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/crypto/crypto.h"
#include "service/domain/radius.h"
#include "service/gateway/fas_query.h"

namespace assent::gateway {
namespace {

constexpr std::size_t kListMax = 10;  // authmon reads 1,024 bytes of an answer
constexpr std::size_t kCutsMax = 50, kSaidMax = 4096;
constexpr std::string_view kCutter = "assent-cut";

// As openNDS's programs are told of a device: nothing but these characters, as they pass it on to a
// shell.
std::string spelled(const std::string& device) {
  std::string out = device;
  std::ranges::replace(out, '-', ':');
  return out;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of(" \n", at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// "timeout_deauth" and the like, as words of the kind that stays end with.
std::string cause_of(std::string_view method) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kKnown{
      {{"timeout_deauth", "session-timeout"},
       {"idle_deauth", "idle-timeout"},
       {"client_deauth", "user-request"},
       {"ndsctl_deauth", "admin-reset"},
       {"shutdown_deauth", "nas-reboot"}}};
  const auto* found =
      std::ranges::find(kKnown, method, [](const auto& each) { return each.first; });
  return std::string(found == kKnown.end() ? "ended" : found->second);
}

// "method=idle_deauth, clientmac=02:00:..., ...": the value of `name`.
std::string_view value_of(std::string_view said, std::string_view name) {
  const auto at = said.find(std::string(name) + "=");
  if (at == std::string_view::npos) return {};
  said.remove_prefix(at + name.size() + 1);
  return said.substr(0, said.find(','));
}

}  // namespace

Result<PortalDevice> OpenNds::arrive(const Brought& all, const std::string& address) const {
  const std::string* fas = brought(all, "fas");
  const std::string* iv = brought(all, "iv");
  if (!fas || !iv)
    return fail(Code::Invalid,
                "its fas_secure_enabled is not 3: level 4 falls back to 0 in openNDS "
                "9.10, and 0 to 2 tell everybody who listens");
  ASSENT_TRY(const FasQuery query, read_fas(*fas, *iv, key_));
  if (query.gateway != settings_.name)
    return fail(Code::Invalid, "its GatewayName is not \"" + settings_.name +
                                   "\", or enable_serial_number_suffix is not 0");
  if (query.address != address)
    return fail(Code::Denied, "a page of the device at " + query.address + " was opened from " +
                                  address +
                                  ": if that is every visitor's, something hides visitors' "
                                  "addresses (NAT) between the gateway and the portal");
  return PortalDevice{address, query.device, settings_.name, query.hid};
}

void OpenNds::let_on(const PortalDevice& device, Time until, const Then& then) {
  const Time now = clock_.now();
  if (until - now < kLate + minutes{1})
    return then(fail(Code::Denied, "less than a minute is left"));
  {
    const std::lock_guard lock{mutex_};
    if (waiting_.size() >= kWaitingMax)
      return then(fail(Code::Unavailable, settings_.name + " does not ask whom to let on"));
    cuts_.erase(device.hardware);
    waiting_[device.hardware] = {to_hex(sha256(device.token + key_)), until, now};
  }
  then(std::string{});
}

bool OpenNds::is_opening(const std::string& device) const {
  const std::lock_guard lock{mutex_};
  return waiting_.contains(device);
}

bool OpenNds::is_cutting(const std::string& device) const {
  const std::lock_guard lock{mutex_};
  return cuts_.contains(device);
}

Result<bool> OpenNds::cut(const GuestSessionRow& stay, const std::string& cause, Time) {
  const std::lock_guard lock{mutex_};
  if (waiting_.erase(stay.device) > 0) return true;  // it was never let on
  if (cuts_.size() >= kWaitingMax)
    return fail(Code::Unavailable, settings_.name + " does not ask whom to cut");
  cuts_[stay.device] = cause;
  return false;
}

Result<std::string> OpenNds::hear(const Brought& form, const std::string& address) {
  if (std::ranges::find(settings_.addresses, address) == settings_.addresses.end())
    return fail(Code::Denied, address + " is not an address of the gateway " + settings_.name);
  const std::string* what = brought(form, "auth_get");
  const std::string* encoded = brought(form, "payload");
  const auto payload = encoded ? from_base64(*encoded) : Result<Blob>(Blob{});
  if (!what || !payload || payload->size() > kSaidMax)
    return fail(Code::Invalid, "this is no word of openNDS");
  const std::string said{text_of(*payload)};
  if (*what == "view") return answer_view(said);
  if (*what == "list") return answer_list();
  if (*what == "custom" && said.starts_with(kCutter))
    return answer_cuts(said.substr(kCutter.size()));
  if (*what == "clear") clear();
  if (*what == "deauthed") hear_gone(said);
  return std::string{"ack"};
}

// "none": whom to let on? Else "* TOKEN...": these are.
std::string OpenNds::answer_view(const std::string& said) {
  if (!said.starts_with('*')) return answer_list();
  const auto done = words(said);
  const std::lock_guard lock{mutex_};
  std::erase_if(waiting_, [&](const auto& each) {
    return std::ranges::find(done, each.second.token) != done.end();
  });
  return "ack";
}

// As authmon takes it: it passes each on to a shell of root's, so nothing is in it but digits. What
// is left out, ndsctl takes from the gateway's own settings.
std::string OpenNds::answer_list() {
  const Time now = clock_.now();
  std::string out = "*";
  std::vector<std::string> over;
  {
    const std::lock_guard lock{mutex_};
    std::size_t count = 0;
    for (const auto& [device, waiting] : waiting_) {
      const auto left = std::chrono::floor<minutes>(waiting.until - now - kLate);
      if (left < minutes{1} || now - waiting.since > kTakesAtMost)
        over.push_back(device);
      else if (++count <= kListMax)
        out += " " + waiting.token + "%20" + std::to_string(left.count());
    }
  }
  for (const std::string& device : over) report(device, "not-let-on");
  return out;
}

std::string OpenNds::answer_cuts(const std::string& done) {
  for (const std::string& each : words(done)) {
    const std::string device = parse_station(each);
    if (is_cutting(device)) report(device, "cut");  // else it may be on again since
  }
  std::string out;
  const std::lock_guard lock{mutex_};
  std::size_t count = 0;
  for (const auto& [device, cause] : cuts_)
    if (++count <= kCutsMax) out += (out.empty() ? "" : " ") + spelled(device);
  return out;
}

void OpenNds::hear_gone(const std::string& said) {
  const std::string device = parse_station(value_of(said, "clientmac"));
  if (!device.empty()) report(device, cause_of(value_of(said, "method")));
}

// authmon begins, some seconds after openNDS: which has let nobody on. Who came within those
// seconds still waits; a token of an earlier start is none to it, and is given up in time.
void OpenNds::clear() {
  {
    const std::lock_guard lock{mutex_};
    cuts_.clear();
  }
  gone_("", "nas-reboot");
}

// Where we had it cut, the cause is ours.
void OpenNds::report(const std::string& device, const std::string& cause) {
  std::string why = cause;
  {
    const std::lock_guard lock{mutex_};
    waiting_.erase(device);
    if (const auto found = cuts_.find(device); found != cuts_.end()) {
      why = found->second;
      cuts_.erase(found);
    }
  }
  gone_(device, why);
}

}  // namespace assent::gateway
