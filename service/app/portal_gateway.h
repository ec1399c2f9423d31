#pragma once
// What stands between a visitors' network and the internet, as the portal needs it: it says which
// device a browser came from, lets it on until a time, and takes it off again. docs/gateways.md.

#include <functional>
#include <map>
#include <memory>

#include "service/app/guest_rows.h"
#include "service/app/portal_state.h"
#include "service/domain/address_range.h"
#include "service/domain/school.h"

namespace assent {

// The query of the address that a gateway sent a browser to: decoded, each name once.
using Brought = std::vector<std::pair<std::string, std::string>>;
// nullptr: it brought none.
inline const std::string* brought(const Brought& all, std::string_view name) {
  for (const auto& [key, value] : all)
    if (key == name) return &value;
  return nullptr;
}

// Any thread.
class PortalGateway {
 public:
  virtual ~PortalGateway() = default;

  // The device of a browser that came from `address`. Denied: what it brought is for another
  // device. Invalid: the gateway is not set up as it must be; the words are for whoever runs it.
  virtual Result<PortalDevice> arrive(const Brought& all, const std::string& address) const = 0;

  // With where the browser must go for it; mostly empty: nowhere.
  using Then = std::function<void(Result<std::string>)>;
  // Lets the device on, and off again at `until` or a little before. `then` may be called later.
  // Denied: too little time is left. Unavailable: it cannot be told.
  virtual void let_on(const PortalDevice& device, Time until, const Then& then) = 0;

  // It is to let this hardware address on, and has not yet.
  virtual bool is_opening(const std::string& device) const = 0;

  // As SessionCutter::cut. False: not yet; it says itself when the stay is over, or it is to be
  // asked again.
  virtual Result<bool> cut(const GuestSessionRow& stay, const std::string& cause, Time now) = 0;
};

// The gateways of all schools. Filled before anybody asks; any thread then.
class GatewayRegister {
 public:
  void add(const SchoolName& school, const std::string& name,
           std::shared_ptr<PortalGateway> gateway, std::vector<AddressRange> clients = {}) {
    by_name_[name] = {school, std::move(gateway), std::move(clients)};
  }
  // nullptr: nobody knows it. A name is one gateway's, whatever the school.
  PortalGateway* find(const std::string& name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? nullptr : found->second.gateway.get();
  }
  PortalGateway* of(const School& school, const std::string& name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() || found->second.school != school.name ? nullptr : find(name);
  }
  // Whether devices at that address are let on by one of the school's.
  bool is_behind_one(const School& school, const std::string& address) const {
    for (const auto& [name, each] : by_name_)
      for (const AddressRange& range : each.clients)
        if (each.school == school.name && range.contains(address)) return true;
    return false;
  }

 private:
  struct Registered {
    SchoolName school;
    std::shared_ptr<PortalGateway> gateway;
    std::vector<AddressRange> clients;
  };
  std::map<std::string, Registered> by_name_;
};

}  // namespace assent
