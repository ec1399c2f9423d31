#include "service/gateway/unifi.h"

#include <algorithm>

#include "core/base/letters.h"
#include "core/formats/json.h"
#include "service/domain/radius.h"

namespace assent::gateway {
namespace {

constexpr std::string_view kApi = "/proxy/network/integration/v1/sites/";
constexpr std::size_t kReplyBytes = 64 * 1024, kIdMax = 64;

// "02:00:00:00:00:21".
std::string mac_of(const std::string& device) {
  std::string out = device;
  for (char& c : out) c = c == '-' ? ':' : lower(c);
  return out;
}

std::string text_at(const Value& value, std::string_view name) {
  const Value* found = value.find(name);
  return found && found->text() ? *found->text() : "";
}

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= kIdMax && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

}  // namespace

Result<std::shared_ptr<UniFi>> UniFi::make(const GatewaySettings& settings, std::string key,
                                           const Clock& clock) {
  HttpSettings http;
  http.base_url = settings.url;
  http.ca_file = settings.ca_file;
  http.deadline_ms = kDeadlineMs;
  http.max_reply_bytes = kReplyBytes;
  auto client = HttpClient::make(std::move(http));
  if (!client)
    return fail(client.error().code, "gateway " + settings.name + ": " + client.error().message);
  return std::make_shared<UniFi>(settings, std::move(key), *std::move(client), clock);
}

UniFi::UniFi(const GatewaySettings& settings, std::string key, HttpClient client,
             const Clock& clock)
    : name_(settings.name),
      path_(std::string(kApi) + settings.site + "/clients"),
      key_(std::move(key)),
      client_(std::move(client)),
      clock_(clock),
      thread_([this] { run(); }) {}

void UniFi::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

Result<PortalDevice> UniFi::arrive(const Brought& all, const std::string& address) const {
  const std::string* id = brought(all, "id");
  const std::string device = id ? parse_station(*id) : "";
  if (device.empty())
    return fail(Code::Invalid,
                "there is no device's hardware address (id) in it: its guest network "
                "must have the external portal as its hotspot");
  return PortalDevice{address, device, name_, ""};
}

void UniFi::let_on(const PortalDevice& device, Time until, const Then& then) {
  if (until - clock_.now() < minutes{1})
    return then(fail(Code::Denied, "less than a minute is left"));
  {
    const std::lock_guard lock{mutex_};
    if (!stopping_ && waiting_.size() < kWaitingMax) {
      waiting_.push_back({device, until, clock_.now(), then});
      changed_.notify_all();
      return;
    }
  }
  then(fail(Code::Unavailable, name_ + " has too much to do"));
}

void UniFi::run() {
  std::unique_lock lock{mutex_};
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    const bool too_late = stopping_ || clock_.now() - next.since > kWaitsAtMost;
    lock.unlock();
    next.then(too_late ? fail(Code::Unavailable, name_ + " answers too slowly") : open(next));
    lock.lock();
  }
}

Result<std::string> UniFi::open(const Waiting& waiting) const {
  ASSENT_TRY(const Object client, find(waiting.device.hardware));
  // Anybody can write an address with somebody else's device in it (A20).
  const std::string address = text_at(client, "ipAddress");
  if (address.empty()) return fail(Code::Unavailable, name_ + " does not know its address yet");
  if (address != waiting.device.address)
    return fail(Code::Denied, name_ + " has that device at " + address);
  const minutes left = std::chrono::floor<minutes>(waiting.until - clock_.now());
  if (left < minutes{1}) return fail(Code::Denied, "less than a minute is left");
  const std::int64_t most = std::min<minutes>(left, kLetsOnAtMost).count();
  ASSENT_CHECK(act(client, {{"action", "AUTHORIZE_GUEST_ACCESS"}, {"timeLimitMinutes", most}}));
  return std::string{};
}

Result<bool> UniFi::cut(const GuestSessionRow& stay, const std::string&, Time now) {
  const auto client = find(stay.device);
  if (!client && client.error().code == Code::NotFound) return now >= stay.seen + kLetsOnAtMost;
  if (!client) return fail(client.error());
  ASSENT_CHECK(act(*client, {{"action", "UNAUTHORIZE_GUEST_ACCESS"}}));
  return true;
}

// The device as the controller knows it while it is connected; NotFound when it is not.
Result<Object> UniFi::find(const std::string& device) const {
  HttpRequest request;
  request.method = "GET";
  request.path = path_ + "?filter=macAddress.eq(%27" + mac_of(device) + "%27)";
  ASSENT_TRY(const Value reply, ask(std::move(request)));
  const Value* data = reply.find("data");
  if (!data || !data->array()) return fail(Code::Unavailable, name_ + " answers without clients");
  for (const Value& client : *data->array())
    if (client.object() && mac_of(text_at(client, "macAddress")) == mac_of(device) &&
        is_id(text_at(client, "id")))
      return *client.object();
  return fail(Code::NotFound, name_ + " has no such device");
}

Status UniFi::act(const Object& client, Object body) const {
  HttpRequest request;
  request.method = "POST";
  request.path = path_ + "/" + text_at(client, "id") + "/actions";
  request.body = to_json(Value{std::move(body)});
  ASSENT_CHECK(ask(std::move(request)));
  return {};
}

Result<Value> UniFi::ask(HttpRequest request) const {
  request.api_key = key_;
  ASSENT_TRY(const HttpReply reply, client_.send(request));
  if (reply.status == 404) return fail(Code::NotFound, name_ + " has no such device or site");
  if (reply.status == 401 || reply.status == 403)
    return fail(Code::Unavailable, name_ + " refuses the key in secret_file");
  if (reply.status < 200 || reply.status > 299)
    return fail(Code::Unavailable, name_ + " answers with status " + std::to_string(reply.status));
  return parse_json(reply.body, {.bytes = kReplyBytes});
}

}  // namespace assent::gateway
