#pragma once
// A gateway that does at once what it is told, or takes its time, or is away, as a test says.

#include <mutex>

#include "service/app/portal_gateway.h"
#include "service/domain/radius.h"

namespace assent::support {

class FakeGateway final : public PortalGateway {
 public:
  FakeGateway(std::string name, const Clock& clock) : name_(std::move(name)), clock_(clock) {}

  Result<PortalDevice> arrive(const Brought& all, const std::string& address) const override {
    const std::string* mac = brought(all, "mac");
    const std::string device = mac ? parse_station(*mac) : "";
    if (device.empty()) return fail(Code::Invalid, "a test");
    return PortalDevice{address, device, name_, ""};
  }
  void let_on(const PortalDevice& device, Time until, const Then& then) override {
    if (until - clock_.now() < minutes{1}) return then(fail(Code::Denied, "a test"));
    if (away) return then(fail(Code::Unavailable, "a test"));
    {
      const std::lock_guard lock{mutex_};
      on_[device.hardware] = until;
    }
    then(std::string{});
  }
  bool is_opening(const std::string& device) const override { return is_slow && is_on(device); }
  Result<bool> cut(const GuestSessionRow& stay, const std::string& cause, Time) override {
    if (away) return fail(Code::Unavailable, "a test");
    const std::lock_guard lock{mutex_};
    cut_.push_back(stay.device + " " + cause);
    on_.erase(stay.device);
    return !says_itself;
  }

  bool is_on(const std::string& device) const {
    const std::lock_guard lock{mutex_};
    return on_.contains(device);
  }
  std::vector<std::string> all_cut() const {
    const std::lock_guard lock{mutex_};
    return cut_;
  }

  bool away = false;         // cannot be told anything
  bool is_slow = false;      // has not let anybody on yet
  bool says_itself = false;  // when a stay is over

 private:
  const std::string name_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, Time> on_;
  std::vector<std::string> cut_;
};

}  // namespace assent::support
