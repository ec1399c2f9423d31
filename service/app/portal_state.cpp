#include "service/app/portal_state.h"

#include <algorithm>

namespace assent {
namespace {

constexpr std::string_view kPortalType = "assent/portal/v2";
constexpr std::size_t kPartsMax = 16;

}  // namespace

std::string device_name(const PortalDevice& device) {
  return device.hardware.empty() ? device.address : device.hardware;
}

std::string seal_state(const SecretKey& key, const PortalState& state) {
  Packer out;
  out.number(state.school).number(std::uint64_t(state.step));
  out.number(std::uint64_t(state.expires.time_since_epoch().count()));
  out.text(state.device.address).text(state.device.hardware);
  out.text(state.device.gateway).text(state.device.token);
  out.text(text_of(state.guest.bytes)).text(state.ticket).text(state.shown);
  out.number(state.easy).number(state.proved).number(state.parts.size());
  for (const auto& [policy, act] : state.parts) out.text(policy).number(std::uint64_t(act));
  return seal(key, kPortalType, out.take());
}

Result<PortalState> open_state(const SecretKey& key, std::string_view sealed) {
  ASSENT_TRY(const std::string content, unseal(key, kPortalType, sealed));
  Unpacker in{content};
  PortalState state;
  state.school = SchoolKey(in.number());
  state.step = PortalState::Step(in.number());
  state.expires = Time{milliseconds{std::int64_t(in.number())}};
  state.device = {in.text(), in.text(), in.text(), in.text()};
  const std::string guest = in.text();
  std::ranges::copy(bytes_of(std::string_view{guest}.substr(0, state.guest.bytes.size())),
                    state.guest.bytes.begin());
  state.ticket = in.text();
  state.shown = in.text();
  state.easy = in.number() != 0;
  state.proved = in.number() != 0;
  const std::uint64_t parts = in.number();
  for (std::size_t i = 0; i < parts && i < kPartsMax && in.good(); ++i) {
    std::string policy = in.text();
    state.parts.emplace_back(std::move(policy), Act(in.number()));
  }
  if (!in.ok()) return fail(Code::Denied, "the page is not of this version");
  return state;
}

}  // namespace assent
