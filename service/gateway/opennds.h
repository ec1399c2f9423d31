#pragma once
// An openNDS 9.10 gateway at FAS level 3. It asks us: every few seconds its authmon whom to let on,
// and packaging/opennds/assent-cut whom to cut. It is never asked anything.

#include <map>
#include <mutex>

#include "service/app/gateway_settings.h"
#include "service/app/portal_gateway.h"

namespace assent::gateway {

// Any thread.
class OpenNds final : public PortalGateway {
 public:
  static constexpr std::size_t kWaitingMax = 1000;
  static constexpr seconds kTakesAtMost{120};  // what it was not let on by then it never will be
  // How far past its own end it may let a device go on: its checkinterval, and a request's time.
  static constexpr seconds kLate{20};

  // No longer there, as the gateway says; an empty device: none is but those that it is opening
  // for. Must not block.
  using Gone = std::function<void(const std::string& device, const std::string& cause)>;
  OpenNds(GatewaySettings settings, std::string key, const Clock& clock, Gone gone)
      : settings_(std::move(settings)),
        key_(std::move(key)),
        clock_(clock),
        gone_(std::move(gone)) {}

  Result<PortalDevice> arrive(const Brought& all, const std::string& address) const override;
  void let_on(const PortalDevice& device, Time until, const Then& then) override;
  bool is_opening(const std::string& device) const override;
  Result<bool> cut(const GuestSessionRow& stay, const std::string& cause, Time now) override;

  // What the gateway asks or says, as a form from `address`, and the answer. Denied unless it is
  // the gateway's own address: it has no other way to prove itself. Invalid: it is none of its
  // words.
  Result<std::string> hear(const Brought& form, const std::string& address);

 private:
  struct Waiting {
    std::string token;  // what openNDS knows it by: rhid
    Time until{}, since{};
  };
  bool is_cutting(const std::string& device) const;
  std::string answer_view(const std::string& said);
  std::string answer_list();
  std::string answer_cuts(const std::string& done);
  void hear_gone(const std::string& said);
  void clear();
  void report(const std::string& device, const std::string& cause);

  const GatewaySettings settings_;
  const std::string key_;
  const Clock& clock_;
  const Gone gone_;
  mutable std::mutex mutex_;  // guards what follows
  std::map<std::string, Waiting> waiting_;
  std::map<std::string, std::string> cuts_;  // whom it has to cut, and why
};

}  // namespace assent::gateway
