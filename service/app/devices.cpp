#include "service/app/devices.h"

#include <algorithm>

#include "core/base/letters.h"
#include "service/app/actors.h"
#include "service/app/then_give.h"
#include "service/app/ticket.h"

namespace assent {
namespace {

// "abcd-efgh-ijkl": 60 random bits that a person can read out.
std::string make_code(Random& random) {
  const std::string letters = to_base32(random.bytes<8>()).substr(0, 12);
  return letters.substr(0, 4) + "-" + letters.substr(4, 4) + "-" + letters.substr(8, 4);
}

bool same_place(const DeviceRow& a, SchoolKey school, const std::string& name) {
  return a.school == school && a.name == name && !a.revoked;
}

Object device_fields(const DeviceRow& device, const Registry& registry) {
  return {{"school", registry.school(device.school)->name.value},
          {"device", Object{{"id", to_text(device.id)},
                            {"name", device.name},
                            {"room", device.room},
                            {"class", device.device_class}}}};
}

}  // namespace

Digest Devices::hash_of(std::string_view code) const {
  std::string letters;
  for (const char c : code)
    if (c != '-' && c != ' ') letters += lower(c);
  return keyed_hash(needs_.key, {bytes_of("assent/enrol-code/v1"), bytes_of(letters)});
}

Result<DeviceRow> Devices::to_add(SchoolKey school, const DeviceRequest& request) const {
  DeviceRow device;
  for (const DeviceRow& known : needs_.registry.devices(school)) {
    if (!same_place(known, school, request.name)) continue;
    if (known.public_key)
      return fail(Code::Conflict, request.name + " is enrolled already: revoke it first");
    device = known;
  }
  device.school = school;
  device.name = request.name;
  device.room = request.room;
  device.device_class = request.device_class;
  return device;
}

void Devices::add(const Actor& actor, SchoolKey school, const DeviceRequest& request,
                  Then<Added> then) {
  auto made = std::make_shared<Added>();
  made->code = make_code(needs_.random);
  const Digest hash = hash_of(made->code);
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(DeviceRow device, to_add(school, request));
    if (device.key == 0) device.id.bytes = needs_.random.bytes<16>();
    device.code_hash = hash;
    device.code_expires = context.now + kCodeLife;
    ASSENT_TRY(device.key, transaction.put(device));
    made->device = device;
    return std::vector<Draft>{{"device.add",
                               make_nonce(context.now, needs_.random),
                               {},
                               by_actor(actor, device_fields(device, needs_.registry))}};
  };
  // Alone: the registry must know of this name before another device may ask for it.
  const Status queued = needs_.writer.submit_alone(job, then_give<Added>(then, made));
  if (!queued) then(fail(queued.error()));
}

Result<DeviceRow> Devices::to_enrol(const Digest& code, Time now) const {
  for (const School& school : needs_.registry.schools())
    for (const DeviceRow& device : needs_.registry.devices(school.key))
      if (!device.public_key && !device.revoked && same_bytes(device.code_hash, code) &&
          device.code_expires > now)
        return device;
  return fail(Code::Denied, "this code is wrong, was used, or is older than 24 hours");
}

void Devices::enrol(const std::string& code, const PublicKey& key, Then<DeviceRow> then) {
  auto made = std::make_shared<DeviceRow>();
  const Digest hash = hash_of(code);
  // Anybody may ask this: a wrong code must not take the writer's time.
  if (const auto known = to_enrol(hash, needs_.clock.now()); !known)
    return then(fail(known.error()));
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(DeviceRow device, to_enrol(hash, context.now));
    device.public_key = key;
    device.code_hash = {};
    ASSENT_CHECK(transaction.put(device));
    *made = device;
    Object fields = device_fields(device, needs_.registry);
    fields.emplace_back("key", to_base64(key));
    return std::vector<Draft>{
        {"device.enrol", make_nonce(context.now, needs_.random), {}, std::move(fields)}};
  };
  // Alone: two enrolments with one code must not meet in one transaction.
  const Status queued = needs_.writer.submit_alone(job, then_give<DeviceRow>(then, made));
  if (!queued) then(fail(queued.error()));
}

Result<DeviceRow> Devices::to_revoke(SchoolKey school, const std::string& which) const {
  const auto devices = needs_.registry.devices(school);
  const auto named = [&](const DeviceRow& device) {
    return to_text(device.id) == which || (device.name == which && !device.revoked);
  };
  const auto found = std::ranges::find_if(devices, named);
  if (found == devices.end()) return fail(Code::NotFound, "no device is called " + which);
  if (found->revoked) return fail(Code::Conflict, which + " was revoked already");
  return *found;
}

void Devices::revoke(const Actor& actor, SchoolKey school, const std::string& which,
                     Then<DeviceRow> then) {
  auto made = std::make_shared<DeviceRow>();
  const auto job = [=, this](Transaction& transaction,
                             const JobContext& context) -> Result<std::vector<Draft>> {
    ASSENT_TRY(DeviceRow device, to_revoke(school, which));
    device.revoked = context.now;
    ASSENT_CHECK(transaction.put(device));
    *made = device;
    return std::vector<Draft>{{"device.revoke",
                               make_nonce(context.now, needs_.random),
                               {},
                               by_actor(actor, device_fields(device, needs_.registry))}};
  };
  const Status queued = needs_.writer.submit_alone(job, then_give<DeviceRow>(then, made));
  if (!queued) then(fail(queued.error()));
}

}  // namespace assent
