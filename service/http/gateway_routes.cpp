#include "service/http/gateway_routes.h"

#include <mutex>

#include "core/base/text.h"
#include "service/http/request_reader.h"

namespace assent::http {
namespace {

constexpr std::size_t kSaidBytes = 8 * 1024;

// What any of them gives a browser to bring; openNDS's at other levels too, to say that it must
// not.
const std::vector<std::string> kBroughtNames{"fas",        "iv",
                                             "clientip",   "gatewayname",
                                             "tok",        "redir",
                                             "authaction", "status",
                                             "id",         "ap",
                                             "t",          "url",
                                             "ssid",       "base_grant_url",
                                             "node_id",    "node_mac",
                                             "gateway_id", "client_ip",
                                             "client_mac", "user_continue_url"};

// 404 as for any address that there is not.
// One line a minute for each gateway: anybody on the visitors' network can bring one about.
class Warnings {
 public:
  explicit Warnings(const GatewayServices& services) : services_(services) {}
  void say(const std::string& gateway, const std::string& what) {
    const Time now = services_.portal.clock.now();
    {
      const std::lock_guard lock{mutex_};
      Time& last = last_[gateway];
      if (last != Time{} && now - last < kQuiet && now >= last) return;
      last = now;
    }
    services_.warn("the gateway " + gateway +
                   " sent a browser to the portal, and was not believed: " + one_line(what));
  }

 private:
  static constexpr minutes kQuiet{1};
  const GatewayServices services_;
  std::mutex mutex_;  // guards what follows
  std::map<std::string, Time> last_;
};

Response no_gateway() {
  return problem(404, "not-found", "Not found", "There is no gateway of that name.");
}

void arrive(const GatewayServices& services, Warnings& warnings, const Request& request,
            const Params& params, const Respond& respond) {
  const School* school = services.portal.registry.school(SchoolName{params["school"]});
  const std::string& name = params["gateway"];
  const PortalGateway* gateway = school ? services.gateways.of(*school, name) : nullptr;
  if (!gateway) return respond(no_gateway());
  const PortalDevice plain{request.peer, "", "", ""};
  if (request.query.empty()) return show_portal(services.portal, *school, request, plain, respond);
  const auto device = gateway->arrive(request.query, request.peer);
  if (device) return show_portal(services.portal, *school, request, *device, respond);
  warnings.say(name, device.error().message);
  respond(not_from_gateway(*school, request));
}

void hear(const GatewayServices& services, const Request& request, const Params& params,
          const Respond& respond) {
  const School* school = services.portal.registry.school(SchoolName{params["school"]});
  const std::string& name = params["gateway"];
  const auto found = services.asking.find(name);
  if (!school || !services.gateways.of(*school, name) || found == services.asking.end())
    return respond(no_gateway());
  Named form;
  if (request.body.size() > kSaidBytes || !read_named(request.body, form))
    return respond(problem(400, "invalid", "Not valid", "This is no word of a gateway's."));
  const auto answer = found->second->hear(form, request.peer);
  if (!answer) return respond(problem_for(answer.error()));
  respond(text(*answer));
}

}  // namespace

std::vector<Route> gateway_routes(const GatewayServices& services) {
  const auto warnings = std::make_shared<Warnings>(services);
  const auto come = [services, warnings](const Request& request, const Params& params,
                                         const Respond& respond) {
    arrive(services, *warnings, request, params, respond);
  };
  const auto ask = [services](const Request& request, const Params& params,
                              const Respond& respond) { hear(services, request, params, respond); };
  constexpr const char* kPattern = "/portal/{school}/{gateway}";
  return {{"GET", kPattern, come, kBroughtNames}, {"POST", kPattern, ask}};
}

}  // namespace assent::http
