#pragma once
// Disconnect-Requests (RFC 5176) by FreeRADIUS's own client: the packet and its keyed sums are made
// by a program that is kept up elsewhere.

#include "service/app/session_cutter.h"
#include "service/radius/program_run.h"

namespace assent::radius {

class Radclient final : public SessionCutter {
 public:
  static constexpr seconds kDeadline{5};
  explicit Radclient(std::string program = "/usr/bin/radclient") : program_(std::move(program)) {}
  Status cut(const Nas& nas, const GuestSessionRow& stay, Time now) override;

 private:
  const std::string program_;
};

// The attributes that name the session, as radclient reads them. What an access point calls its
// session is left out unless it is plain: it must not become another attribute.
std::string disconnect_attributes(const GuestSessionRow& stay, Time now);
// What radclient says became of it.
Status read_disconnect(const ProgramRun& run, const Nas& nas);

}  // namespace assent::radius
