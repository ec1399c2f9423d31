#pragma once
// Gate clients: ICT names one and gets a one-time code, the device enrols with it under a key of
// its own, and ICT may revoke it. Each step is an entry in the log.

#include "service/app/access.h"

namespace assent {

struct DeviceRequest {
  std::string name, room, device_class;  // class: "school", "home" or "kiosk"
};

class Devices {
 public:
  struct Needs {
    const Registry& registry;
    LedgerWriter& writer;
    const SecretKey& key;
    const Clock& clock;
    Random& random;
  };
  explicit Devices(Needs needs) : needs_(needs) {}

  struct Added {
    DeviceRow device;
    std::string code;  // "abcd-efgh-ijkl": shown once, lives 24 hours
  };
  template <class T>
  using Then = std::function<void(Result<T>)>;

  // Conflict if the school has a live device of that name. Naming a device that never enrolled
  // again gives it a new code.
  void add(const Actor& actor, SchoolKey school, const DeviceRequest& request, Then<Added> then);
  // The device that add() would give a code now, for a dry run. A new one has no id yet.
  Result<DeviceRow> to_add(SchoolKey school, const DeviceRequest& request) const;
  // Denied for a code that is wrong, used or expired: at once, without the writer.
  void enrol(const std::string& code, const PublicKey& key, Then<DeviceRow> then);
  // By name or id. NotFound; Conflict if it is revoked already.
  void revoke(const Actor& actor, SchoolKey school, const std::string& which, Then<DeviceRow> then);
  // The device that revoke() would take now, for a dry run.
  Result<DeviceRow> to_revoke(SchoolKey school, const std::string& which) const;

 private:
  Digest hash_of(std::string_view code) const;
  Result<DeviceRow> to_enrol(const Digest& code, Time now) const;  // Denied when no device waits
  Needs needs_;
};

}  // namespace assent
