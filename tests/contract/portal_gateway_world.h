#pragma once
// A gateway for the contract of gateways, with what stands behind it.

#include <memory>
#include <ostream>

#include "service/app/portal_gateway.h"

namespace assent::contract {

// A gateway called "hall", with a network behind it on which nobody is on at first.
class GatewayWorld {
 public:
  virtual ~GatewayWorld() = default;
  virtual PortalGateway& gateway() = 0;
  virtual Time now() = 0;
  // What the browser of 02-00-00-00-00-21 at 10.97.0.73 brings.
  virtual Brought brings() = 0;
  // That it went where it was sent, and all that the gateway does by itself.
  virtual void settle(const std::string& go_to) = 0;
  virtual bool is_on(const std::string& device) = 0;
  virtual bool cuts() const { return true; }  // false: it only ends stays at their own end
};
struct GatewayWorldKind {
  const char* name;
  std::unique_ptr<GatewayWorld> (*make)();
};
inline void PrintTo(const GatewayWorldKind& kind, std::ostream* out) {
  *out << kind.name;
}

inline const std::string kDevice = "02-00-00-00-00-21", kAt = "10.97.0.73";

}  // namespace assent::contract
